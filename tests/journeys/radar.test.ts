import { expect, test } from 'vitest';
import type { OverlapEntry } from '#operations/overlap/list.ts';
import { commits, journey, script } from '../support/journey.ts';

test('two tasks that change the same file are seen before they meet, and nobody is disturbed by the look', async () => {
  const world = await journey();
  const { json, turnEnds, claustre, repo } = world;
  const works = [
    script('Write it.', commits('page.txt', 'one')),
    script('Write it.', 'echo two > page.txt'),
    script('Write it.', commits('other.txt', 'three')),
  ];
  for (const [index, work] of works.entries()) {
    await json('add-task', 'app', `Task ${index + 1}`, '-d', work, '--launch');
    await turnEnds(index + 1);
  }
  const { session } = await world.show(2);
  const status = () => repo.in(session?.worktree ?? '')('status', '--porcelain');
  const before = [repo.git('count-objects', '-v'), status()];
  expect(await json<OverlapEntry[]>('radar', 'app')).toEqual([
    {
      ...{ project: 'app', task: 1, other: 2, files: ['page.txt'], conflicts: ['page.txt'] },
      readAt: expect.any(String),
    },
  ]);
  expect([repo.git('count-objects', '-v'), status()]).toEqual(before);
  const { stdout } = await claustre('radar');
  expect(stdout).toMatch(/#1 #2 +app +page\.txt +would conflict in page\.txt/);
  await claustre('kill', '2', '--yes');
  expect(await json('radar', 'app')).toEqual([]);
});
