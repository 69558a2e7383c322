import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { commits, journey, script } from '../support/journey.ts';
import { person } from '../support/person.ts';

test('z takes back a delete, then the edit before it; a command takes back a kill', async () => {
  const world = await journey({ remote: false });
  const { json, claustre, turnEnds, reaches } = world;
  await json('add-task', 'app', 'Work', '-d', script('Add it.', commits('x.txt', 'x')), '--launch');
  await turnEnds(1);
  await reaches(1, 'in_review');
  await json('add-task', 'app', 'Old words', '-d', 'Later.');
  await json('edit', '2', '--title', 'New words');

  const user = await person(world);
  await user.sees('New words');
  user.press('j', 'd');
  await user.sees('Remove #2');
  user.press('y');
  await user.sees('Removed #2');
  user.press('z');
  await user.sees('Undid the deletion of #2');
  user.press('z');
  await user.sees('Undid the change of #2');
  await user.sees('Old words');

  const { session } = await world.show(1);
  await claustre('kill', '1', '--yes');
  expect(existsSync(session?.worktree ?? '')).toBe(false);
  expect(await claustre('undo', '--dry-run')).toMatchObject({
    stdout: 'This would undo the kill of #1.\n',
  });
  expect((await claustre('undo')).stdout).toContain('Undid the kill of #1.');
  expect(existsSync(join(session?.worktree ?? '', 'x.txt'))).toBe(true);
  expect(await claustre('undo')).toMatchObject({
    exitCode: 1,
    stderr: 'There is nothing to undo.\n',
  });
  expect((await world.show(1)).session?.id).toBe(session?.id);
});
