import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Journey, journey } from '../support/journey.ts';

/** Nothing half done: no session, no branch, no folder. */
async function untouched(world: Journey, branches: string[]): Promise<void> {
  const { json, claustreHome, repo } = world;
  expect(await json('show', '1')).toMatchObject({ status: 'pending', session: null });
  expect(world.branches()).toEqual(branches);
  expect(repo.git('worktree', 'list', '--porcelain').match(/^worktree /gm)).toHaveLength(1);
  const root = join(claustreHome, 'worktrees');
  const left = existsSync(root) ? readdirSync(root, { recursive: true, withFileTypes: true }) : [];
  expect(left.filter((entry) => !entry.isDirectory())).toEqual([]);
}

test('a branch that is checked out elsewhere is refused and says where', async () => {
  const world = await journey();
  const { json, claustre, repo } = world;
  await json('add-task', 'app', 'On main', '--branch', 'main');
  const refused = await claustre('launch', '1');
  expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(repo.path) });
  await untouched(world, ['main']);
});

test('a base that does not exist is refused by its name', async () => {
  const world = await journey();
  await world.json('add-task', 'app', 'From nowhere', '--base', 'nowhere');
  const refused = await world.claustre('launch', '1');
  expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('"nowhere"') });
  await untouched(world, ['main']);
});

test('work starts from what the remote has, not from a local base that lies behind', async () => {
  const { json, repo, turnEnds } = await journey();
  const commit = repo.pushElsewhere('main', { 'news.txt': 'news\n' });
  const local = repo.git('rev-parse', 'main');
  await json('add-task', 'app', 'Go on', '-d', 'Hello.', '--launch');
  const idle = await turnEnds(1);
  expect(repo.in(idle.session?.worktree ?? '')('rev-parse', 'HEAD')).toBe(commit);
  expect(repo.git('rev-parse', 'main')).toBe(local);
});

test('a remote that cannot be reached is no obstacle where the base is known', async () => {
  const { json, repo, turnEnds } = await journey();
  repo.git('remote', 'set-url', 'origin', join(repo.root, 'gone.git'));
  await json('add-task', 'app', 'Offline', '-d', 'Hello.', '--launch');
  await turnEnds(1);
});

test('a branch that exists already keeps its commits and its name, also after the end', async () => {
  const { json, repo, turnEnds, claustre, branches } = await journey({ remote: false });
  repo.git('branch', 'mine');
  await json('add-task', 'app', 'Mine', '-d', 'Hello.', '--branch', 'mine', '--launch');
  await turnEnds(1);
  expect((await claustre('kill', '1', '--yes')).exitCode).toBe(0);
  expect(branches()).toEqual(['main', 'mine']);
});
