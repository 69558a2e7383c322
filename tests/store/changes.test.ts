import { join } from 'node:path';
import { expect, test } from 'vitest';
import { watchChanges } from '#store/changes.ts';
import { openStore } from '#store/store.ts';
import { addProject } from '../support/builders.ts';
import { tempDir } from '../support/temp-dir.ts';
import { waitFor } from '../support/wait-for.ts';

test('a commit of another connection, or of our own, is told once and soon', async () => {
  const path = join(tempDir(), 'claustre.db');
  const watching = openStore(path);
  const other = openStore(path);
  let calls = 0;
  const stop = watchChanges(watching, () => {
    calls += 1;
  });
  addProject(other);
  await waitFor('the change of another process', () => calls === 1, 1_500);
  addProject(watching, { name: 'b', path: '/b' });
  await waitFor('our own change', () => calls === 2, 1_500);
  stop();
  addProject(other, { name: 'c', path: '/c' });
  watching.close();
  other.close();
  expect(calls).toBe(2);
});
