import { join } from 'node:path';
import { expect, test } from 'vitest';
import { moveAlone } from '#adapters/git/rebase/alone.ts';
import { takeLock } from '#store/lock.ts';
import { moved, stackedRepo } from '../../../support/stacked-repo.ts';
import { tempDir } from '../../../support/temp-dir.ts';

test('of two that move the same branch at once one waits, and finds it done', async () => {
  const path = join(tempDir(), 'moves.lock');
  const stack = stackedRepo(() => takeLock(path));
  stack.land('squash');
  const both = await Promise.all([stack.rebase(), stack.rebase()]);
  expect(both.map((each) => moved(each).moved).toSorted()).toEqual([false, true]);
  expect(stack.remote('child')).toBe(stack.child('rev-parse', 'HEAD'));
});

test('who waits too long is told so, and a failure lets go', async () => {
  const lock = () => takeLock(path);
  const path = join(tempDir(), 'moves.lock');
  const failing = async () => {
    throw new Error('No.');
  };
  await expect(moveAlone(lock, failing)).rejects.toThrow('No.');
  const release = lock();
  const no = await moveAlone(lock, async () => 'moved', 10);
  expect(no).toMatchObject({ reason: 'Another branch is just being moved.' });
  release?.();
  expect(await moveAlone(lock, async () => 'moved', 10)).toBe('moved');
});
