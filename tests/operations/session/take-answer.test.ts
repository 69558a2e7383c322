import { expect, test } from 'vitest';
import { takeAnswer } from '#operations/session/take-answer.ts';
import { ownStore } from '../../support/own-store.ts';
import { aRequest } from '../../support/requests.ts';
import { SESSION_ID, START, seedSession } from '../../support/seed-session.ts';

const AT = START + 5_000;

function place() {
  const { store } = ownStore();
  const detail = 'Bash: npm test';
  const activity = { name: 'permission', source: 'hook', since: START, detail } as const;
  const { task } = seedSession(store, { session: { activity } });
  store.write(() => store.requests.add(aRequest({ taskId: task.id, askedAt: START })));
  return { store, task };
}

test('an answer is taken once, with its event, and the session works on', () => {
  const { store, task } = place();
  expect(takeAnswer(store, 'request-1', AT)).toBeNull();
  store.write(() => store.requests.setAnswer('request-1', { behavior: 'allow' }));
  expect(takeAnswer(store, 'request-1', AT)).toEqual({ behavior: 'allow' });
  expect(takeAnswer(store, 'request-1', AT)).toBeNull();
  expect(store.requests.find('request-1')).toMatchObject({ closedAt: AT, closedBy: 'answered' });
  expect(store.sessions.find(SESSION_ID)?.activity).toMatchObject({ name: 'working', since: AT });
  expect(store.events.ofTask(task.id, 1)).toMatchObject([
    {
      kind: 'session.answer',
      source: 'person',
      data: { asked: 'Bash: npm test', behavior: 'allow' },
    },
  ]);
});

test('one that was taken back, or came after the end, is none', () => {
  const { store } = place();
  store.write(() => {
    store.requests.setAnswer('request-1', { behavior: 'allow' });
    store.requests.setAnswer('request-1', null);
  });
  expect(takeAnswer(store, 'request-1', AT)).toBeNull();
  store.write(() => {
    store.requests.setAnswer('request-1', { behavior: 'allow' });
    store.requests.close('request-1', AT, 'went_on');
  });
  expect(takeAnswer(store, 'request-1', AT)).toBeNull();
  expect(takeAnswer(store, 'nothing', AT)).toBeNull();
});
