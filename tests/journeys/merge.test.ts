import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commits, type Journey, journey, script } from '../support/journey.ts';
import { person } from '../support/person.ts';
import { waitFor } from '../support/wait-for.ts';

const CONFIG = '[github]\npoll_interval_secs = 1\n';

/** A task whose Claude opened a pull request that was read. */
async function delivered(world: Journey, id: number, file: string) {
  const prompt = script(
    `Add ${file}.`,
    commits(file, `hello ${file}`),
    'git push -q -u origin HEAD',
    `gh pr create --base main --title "Add ${file}" --body "x"`,
  );
  await world.json('add-task', 'app', `Add ${file}`, '-d', prompt, '-m', 'autonomous', '--launch');
  await world.reaches(id, 'in_review');
  await world.turnEnds(id);
  return world.until(`#${id} to be read`, id, ({ pullRequest }) => pullRequest?.readAt != null);
}

/** A colleague builds on a branch of ours: pull request #2 goes onto it. */
function buildsOn({ github }: Journey, base: string): void {
  const { pullRequests = [] } = github.world();
  const child = { repository: 'acme/app', number: 2, head: 'child', headCommit: 'c', base };
  github.set({ pullRequests: [...pullRequests, child] });
}

const remoteBranches = ({ repo }: Journey): string[] =>
  repo.in(repo.remote)('for-each-ref', '--format=%(refname:short)', 'refs/heads').split('\n');

const sent = ({ github }: Journey, field: string): number =>
  github.calls().filter(({ query }) => query?.startsWith('mutation') && query.includes(field))
    .length;

test('a squash whose answer was lost is found merged, is not sent again, and leaves nothing behind', async () => {
  const world = await journey({
    remote: 'github',
    config: `${CONFIG}[merge]\nmethod = "squash"\n`,
  });
  const { session, branch } = await delivered(world, 1, 'one.txt');
  const asked = await world.claustre('merge', '1');
  expect(asked.exitCode).toBe(1);
  expect(asked.stderr).toContain(`delete ${branch} on origin; then end the session.`);
  world.github.set({ writes: ['lost'] });
  const merged = await world.json<{ commit: string }>('merge', '1', '--yes');
  expect(merged).toMatchObject({
    outcome: 'merged',
    branch,
    base: 'main',
    notes: [expect.any(String)],
  });
  const { repo } = world;
  expect(repo.in(repo.remote)('log', '--format=%H %an', '-1', 'main')).toBe(
    `${merged.commit} GitHub`,
  );
  expect(repo.in(repo.remote)('show', 'main:one.txt')).toBe('hello one.txt');
  expect(sent(world, 'mergePullRequest')).toBe(1);
  expect(await world.show(1)).toMatchObject({
    status: 'done',
    session: null,
    pullRequest: { state: 'merged' },
  });
  expect(existsSync(session?.worktree ?? '')).toBe(false);
  expect(world.branches()).toEqual(['main']);
  expect(remoteBranches(world)).toEqual(['main']);
});

test('a person merges with m after reading what it does; what was built on the branch gets its base first', async () => {
  const world = await journey({ remote: 'github', config: CONFIG });
  const { branch } = await delivered(world, 1, 'one.txt');
  buildsOn(world, branch ?? '');
  const user = await person(world);
  await user.sees('#1 Add one.txt');
  user.press('m');
  await user.sees('Merge acme/app#1 ');
  await user.sees('#2 to main first;');
  user.press('y');
  await world.reaches(1, 'done');
  await user.sees('Merged #1');
  const pulls = world.github.world().pullRequests ?? [];
  expect(pulls.map(({ number, state, base }) => [number, state ?? 'OPEN', base])).toEqual([
    [1, 'MERGED', 'main'],
    [2, 'OPEN', 'main'],
  ]);
  await waitFor('the branch to be gone', () => !remoteBranches(world).includes(branch ?? ''));
});

test('somebody else merges: the child gets its base, the branch goes, the task is done', async () => {
  const world = await journey({ remote: 'github', config: CONFIG });
  const { branch = '' } = await delivered(world, 1, 'one.txt');
  buildsOn(world, branch ?? '');
  world.github.setPullRequest(1, { state: 'MERGED', mergeCommit: 'm', mergedBy: 'ada' });
  await world.reaches(1, 'done');
  await waitFor('the landing', () => !remoteBranches(world).includes(branch ?? ''), 20_000);
  const child = world.github.world().pullRequests?.find(({ number }) => number === 2);
  expect(child).toMatchObject({ base: 'main' });
});

test('a closed pull request is not done: it needs somebody, and goes on when it is opened again', async () => {
  const world = await journey({ remote: 'github', config: CONFIG });
  await delivered(world, 1, 'one.txt');
  world.github.setPullRequest(1, { state: 'CLOSED' });
  await world.until('it was seen', 1, ({ pullRequest }) => pullRequest?.state === 'closed');
  expect(await world.json('inbox')).toMatchObject([{ kind: 'closed', task: 1 }]);
  expect((await world.claustre('merge', '1', '--yes')).stderr).toContain('is closed');
  expect((await world.claustre('reopen', '1')).stdout).toContain('is open again');
  await world.json('merge', '1', '--yes');
  await world.reaches(1, 'done');
});
