import { expect, test } from 'vitest';
import { closeLimitMenus } from '#operations/limit/close-menu.ts';
import { recordHook } from '#operations/session/update.ts';
import { launchTask } from '#operations/task/launch.ts';
import { granted, type Workshop, workshop } from '../../support/workshop.ts';

const MESSAGE = "You've hit your session limit · resets 3pm (UTC)";

async function limited(shop: Workshop = workshop()) {
  const { app } = shop;
  const task = shop.addTask({ mode: 'autonomous' });
  granted(await launchTask.run(app, { task: [task.id] }));
  const session = app.store.sessions.openOf(task.id);
  if (session?.pid == null) throw new Error('It has no process.');
  app.clock.advance(1_000);
  const payload = {
    ...{ hook_event_name: 'StopFailure', session_id: session.claudeSessionId },
    ...{ error: 'rate_limit', last_assistant_message: MESSAGE },
  };
  const at = app.clock.now();
  recordHook(app.store, { uid: 'limit', sessionId: session.id, at, payload });
  const { pid } = session;
  const menu = (waitingFor: string | null): void => {
    const status = waitingFor === null ? 'idle' : 'waiting';
    const { claudeSessionId } = session;
    shop.files.set(pid, { status, waitingFor, claudeSessionId, statusUpdatedAt: at });
  };
  const clients: string[] = [];
  Object.assign(app.tmux, {
    clients: async () => clients.map((name) => ({ session: name, tty: '/dev/x', focused: true })),
  });
  return { shop, app, session, menu, clients, escapes: () => shop.tmux.sent };
}

test('the limit that ended the turn is one of the account', async () => {
  const { app } = await limited();
  expect(app.store.attempts.limits()).toMatchObject([
    { window: 'five_hour', usedPercent: 100, resetsAt: Date.parse('2026-01-01T15:00:00Z') },
  ]);
});

test('the menu is closed by one Escape, once it is open', async () => {
  const { app, menu, escapes } = await limited();
  expect(await closeLimitMenus(app)).toBe(1_000);
  expect(escapes()).toEqual([]);
  menu('dialog open');
  await closeLimitMenus(app);
  await closeLimitMenus(app);
  expect(escapes()).toEqual(['Escape']);
  menu(null);
  expect(await closeLimitMenus(app)).toBeNull();
});

test('a key that was lost is pressed once more, and not for ever', async () => {
  const { app, menu, escapes } = await limited();
  menu('dialog open');
  for (let look = 0; look < 5; look += 1) {
    await closeLimitMenus(app);
    app.clock.advance(10_000);
  }
  expect(escapes()).toEqual(['Escape', 'Escape']);
});

test('nothing is pressed where somebody sits at the session, or another dialog waits', async () => {
  const { app, session, menu, clients, escapes } = await limited();
  menu('permission prompt');
  await closeLimitMenus(app);
  menu('dialog open');
  clients.push(session.id);
  expect(await closeLimitMenus(app)).toBe(10_000);
  expect(escapes()).toEqual([]);
  clients.length = 0;
  await closeLimitMenus(app);
  expect(escapes()).toEqual(['Escape']);
});

test('a Claude that only shows a dialog is left alone', async () => {
  const { app, session, menu, escapes } = await limited();
  const activity = { ...session.activity, name: 'idle' as const };
  app.store.write(() => app.store.sessions.update(session.id, { activity }, null));
  menu('dialog open');
  expect(await closeLimitMenus(app)).toBeNull();
  expect(escapes()).toEqual([]);
});
