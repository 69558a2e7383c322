import { expect, test } from 'vitest';
import { AFTER_LIMIT } from '#domain/prompt.ts';
import { goOnAfterLimit } from '#operations/limit/go-on.ts';
import { inboxEntries } from '#operations/notification/waiting.ts';
import { recordHook } from '#operations/session/update.ts';
import { launchTask } from '#operations/task/launch.ts';
import { granted, type Workshop, workshop } from '../../support/workshop.ts';

const RESET = Date.parse('2026-01-01T12:30:00Z');

/** Tasks whose Claude ran into a limit; each takes what it is sent. */
async function limited(modes: readonly ('autonomous' | 'supervised')[]) {
  const shop = workshop();
  const { app } = shop;
  const ids: number[] = [];
  for (const mode of modes) {
    const task = shop.addTask({ mode });
    granted(await launchTask.run(app, { task: [task.id] }));
    limit(shop, task.id);
    ids.push(task.id);
  }
  return { shop, app, ids, told: takes(shop) };
}

function report(shop: Workshop, id: number, payload: object): void {
  const session = shop.app.store.sessions.openOf(id);
  const at = shop.app.clock.now();
  const uid = shop.app.clock.uuid();
  recordHook(shop.app.store, { uid, sessionId: session?.id ?? '', at, payload });
}

function limit(shop: Workshop, id: number): void {
  shop.app.clock.advance(10);
  const last_assistant_message = "You've hit your session limit · resets 12:30pm (UTC)";
  report(shop, id, {
    ...{ hook_event_name: 'StopFailure', error: 'rate_limit', last_assistant_message },
  });
}

function takes(shop: Workshop): number[] {
  const told: number[] = [];
  const { app } = shop;
  let pasted = '';
  const { paste, sendKeys } = app.tmux;
  Object.assign(app.tmux, {
    paste: async (pane: string, text: string) => {
      pasted = text;
      await paste(pane, text);
    },
    sendKeys: async (pane: string, keys: readonly string[]) => {
      await sendKeys(pane, keys);
      const session = app.store.sessions.open().find((each) => each.pane === pane);
      if (!keys.includes('Enter') || session === undefined) return;
      told.push(session.taskId);
      report(shop, session.taskId, { hook_event_name: 'UserPromptSubmit', prompt: pasted.trim() });
    },
  });
  return told;
}

test('nothing is told before the reset; then one after the other, and supervised ones only show it', async () => {
  const { app, ids, told } = await limited(['autonomous', 'supervised', 'autonomous']);
  const tried = new Map();
  const wait = await goOnAfterLimit(app, tried);
  expect(wait).toBe(RESET - app.clock.now());
  expect([told, inboxEntries(app)]).toEqual([[], []]);
  app.clock.advance(wait ?? 0);
  expect(await goOnAfterLimit(app, tried)).toBe(0);
  expect(told).toEqual([ids[0]]);
  const pause = await goOnAfterLimit(app, tried);
  expect(pause).toBeGreaterThan(2_000);
  app.clock.advance(pause ?? 0);
  await goOnAfterLimit(app, tried);
  expect(await goOnAfterLimit(app, tried)).toBeNull();
  expect(told).toEqual([ids[0], ids[2]]);
  expect(inboxEntries(app)).toMatchObject([{ kind: 'limited', task: ids[1] }]);
  expect(app.store.events.ofTask(ids[1] ?? 0, 20).filter(isOver)).toHaveLength(1);
});

const isOver = ({ kind }: { kind: string }): boolean => kind === 'limit.over';

test('a second limit right after holds again', async () => {
  const { shop, app, ids, told } = await limited(['autonomous', 'autonomous']);
  app.clock.advance(RESET - app.clock.now());
  await goOnAfterLimit(app, new Map());
  limit(shop, ids[0] ?? 0);
  const wait = await goOnAfterLimit(app, new Map());
  expect(wait).toBeGreaterThan(30_000);
  expect(told).toEqual([ids[0]]);
});

test('one that takes nothing keeps no other waiting', async () => {
  const { app, ids, told } = await limited(['autonomous', 'autonomous']);
  app.clock.advance(RESET - app.clock.now() + 60_000);
  const { readText } = app.tmux;
  const stuck = app.store.sessions.openOf(ids[0] ?? 0)?.pane;
  Object.assign(app.tmux, {
    readText: async (pane: string, lines: number) =>
      pane === stuck ? 'a menu' : readText(pane, lines),
  });
  const tried = new Map();
  expect(await goOnAfterLimit(app, tried)).toBe(0);
  expect(told).toEqual([ids[1]]);
  expect(app.store.events.ofTask(ids[1] ?? 0, 5).at(-1)?.data.prompt).toBe(AFTER_LIMIT);
});

test('while the queue is paused nobody is told', async () => {
  const { app, told } = await limited(['autonomous']);
  app.clock.advance(RESET - app.clock.now() + 60_000);
  const event = { kind: 'queue.pause', source: 'person' as const, at: app.clock.iso() };
  const pausedAt = app.clock.iso();
  app.store.write(() => app.store.queue.set({ pausedAt, pauseReason: null }, event));
  expect(await goOnAfterLimit(app, new Map())).toBeNull();
  expect(told).toEqual([]);
});
