import { expect, test } from 'vitest';
import { commits, journey, script } from '../support/journey.ts';

const CONFIG = '[github]\npoll_interval_secs = 1\n';

const delivers = (words: string, ...commands: string[]) =>
  script(words, ...commands, 'git push -q -u origin HEAD', 'gh pr create --base main --fill');

test('two stacked tasks land by squash with nothing lost', async () => {
  const world = await journey({ remote: 'github', config: CONFIG });
  const { json, claustre, reaches, repo, until } = world;
  const one = delivers('Add a page.', commits('page.txt', 'page'), commits('page2.txt', 'more'));
  await json('add-task', 'app', 'Page', '-d', one, '-m', 'autonomous');
  const two = delivers('Add a link.', commits('link.txt', 'link'), commits('link2.txt', 'more'));
  const after = ['--after', '1:pr_green'];
  const waiting = await json('add-task', 'app', 'Link', '-d', two, '-m', 'autonomous', ...after);
  expect(waiting).toMatchObject({
    waits: 'after #1 green',
    after: [1],
    afterUntil: { 1: 'pr_green' },
  });
  expect((await claustre('launch', '2')).stderr).toContain('#2 waits for #1 green');
  await json('launch', '1');

  const parent = await reaches(1, 'in_review');
  await until('its wait to end', 2, ({ waits }) => waits === null);
  await json('launch', '2');
  const child = await reaches(2, 'in_review');
  expect(child).toMatchObject({ base: parent.branch, session: { stackedOn: 1 } });
  const worktree = repo.in(child.session?.worktree ?? '');
  const diff = JSON.parse((await claustre('diff', '2', '--json')).stdout);
  expect(diff.files.map(({ path }: { path: string }) => path)).toEqual(['link.txt', 'link2.txt']);
  // Claude opened it against main; it is given its parent's branch.
  const goesTo = (base: string | null) => {
    const events = world.github.world().pullRequests ?? [];
    return events.find(({ number }) => number === 2)?.base === base;
  };
  await until('its pull request goes to the parent', 2, () => goesTo(parent.branch));

  const merge = (task: string) => claustre('merge', task, '--method', 'squash', '--yes');
  expect(await merge('2')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('#2 is stacked on #1'),
  });
  expect(await merge('1')).toMatchObject({ exitCode: 0 });
  await reaches(1, 'done');
  const moved = await until('it to be moved', 2, ({ session }) => session?.stackedOn === null);
  expect(moved).toMatchObject({ base: 'main', status: 'in_review' });
  expect(goesTo('main')).toBe(true);
  expect(worktree('diff', '--name-only', 'origin/main').split('\n')).toEqual([
    'link.txt',
    'link2.txt',
  ]);
  expect(worktree('rev-list', '--count', 'origin/main..HEAD')).toBe('2');

  expect(await merge('2')).toMatchObject({ exitCode: 0 });
  await reaches(2, 'done');
  const remote = repo.in(repo.remote);
  expect(remote('rev-list', '--count', 'main')).toBe('3');
  const files = ['README.md', 'link.txt', 'link2.txt', 'page.txt', 'page2.txt'];
  expect(remote('ls-tree', '--name-only', 'main').split('\n')).toEqual(files);
  expect(remote('for-each-ref', '--format=%(refname:short)', 'refs/heads')).toBe('main');
}, 60_000);
