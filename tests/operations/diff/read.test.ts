import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readDiff } from '#operations/diff/read.ts';
import { granted, launchedTask, refused, workshop } from '../../support/workshop.ts';

test('a reading has the files, what was said about them and what was viewed', async () => {
  const shop = workshop();
  const { id, session } = await launchedTask(shop);
  shop.repo.commit({ 'b.txt': 'one\ntwo\n' }, session.worktree);
  writeFileSync(join(session.worktree, 'new.txt'), 'three\n');
  const { store } = shop.app;
  const at = shop.app.clock.iso();
  const event = { kind: 'test', source: 'person' as const, at };
  store.write(() => store.viewedFiles.mark({ taskId: id, file: 'b.txt', hash: 'h', at }, event));
  const reading = granted(await readDiff.run(shop.app, { task: id }));
  expect(reading.files.map(({ path, change, added }) => [path, change, added])).toEqual([
    ['b.txt', 'added', 2],
    ['new.txt', 'added', 1],
  ]);
  expect(reading).toMatchObject({
    ...{ task: id, base: 'main', comments: [], viewed: { 'b.txt': 'h' } },
    readAt: shop.app.clock.now(),
  });
});

test('a diff that is too long is cut, and every file says its numbers', async () => {
  const shop = workshop();
  const { id, session } = await launchedTask(shop);
  const long = `${'x'.repeat(1023)}\n`.repeat(17 * 1024);
  shop.repo.commit({ 'a.txt': 'one\n', 'b.txt': long, 'c.txt': 'two\n' }, session.worktree);
  const { files } = granted(await readDiff.run(shop.app, { task: id }));
  expect(files.map(({ path, cut, added }) => [path, cut, added])).toEqual([
    ['a.txt', false, 1],
    ['b.txt', true, 17 * 1024],
    ['c.txt', true, 1],
  ]);
  expect(files[1]?.hunks[0]?.lines.length).toBeGreaterThan(1_000);
});

test('without a worktree there is nothing to read', async () => {
  const shop = workshop();
  expect(refused(await readDiff.run(shop.app, { task: shop.addTask().id })).hint).toContain(
    'claustre launch',
  );
});

test('one file that is far too long does not hide those behind it', async () => {
  const shop = workshop();
  const { id, session } = await launchedTask(shop);
  const long = 'x\n'.repeat(50_001);
  shop.repo.commit({ 'a.txt': long, 'b.txt': 'two\n' }, session.worktree);
  const { files } = granted(await readDiff.run(shop.app, { task: id }));
  expect(files.map(({ path, cut, added, hunks }) => [path, cut, added, hunks.length])).toEqual([
    ['a.txt', true, 50_001, 0],
    ['b.txt', false, 1, 1],
  ]);
});
