import { expect, test } from 'vitest';
import { CI_FAILED, start } from '../../support/start-rounds.ts';
import { granted, refused } from '../../support/workshop.ts';

/** What Claude ends its last message with. */
function verdicts(...said: [id: string, verdict: string, reason: string][]): string {
  return JSON.stringify({
    verdicts: said.map(([id, verdict, reason]) => ({ id, verdict, reason })),
  });
}

test('a turn that pushed ends its round, and what Claude said of comments is kept', async () => {
  const it = await start(CI_FAILED, { status: 'ci_failed' });
  it.says({ id: 'F1' }, { id: 'F2', kind: 'comment' });
  granted(await it.fix());
  it.app.store.write(() =>
    it.app.store.attempts.setUsage(it.app.store.attempts.currentOf(it.session.id)?.id ?? 0, {
      costUsd: 0.5,
    }),
  );
  expect(await it.settle()).toBe(1);
  it.commit('two');
  it.push();
  it.claude.says = `Done.\n${verdicts(['F2', 'fixed', 'renamed everywhere'], ['F3', 'declined', 'the name is right'])}`;
  it.endTurn();
  expect(await it.settle()).toBe(0);
  expect(it.rounds()).toMatchObject([{ outcome: 'pushed', note: null, costUsd: 0.5 }]);
  const decided = (id: string) => it.app.store.feedback.find(it.pullRequest.id, id);
  expect(decided('F1')).toMatchObject({
    verdict: 'fixed',
    reason: 'renamed everywhere',
    decidedFor: 'S1',
    roundId: 1,
  });
  expect(decided('F2')).toMatchObject({ verdict: 'declined', reason: 'the name is right' });
  expect(it.events('fix.end')).toMatchObject([{ outcome: 'pushed', fixed: 1, declined: 1 }]);
  expect(it.app.store.verdicts.ofTask(it.id)).toMatchObject([
    { feedbackId: 'F1', verdict: 'fixed', fixedIn: it.git('rev-parse', 'HEAD') },
    { feedbackId: 'F2', verdict: 'declined', fixedIn: null },
  ]);
  expect(it.app.store.attempts.ofTask(it.id).map(({ purpose }) => purpose)).toEqual([
    'work',
    'fix',
    'work',
  ]);
  expect(it.app.store.rounds.spent().get(it.pullRequest.id)).toMatchObject({
    rounds: 1,
    costUsd: 0.5,
  });
});

test('what is said to be fixed without a push is not believed', async () => {
  const it = await start({}, { status: 'in_review' });
  it.says({ id: 'F1' });
  granted(await it.fix());
  it.commit('two');
  it.claude.says = verdicts(['F1', 'fixed', 'renamed']);
  it.endTurn();
  await it.settle();
  expect(it.rounds()).toMatchObject([
    { outcome: 'unchanged', note: 'Claude says that it is fixed, but nothing was pushed.' },
  ]);
  expect(it.app.store.feedback.find(it.pullRequest.id, 'F1')).toMatchObject({
    verdict: null,
    decidedFor: null,
  });
});

test('answers alone need no push', async () => {
  const it = await start({}, { status: 'in_review' });
  it.says({ id: 'F1' });
  granted(await it.fix());
  it.claude.says = verdicts(['F1', 'answered', 'it is used in b.ts']);
  it.endTurn();
  await it.settle();
  expect(it.rounds()).toMatchObject([{ outcome: 'nothing' }]);
  expect(it.app.store.feedback.find(it.pullRequest.id, 'F1')).toMatchObject({
    verdict: 'answered',
  });
});

test.each([
  ['merged', 'The pull request is merged.'],
  ['closed', 'The pull request is closed.'],
] as const)('a round stops when the pull request is %s', async (state, note) => {
  const it = await start(CI_FAILED, { status: 'ci_failed' });
  granted(await it.fix());
  it.reads({ state });
  expect(await it.settle()).toBe(0);
  expect(it.rounds()).toMatchObject([{ outcome: 'stopped', note }]);
});

test('a round that takes too long is not waited for', async () => {
  const it = await start(CI_FAILED, { status: 'ci_failed' }, '[fix]\nmax_minutes = 10\n');
  granted(await it.fix());
  it.app.clock.advance(9 * 60_000);
  expect(await it.settle()).toBe(1);
  it.app.clock.advance(2 * 60_000);
  expect(await it.settle()).toBe(0);
  expect(it.rounds()).toMatchObject([
    { outcome: 'stopped', note: 'It took longer than 10 minutes.' },
  ]);
});

test('a usage limit stops a round', async () => {
  const it = await start(CI_FAILED, { status: 'ci_failed' });
  granted(await it.fix());
  const activity = {
    name: 'limited',
    source: 'hook',
    since: it.app.clock.now(),
    detail: null,
  } as const;
  it.app.store.write(() => it.app.store.sessions.update(it.session.id, { activity }, null));
  await it.settle();
  expect(it.rounds()).toMatchObject([
    { outcome: 'stopped', note: 'Claude came to its usage limit.' },
  ]);
});

test('a turn that was interrupted ends its round', async () => {
  const it = await start(CI_FAILED, { status: 'ci_failed' });
  granted(await it.fix());
  it.app.clock.advance(5_000);
  const activity = {
    name: 'idle',
    source: 'sessions_file',
    since: it.app.clock.now(),
    detail: null,
  } as const;
  it.app.store.write(() => it.app.store.sessions.update(it.session.id, { activity }, null));
  expect(await it.settle()).toBe(1);
  it.app.clock.advance(11_000);
  expect(await it.settle()).toBe(0);
  expect(it.rounds()).toMatchObject([{ outcome: 'stopped', note: 'The turn was interrupted.' }]);
});

test('a message that Claude surely did not take may be sent again; the text in the box alone is no round', async () => {
  const it = await start(CI_FAILED, { status: 'ci_failed' });
  it.claude.takes = false;
  expect(refused(await it.fix()).reason).toContain('not known whether Claude took');
  expect(it.rounds()).toMatchObject([{ sentAt: null, endedAt: null }]);
  expect(await it.settle()).toBe(1);
  it.app.clock.advance(31_000);
  expect(await it.settle()).toBe(0);
  expect(it.rounds()).toMatchObject([
    { outcome: 'failed', note: 'Claude did not take the message.' },
  ]);
  expect(it.app.store.rounds.spent().get(it.pullRequest.id)).toMatchObject({
    rounds: 0,
    unsent: 1,
  });
  it.claude.takes = true;
  granted(await it.fix());
  expect(it.rounds()).toMatchObject([{ outcome: 'failed' }, { endedAt: null }]);
});

test('a crash between intent and message: a report that comes late is the round’s', async () => {
  const it = await start(CI_FAILED, { status: 'ci_failed' });
  it.claude.takes = false;
  await it.fix();
  const [message = ''] = it.sent();
  it.prompted(message);
  expect(await it.settle()).toBe(1);
  expect(it.rounds()).toMatchObject([{ sentAt: expect.any(Number), endedAt: null }]);
  it.endTurn();
  await it.settle();
  expect(it.rounds()).toMatchObject([{ outcome: 'unchanged', note: 'Nothing was pushed.' }]);
});

test('a turn without any report leaves it unknown, and nothing is sent by itself again', async () => {
  const it = await start(CI_FAILED, { status: 'ci_failed', fix: 'automatic' });
  it.claude.takes = false;
  await it.step();
  it.endTurn();
  it.app.clock.advance(31_000);
  await it.settle();
  expect(it.rounds()).toMatchObject([
    { outcome: 'stopped', note: 'It is not known whether Claude took the message.' },
  ]);
  it.app.clock.advance(60 * 60_000);
  it.toStatus('ci_failed');
  it.reads(CI_FAILED);
  it.claude.takes = true;
  expect(await it.step()).toBeNull();
  expect(it.rounds()).toHaveLength(1);
  expect(it.events('fix.hold')).toHaveLength(1);
});
