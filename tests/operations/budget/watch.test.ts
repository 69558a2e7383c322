import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Session } from '#domain/session.ts';
import { raiseBudget } from '#operations/budget/raise.ts';
import { watchBudgets } from '#operations/budget/watch.ts';
import { inboxEntries } from '#operations/notification/waiting.ts';
import { recordHook } from '#operations/session/update.ts';
import { recordStatus } from '#operations/session/update-status.ts';
import { launchTask } from '#operations/task/launch.ts';
import { addProject } from '../../support/fake-app.ts';
import { granted, launchedTask, type Workshop, workshop } from '../../support/workshop.ts';

/** An autonomous task whose Claude works, with these budgets. */
async function working(budget: string, mode: 'autonomous' | 'supervised' = 'autonomous') {
  const shop = workshop();
  const { app, files } = shop;
  writeFileSync(app.paths.config, `[budget]\n${budget}\n`);
  const { id } = shop.addTask({ mode });
  granted(await launchTask.run(app, { task: [id] }));
  const { pane, pid, claudeSessionId } = openOf(shop, id);
  const report = (kind: 'hook' | 'status', payload: object): void => {
    app.clock.advance(1_000);
    const given = { uid: app.clock.uuid(), sessionId: openOf(shop, id).id, at: app.clock.now() };
    (kind === 'hook' ? recordHook : recordStatus)(app.store, { ...given, payload });
  };
  const prompt = (): void => report('hook', { hook_event_name: 'UserPromptSubmit', prompt: 'Go.' });
  prompt();
  const { sendKeys } = app.tmux;
  // An interrupted turn fires no hook; Claude's own file tells of it.
  Object.assign(app.tmux, {
    closePane: async () => shop.tmux.kill(openOf(shop, id).id),
    sendKeys: async (to: string, keys: readonly string[]) => {
      await sendKeys(to, keys);
      const statusUpdatedAt = app.clock.now() + 1;
      const reading = {
        status: 'idle',
        waitingFor: null,
        claudeSessionId,
        statusUpdatedAt,
      } as const;
      if (keys.includes('Escape')) files.set(pid ?? 0, reading);
    },
  });
  const costs = (usd: number): void => report('status', { cost: { total_cost_usd: usd } });
  return { shop, app, id, pane, costs, prompt, session: () => openOf(shop, id) };
}

function openOf({ app }: Workshop, id: number): Session {
  const session = app.store.sessions.openOf(id);
  if (session === null) throw new Error('It has no session.');
  return session;
}

test('what runs over its budget is interrupted, held and uncharged; with more money it goes on by itself', async () => {
  const { shop, app, id, costs, session } = await working('task_usd = 1');
  costs(0.4);
  expect((await watchBudgets(app)).messages).toEqual([]);
  expect(shop.task(id)).toMatchObject({ status: 'working', held: null });
  costs(1.2);
  const { messages } = await watchBudgets(app);
  expect(shop.tmux.sent).toEqual(['Escape']);
  expect(shop.task(id)).toMatchObject({
    ...{ status: 'interrupted', held: 'budget', errorCode: 'budget' },
    errorText: expect.stringContaining('$1.20 of $1 for this task are used'),
  });
  expect(app.store.attempts.ofTask(id)).toMatchObject([{ errorCode: 'budget', charged: false }]);
  expect(session().activity.name).toBe('ended');
  expect(messages).toMatchObject([
    { kind: 'budget', text: expect.stringContaining('$1.20 of $1') },
  ]);
  expect(inboxEntries(app)).toMatchObject([{ kind: 'budget', task: id }]);
  expect((await watchBudgets(app)).messages).toEqual([]);
  expect(shop.task(id).status).toBe('interrupted');

  app.clock.advance(60_000);
  const more = { scope: 'task', of: `${id}`, usd: 1, reason: 'It is worth it.' } as const;
  granted(await raiseBudget.run(app, more));
  await watchBudgets(app);
  expect(shop.task(id)).toMatchObject({ status: 'working', held: null, errorCode: null });
  expect(shop.tmux.started).toHaveLength(2);
});

test('an attempt that passed its own cap is not begun anew until that is raised', async () => {
  const { shop, app, id, costs } = await working('attempt_usd = 1');
  costs(1);
  await watchBudgets(app);
  app.clock.advance(60_000);
  await watchBudgets(app);
  expect(shop.task(id)).toMatchObject({ status: 'interrupted', held: 'budget' });
  granted(await raiseBudget.run(app, { scope: 'attempt', of: `${id}`, usd: 1, reason: 'More.' }));
  await watchBudgets(app);
  expect(shop.task(id).status).toBe('working');
});

test('a budget of a day lets it go on when the next day begins', async () => {
  const { shop, app, id, costs } = await working('day_usd = 1');
  costs(2);
  const { again } = await watchBudgets(app);
  expect(shop.task(id).held).toBe('budget');
  app.clock.advance(again ?? 0);
  await watchBudgets(app);
  expect(shop.task(id).status).toBe('working');
});

test('there is money again, but no slot: it waits for one', async () => {
  const { shop, app, id, costs } = await working('task_usd = 1\n[queue]\nmax_sessions = 1');
  costs(2);
  await watchBudgets(app);
  const { session } = await launchedTask(shop, { mode: 'autonomous' });
  const more = { scope: 'task', of: `${id}`, usd: 5, reason: 'It is worth it.' } as const;
  granted(await raiseBudget.run(app, more));
  await watchBudgets(app);
  expect(shop.task(id)).toMatchObject({ status: 'interrupted', held: 'budget' });
  app.store.write(() => app.store.sessions.update(session.id, { parkedAt: 1 }, null));
  await watchBudgets(app);
  expect(shop.task(id)).toMatchObject({ status: 'working', held: null });
});

test('a stop that was cut off is finished by the next look', async () => {
  const { shop, app, id, costs } = await working('task_usd = 1');
  costs(2);
  const { sendKeys } = app.tmux;
  Object.assign(app.tmux, { sendKeys: () => Promise.reject(new Error('killed')) });
  await expect(watchBudgets(app)).rejects.toThrow('killed');
  expect(shop.task(id)).toMatchObject({ status: 'working', held: 'budget' });
  Object.assign(app.tmux, { sendKeys });
  await watchBudgets(app);
  expect(shop.task(id)).toMatchObject({ status: 'interrupted', held: 'budget' });
});

test('supervised work counts, and is not stopped', async () => {
  const { shop, app, id, costs } = await working('day_usd = 1', 'supervised');
  costs(2);
  const { messages } = await watchBudgets(app);
  expect(messages).toMatchObject([{ text: expect.stringContaining('$2.00 of $1 for today') }]);
  expect(shop.task(id)).toMatchObject({ status: 'working', held: null });
});

test('a project whose settings cannot be read holds up no other', async () => {
  const { shop, app, id, costs } = await working('task_usd = 1');
  const path = join(app.paths.home, 'repositories', 'broken');
  mkdirSync(join(path, '.claustre'), { recursive: true });
  writeFileSync(join(path, '.claustre', 'config.toml'), 'nonsense = [');
  addProject(app, { name: 'broken', path });
  costs(2);
  await watchBudgets(app);
  expect(shop.task(id).held).toBe('budget');
});

test('half, four fifths and all of a budget are told once each', async () => {
  const { app, costs } = await working('task_usd = 10');
  const told: number[] = [];
  for (const usd of [4, 5, 6, 8, 9]) {
    costs(usd);
    const { messages } = await watchBudgets(app);
    if (messages.length > 0) told.push(usd);
  }
  expect(told).toEqual([5, 8]);
});

test('a person who goes on in the pane has said that it may go on', async () => {
  const { shop, app, id, costs, prompt } = await working('task_usd = 1');
  costs(2);
  await watchBudgets(app);
  prompt();
  expect(shop.task(id)).toMatchObject({ status: 'working', held: null, errorText: null });
});
