import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { diffTask } from '#operations/task/diff.ts';
import { granted, launchedTask, refused, workshop } from '../../support/workshop.ts';

test('a diff is everything since the base: committed, changed and untracked', async () => {
  const shop = workshop();
  const { id, session } = await launchedTask(shop);
  shop.repo.commit({ 'a.txt': 'one\ntwo\n' }, session.worktree);
  writeFileSync(join(session.worktree, 'b.txt'), 'three\n');
  const diff = granted(await diffTask.run(shop.app, { task: id }));
  expect(diff).toMatchObject({ added: 3, deleted: 0 });
  expect(diff.text).toContain('+two');
  expect(diff.files.find((file) => file.path === 'b.txt')?.untracked).toBe(true);
});

test('without a worktree there is nothing to compare', async () => {
  const shop = workshop();
  const no = refused(await diffTask.run(shop.app, { task: shop.addTask().id }));
  expect(no.reason).toContain('no worktree');
});
