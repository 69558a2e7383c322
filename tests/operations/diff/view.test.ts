import { expect, test } from 'vitest';
import { readDiff } from '#operations/diff/read.ts';
import { viewFile } from '#operations/diff/view.ts';
import { granted, launchedTask, refused, workshop } from '../../support/workshop.ts';

test('a file is viewed as it is now, once, until somebody takes the mark away', async () => {
  const shop = workshop();
  const { id, session } = await launchedTask(shop);
  shop.repo.commit({ 'a.txt': 'one\n' }, session.worktree);
  const view = (more = {}) =>
    viewFile.run(shop.app, { task: id, file: 'a.txt', undo: false, ...more });
  const marks = () => shop.app.store.viewedFiles.ofTask(id);
  const read = async () => granted(await readDiff.run(shop.app, { task: id })).files[0]?.hash;

  expect(granted(await view())).toEqual({ task: id, file: 'a.txt', viewed: true });
  expect(marks()).toEqual({ 'a.txt': await read() });
  granted(await view());
  const kinds = shop.app.store.events.ofTask(id, 20).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'file.view')).toHaveLength(1);

  shop.repo.commit({ 'a.txt': 'two\n' }, session.worktree);
  expect(marks()['a.txt']).not.toBe(await read());
  granted(await view({ hash: 'seen' }));
  expect(marks()).toEqual({ 'a.txt': 'seen' });
  expect(granted(await view({ undo: true })).viewed).toBe(false);
  expect(marks()).toEqual({});
});

test('what is not in the diff cannot be viewed', async () => {
  const shop = workshop();
  const { id } = await launchedTask(shop);
  const view = (task: number) => viewFile.run(shop.app, { task, file: 'no', undo: false });
  expect(refused(await view(id)).code).toBe('not_found');
  expect(refused(await view(99)).code).toBe('not_found');
});
