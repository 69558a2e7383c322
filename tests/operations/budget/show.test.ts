import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type BudgetView, showBudgets } from '#operations/budget/show.ts';
import { addProject, addTask, type FakeApp, fakeApp } from '../../support/fake-app.ts';
import { granted, refused } from '../../support/workshop.ts';

function shop(toml = '[budget]\ntask_usd = 5\nproject_day_usd = 20\nday_usd = 10\n') {
  const app = fakeApp();
  writeFileSync(app.paths.config, toml);
  const project = addProject(app);
  const task = addTask(app, project, { mode: 'autonomous', status: 'working' });
  addTask(app, project, { mode: 'autonomous' });
  return { app, id: task.id };
}

function attempt(app: FakeApp, taskId: number, costUsd: number | null): void {
  const at = app.clock.iso();
  app.store.attempts.add({
    ...{ taskId, sessionId: 's', purpose: 'work', claudeSessionId: 'c', startedAt: at },
    ...{ endedAt: at, outcome: 'ended', model: null, errorCode: null, charged: false },
    ...{ inputTokens: 1, outputTokens: 1, workedMs: 1, costSeenUsd: null, costUsd },
  });
}

const show = async (app: FakeApp, words: string[] = [], reason?: string) =>
  showBudgets.run(app, { raise: words, ...(reason === undefined ? {} : { reason }) });
const of = (views: BudgetView[], scope: string) => views.find((each) => each.scope === scope);

test('what is spent, what is left and what nobody knows stand beside each cap', async () => {
  const { app, id } = shop();
  attempt(app, id, 4);
  attempt(app, id, null);
  const views = granted(await show(app));
  expect(of(views, 'task')).toMatchObject({ task: id, capUsd: 5, spentUsd: 4, leftUsd: 1 });
  expect(of(views, 'day')).toMatchObject({ capUsd: 10, unknownAttempts: 1, holds: [] });
  expect(of(views, 'project')).toMatchObject({ project: 'app', capUsd: null, leftUsd: null });
});

test('a budget that is used up names what it holds', async () => {
  const { app, id } = shop();
  attempt(app, id, 10);
  expect(of(granted(await show(app)), 'day')).toMatchObject({ leftUsd: 0, holds: [id + 1] });
});

test('a raise adds to the cap, and its reason is kept', async () => {
  const { app, id } = shop();
  attempt(app, id, 5);
  const raised = granted(await show(app, ['raise', 'task', `#${id}`, '$2.5'], 'It is hard.'));
  expect(of(raised, 'task')).toMatchObject({ capUsd: 7.5, leftUsd: 2.5 });
  expect(app.store.budgetRaises.all()).toMatchObject([{ reason: 'It is hard.', taskId: id }]);
  expect(app.store.events.ofTask(id, 5).at(-1)).toMatchObject({
    ...{ kind: 'budget.raise', source: 'person', data: { usd: 2.5, reason: 'It is hard.' } },
  });
  granted(await show(app, ['raise', 'project_day', 'app', '1'], 'x'));
  granted(await show(app, ['raise', 'day', '1'], 'x'));
  expect(of(granted(await show(app)), 'day')?.capUsd).toBe(11);
});

test.each([
  [['raise', 'task', '1', '5'], '', 'needs a reason'],
  [['raise', 'task', '99', '5'], 'x', 'no task #99'],
  [['raise', 'task', 'app', '5'], 'x', 'is no task'],
  [['raise', 'project', 'nowhere', '5'], 'x', 'no project'],
  [['raise', 'task', '5'], 'x', 'amount'],
  [['raise', 'day', '-5'], 'x', 'amount'],
  [['raise', 'day', '1', '2'], 'x', 'amount'],
  [['raise', 'year', '5'], 'x', 'no raise'],
  [['raise', 'total', '5'], 'x', 'no cap to raise'],
  [['raise', 'project', 'app', '5'], 'x', 'no cap to raise'],
  [['lower', 'day', '5'], 'x', 'no raise'],
])('%j is refused', async (words, reason, says) => {
  const { app } = shop();
  expect(refused(await show(app, words, reason)).reason).toContain(says);
  expect(app.store.budgetRaises.all()).toEqual([]);
});
