import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { deliverTurn, undelivered } from '#operations/delivery/deliver.ts';
import { findTask } from '#operations/task/find.ts';
import { launchTask } from '#operations/task/launch.ts';
import { mergeTask } from '#operations/task/merge.ts';
import { granted, refused, type Workshop, workshop } from '../../support/workshop.ts';

/** A local task whose Claude committed these files and ended its turn, and that the supervisor looked at. */
async function delivered(shop: Workshop, files: Record<string, string>): Promise<number> {
  const task = shop.addTask();
  granted(await launchTask.run(shop.app, { task: [task.id] }));
  await endTurn(shop, task.id, files);
  return task.id;
}

async function endTurn(shop: Workshop, id: number, files: Record<string, string>): Promise<void> {
  const { store, clock } = shop.app;
  const session = store.sessions.openOf(id);
  if (session === null) throw new Error('No session.');
  shop.repo.commit(files, session.worktree);
  clock.advance(1000);
  store.write(() => store.sessions.update(session.id, { turnEndedAt: clock.now() }, null));
  for (const each of undelivered(shop.app)) {
    const { task, project } = granted(findTask(store, each.taskId));
    await deliverTurn(shop.app, task, project, each);
  }
}

describe('a local task', () => {
  test('is in review once it is committed, and done once it is merged', async () => {
    const shop = workshop({ remote: false });
    const id = await delivered(shop, { 'a.txt': 'a' });
    expect(shop.task(id).status).toBe('in_review');
    const session = shop.app.store.sessions.openOf(id);
    const merged = granted(await mergeTask.run(shop.app, { task: id }));
    expect(shop.repo.git('rev-parse', 'main')).toBe(merged.commit);
    expect(shop.repo.git('show', 'main:a.txt')).toBe('a');
    expect(shop.task(id).status).toBe('done');
    expect(existsSync(session?.worktree ?? '')).toBe(false);
    expect(shop.repo.git('branch', '--list', 'task/*')).toBe('');
  });

  test('in conflict with what was merged before it says which files, and merges after they are resolved', async () => {
    const shop = workshop({ remote: false });
    const one = await delivered(shop, { 'README.md': 'one' });
    const two = await delivered(shop, { 'README.md': 'two' });
    granted(await mergeTask.run(shop.app, { task: one }));
    expect(shop.task(two).status).toBe('conflict');
    const no = refused(await mergeTask.run(shop.app, { task: two }));
    expect(no.reason).toBe(`#${two} conflicts with main in README.md.`);
    const session = shop.app.store.sessions.openOf(two);
    const git = shop.repo.in(session?.worktree ?? '');
    git('merge', '-X', 'ours', '--no-edit', 'main');
    await endTurn(shop, two, { 'b.txt': 'b' });
    granted(await mergeTask.run(shop.app, { task: two }));
    expect(shop.task(two).status).toBe('done');
    expect(shop.repo.git('show', 'main:README.md')).toBe('two');
  });

  test('with uncommitted work is not merged', async () => {
    const shop = workshop({ remote: false });
    const id = await delivered(shop, { 'a.txt': 'a' });
    const session = shop.app.store.sessions.openOf(id);
    const { writeFileSync } = await import('node:fs');
    writeFileSync(`${session?.worktree}/left.txt`, 'x');
    expect(refused(await mergeTask.run(shop.app, { task: id })).reason).toContain('uncommitted');
    expect(shop.task(id).status).toBe('in_review');
  });

  test('that is not in review is not merged', async () => {
    const shop = workshop({ remote: false });
    const task = shop.addTask();
    expect(refused(await mergeTask.run(shop.app, { task: task.id })).reason).toContain('pending');
  });
});

test('a task without its pull request has nothing to merge', async () => {
  const shop = workshop();
  const task = shop.addTask({ push: 'pr' });
  expect(refused(await mergeTask.run(shop.app, { task: task.id })).reason).toContain(
    'no pull request yet',
  );
});

test('a local task is merged as one commit where the project says so', async () => {
  const shop = workshop({ remote: false });
  const folder = `${shop.repo.path}/.claustre`;
  const { mkdirSync, writeFileSync } = await import('node:fs');
  mkdirSync(folder);
  writeFileSync(`${folder}/config.toml`, '[merge]\nmethod = "squash"\n');
  const id = await delivered(shop, { 'a.txt': 'a' });
  const merged = granted(await mergeTask.run(shop.app, { task: id }));
  expect(merged).toMatchObject({ method: 'squash', outcome: 'merged' });
  expect(shop.repo.git('log', '-1', '--format=%s %p', 'main')).toMatch(/^A task \w+$/);
});

test('a worktree on another branch is not merged as if it were ours', async () => {
  const shop = workshop({ remote: false });
  const id = await delivered(shop, { 'a.txt': 'a' });
  const session = shop.app.store.sessions.openOf(id);
  shop.repo.in(session?.worktree ?? '')('checkout', '-q', '-b', 'elsewhere');
  expect(refused(await mergeTask.run(shop.app, { task: id })).reason).toContain('elsewhere');
  expect(shop.task(id).status).toBe('in_review');
});
