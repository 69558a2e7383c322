import { join } from 'node:path';
import { expect, test } from 'vitest';
import { takeLock } from '#store/lock.ts';
import { tempDir } from '../support/temp-dir.ts';

test('a lock has one holder, and is free again when that lets go', () => {
  const path = join(tempDir(), 'lock');
  const release = takeLock(path);
  expect(release).not.toBeNull();
  expect(takeLock(path)).toBeNull();
  release?.();
  const again = takeLock(path);
  expect(again).not.toBeNull();
  again?.();
});
