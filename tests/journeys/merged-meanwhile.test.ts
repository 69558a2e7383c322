import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commits, journey, script } from '../support/journey.ts';

test('what stands in the worktree when somebody merges is kept and asked about, and goes into a pull request of its own', async () => {
  const world = await journey({ remote: 'github', config: '[github]\npoll_interval_secs = 1\n' });
  const { json, claustre, reaches, until, repo, github } = world;
  const push = 'git push -q -u origin HEAD';
  const opens = [push, 'gh pr create --base main --fill'];
  const prompt = script('Add a page.', commits('page.txt', 'page'), ...opens);
  await json('add-task', 'app', 'Page', '-d', prompt, '-m', 'autonomous', '--launch');
  const reviewed = await reaches(1, 'in_review');
  const { branch = '', worktree = '' } = reviewed.session ?? {};
  writeFileSync(join(worktree, 'idea.txt'), 'an idea\n');

  const squash = (number: number) => {
    const clone = join(repo.root, `colleague-${number}`);
    repo.in(repo.root)('clone', '--quiet', repo.remote, clone);
    const git = repo.in(clone);
    git('merge', '--quiet', '--squash', `origin/${branch}`);
    git('commit', '--quiet', '-m', `Squashed ${number}`);
    git('push', '--quiet', 'origin', 'main');
    github.setPullRequest(number, { state: 'MERGED', mergeCommit: git('rev-parse', 'HEAD') });
  };
  squash(1);
  const left = 'the merge does not hold 1 untracked file of its worktree';
  await until('it is asked', 1, ({ turn }) => turn?.text.startsWith('merged, but') === true);
  expect(await json('inbox')).toMatchObject([{ kind: 'unsure', task: 1 }]);
  expect((await claustre('why', '1')).stdout).toContain(`"Page" was merged, but ${left}`);
  expect(existsSync(join(worktree, 'idea.txt'))).toBe(true);

  const more = script('Open another.', 'git add -A', 'git commit -q -m idea', ...opens);
  // Its Claude was ended when the work was delivered; the conversation goes on.
  await json('launch', '1');
  await until('its Claude to wait', 1, ({ session }) => session?.activity === 'idle');
  await json('send', '1', more);
  const again = await until('the next one', 1, ({ pullRequest }) => pullRequest?.number === 2);
  expect(again.session?.worktree).toBe(worktree);
  await reaches(1, 'in_review');
  expect(await json('inbox')).not.toMatchObject([{ kind: 'unsure' }]);
  squash(2);
  await reaches(1, 'done');
  await until('its session is gone', 1, ({ session }) => session === null);
  expect(repo.in(repo.remote)('show', 'main:idea.txt')).toBe('an idea');
}, 60_000);
