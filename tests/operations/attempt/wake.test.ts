import { expect, test } from 'vitest';
import { awaitPrompt, wakeParked } from '#operations/attempt/wake.ts';
import { granted, launchedTask, refused, workshop } from '../../support/workshop.ts';

test('only a parked session is woken', async () => {
  const shop = workshop();
  const { app, tmux } = shop;
  const { id, session } = await launchedTask(shop);
  expect(await wakeParked(app, id)).toBe(false);
  expect(await wakeParked(app, 99)).toBe(false);
  const ended = {
    name: 'ended',
    source: 'claustre',
    since: app.clock.now(),
    detail: null,
  } as const;
  const parked = { parkedAt: 5, activity: ended, promptedAt: 1, transcriptPath: '/t.jsonl' };
  app.store.write(() => app.store.sessions.update(session.id, parked, null));
  expect(await wakeParked(app, id)).toBe(true);
  expect(tmux.started).toHaveLength(2);
  expect(app.store.sessions.openOf(id)?.parkedAt).toBeNull();
});

test('a Claude that was resumed is waited for until it is at its prompt', async () => {
  const shop = workshop();
  const { app } = shop;
  const { id, session } = await launchedTask(shop);
  expect(refused(await awaitPrompt(app, id)).reason).toContain('not at its prompt yet');
  const idle = { name: 'idle', source: 'hook', since: app.clock.now(), detail: null } as const;
  app.store.write(() => app.store.sessions.update(session.id, { activity: idle }, null));
  expect(granted(await awaitPrompt(app, id)).id).toBe(session.id);
});
