import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toAfter } from '#domain/dependency.ts';
import { undoAction } from '#operations/action/undo.ts';
import { removeProject } from '#operations/project/remove.ts';
import { addTask } from '#operations/task/add.ts';
import { finishTask } from '#operations/task/done.ts';
import { editTask } from '#operations/task/edit.ts';
import { killTask } from '#operations/task/kill.ts';
import { launchTask } from '#operations/task/launch.ts';
import { moveTask } from '#operations/task/move.ts';
import { removeTask } from '#operations/task/remove.ts';
import { restoreTask } from '#operations/task/restore.ts';
import { granted, refused, taskAtWork, type Workshop, workshop } from '../../support/workshop.ts';

const undo = (shop: Workshop, more: { dryRun?: boolean; project?: string } = {}) =>
  undoAction.run(shop.app, more);

test('a kill is undone with worktree, files and conversation, and only once', async () => {
  const shop = workshop();
  const { id, session } = await taskAtWork(shop);
  granted(await killTask.run(shop.app, { task: id }));
  const undone = granted(await undo(shop));
  expect(undone).toMatchObject({ id, action: `the kill of #${id}` });
  expect(undone.says).toContain('Undid the kill of #');
  expect(existsSync(join(session.worktree, 'new file.txt'))).toBe(true);
  expect(shop.task(id).status).toBe('interrupted');
  expect(refused(await undo(shop)).reason).toBe('There is nothing to undo.');
});

test('what was killed and launched again is not touched', async () => {
  const shop = workshop();
  const { id } = await taskAtWork(shop);
  granted(await killTask.run(shop.app, { task: id }));
  granted(await launchTask.run(shop.app, { task: [id] }));
  const before = shop.app.store.sessions.openOf(id);
  expect(refused(await undo(shop)).reason).toBe(
    `The kill of #${id} is not undone: #${id} was launched again.`,
  );
  expect(shop.app.store.sessions.openOf(id)).toEqual(before);
});

test('what was restored by hand needs no undo; the action before it comes next', async () => {
  const shop = workshop();
  const other = shop.addTask({ title: 'Other' });
  granted(await editTask.run(shop.app, { task: other.id, title: 'Another' }));
  const { id } = await taskAtWork(shop);
  granted(await killTask.run(shop.app, { task: id }));
  granted(await restoreTask.run(shop.app, { task: id }));
  expect(granted(await undo(shop)).action).toBe(`the change of #${other.id}`);
  expect(shop.task(other.id).title).toBe('Other');
});

test('a deleted task without a session comes back exactly as it was', async () => {
  const shop = workshop();
  const waiting = shop.addTask();
  const task = shop.addTask({ status: 'error', priority: 1 });
  granted(await editTask.run(shop.app, { task: waiting.id, after: [task.id] }));
  shop.app.store.write(() =>
    shop.app.store.attempts.putBack([
      {
        ...{ id: 1, taskId: task.id, sessionId: 's', purpose: 'work', claudeSessionId: 'c' },
        ...{ startedAt: '', endedAt: null, outcome: null, costSeenUsd: null },
        ...{ inputTokens: 5, outputTokens: 6, costUsd: 7, workedMs: null },
        ...{ model: null, errorCode: null, charged: false },
      },
    ]),
  );
  const before = shop.task(task.id);
  granted(await removeTask.run(shop.app, { task: task.id }));
  granted(await undo(shop));
  expect(shop.task(task.id)).toEqual(before);
  expect(shop.app.store.tasks.after(waiting.id)).toEqual([toAfter(task.id)]);
  expect(shop.app.store.attempts.usageOf(task.id).costUsd).toBe(7);
});

test('deleting a finished task is undone without digging up the work that its end had saved', async () => {
  const shop = workshop();
  const { id, session } = await taskAtWork(shop);
  granted(await finishTask.run(shop.app, { task: id }));
  granted(await removeTask.run(shop.app, { task: id }));
  granted(await undo(shop));
  expect(shop.task(id).status).toBe('done');
  expect(existsSync(session.worktree)).toBe(false);
  expect(granted(await undo(shop)).action).toBe(`"done" of #${id}`);
  expect(existsSync(session.worktree)).toBe(true);
});

test('a task deleted with its session comes back with it', async () => {
  const shop = workshop();
  const { id, session } = await taskAtWork(shop);
  granted(await removeTask.run(shop.app, { task: id }));
  granted(await undo(shop));
  expect(existsSync(join(session.worktree, 'new file.txt'))).toBe(true);
  expect(shop.task(id).status).toBe('interrupted');
});

test('a change of status goes back where it came from', async () => {
  const shop = workshop();
  const [failed, draft] = [shop.addTask({ status: 'ci_failed' }), shop.addTask()];
  granted(await finishTask.run(shop.app, { task: failed.id }));
  granted(await editTask.run(shop.app, { task: draft.id, draft: true }));
  granted(await undo(shop));
  expect(shop.task(draft.id).status).toBe('pending');
  granted(await undo(shop));
  expect(shop.task(failed.id)).toMatchObject({ status: 'ci_failed', completedAt: null });
  granted(await killTask.run(shop.app, { task: failed.id }));
  expect(shop.task(failed.id).held).toBe('killed');
  granted(await undo(shop));
  expect(shop.task(failed.id)).toMatchObject({ status: 'ci_failed', held: null });
});

test('a status that something else changed since is left alone', async () => {
  const shop = workshop();
  const task = shop.addTask();
  granted(await editTask.run(shop.app, { task: task.id, draft: true }));
  granted(await launchTask.run(shop.app, { task: [task.id] }));
  expect(refused(await undo(shop)).reason).toContain('has another status since');
});

test('an edit is undone as a whole, and moves one by one', async () => {
  const shop = workshop();
  const [a, b] = [shop.addTask({ title: 'A' }), shop.addTask({ title: 'B' })];
  const lists = { subtask: ['one', 'two'], criterion: ['It builds'] };
  granted(await editTask.run(shop.app, { task: a.id, ...lists }));
  const edit = { title: 'New', subtask: ['one'], criterion: [], after: [b.id], draft: true };
  granted(await editTask.run(shop.app, { task: a.id, ...edit }));
  granted(await undo(shop));
  expect(shop.task(a.id)).toMatchObject({ title: 'A', status: 'pending' });
  expect(shop.app.store.tasks.subtasks(a.id).map(({ text }) => text)).toEqual(['one', 'two']);
  expect(shop.app.store.tasks.criteria(a.id).map(({ text }) => text)).toEqual(['It builds']);
  expect(shop.app.store.tasks.after(a.id)).toEqual([]);

  const positions = () => [a, b].map(({ id }) => shop.task(id).position);
  const before = positions();
  granted(await moveTask.run(shop.app, { task: b.id, direction: 'up' }));
  const between = positions();
  granted(await moveTask.run(shop.app, { task: a.id, direction: 'up' }));
  granted(await undo(shop));
  expect(positions()).toEqual(between);
  granted(await undo(shop));
  expect(positions()).toEqual(before);
});

test('texts that Claude has by now stay', async () => {
  const shop = workshop();
  const task = shop.addTask({ title: 'Old' });
  granted(await editTask.run(shop.app, { task: task.id, title: 'New' }));
  granted(await launchTask.run(shop.app, { task: [task.id] }));
  expect(refused(await undo(shop)).reason).toContain('Claude has its texts');
  expect(shop.task(task.id).title).toBe('New');
});

test('a forgotten project comes back with all of its tasks in one go', async () => {
  const shop = workshop();
  const tasks = [shop.addTask(), shop.addTask({ status: 'draft' })];
  granted(await removeProject.run(shop.app, { name: 'app' }));
  expect(granted(await undo(shop)).action).toBe('forgetting project "app"');
  expect(shop.app.store.projects.all()).toHaveLength(1);
  for (const { id, status } of tasks) expect(shop.task(id).status).toBe(status);
});

test('a dry run changes nothing, and a project narrows it', async () => {
  const shop = workshop();
  const task = shop.addTask({ title: 'Old' });
  granted(await editTask.run(shop.app, { task: task.id, title: 'New' }));
  const said = granted(await undo(shop, { dryRun: true, project: 'app' }));
  expect(said.says).toBe(`This would undo the change of #${task.id}.`);
  expect(shop.task(task.id).title).toBe('New');
  expect(refused(await undo(shop, { project: 'nowhere' })).code).toBe('not_found');
});

test('after a task came back with its steps and what it waits for, undo goes one action further back', async () => {
  const shop = workshop();
  const [before, task, waiting] = [shop.addTask(), shop.addTask({ title: 'Old' }), shop.addTask()];
  granted(await editTask.run(shop.app, { task: waiting.id, after: [task.id] }));
  const changes = { title: 'New', subtask: ['One', 'Two'], after: [before.id] };
  granted(await editTask.run(shop.app, { task: task.id, ...changes }));
  granted(await removeTask.run(shop.app, { task: task.id }));
  granted(await undo(shop));
  expect(shop.app.store.tasks.subtasks(task.id).map(({ text }) => text)).toEqual(['One', 'Two']);
  expect(granted(await undo(shop)).action).toBe(`the change of #${task.id}`);
  expect(shop.task(task.id).title).toBe('Old');
});

test('a task that was added with steps is no change of a task', async () => {
  const shop = workshop();
  const { id } = shop.addTask({ title: 'Old' });
  const project = shop.project.name;
  granted(await editTask.run(shop.app, { task: id, title: 'New' }));
  granted(await addTask.run(shop.app, { project, title: 'Next', subtask: ['One'], after: [id] }));
  expect(granted(await undo(shop)).action).toBe(`the change of #${id}`);
});
