import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commits, journey, script } from '../support/journey.ts';
import type { TempRepo } from '../support/temp-repo.ts';

const PULL_REQUEST = 'https://github.com/acme/app/pull/1';

/** Does as somebody who presses the button on the web page: a merge commit on the remote's main. */
function mergeElsewhere(repo: TempRepo, branch: string): string {
  const clone = join(repo.root, 'colleague');
  repo.in(repo.root)('clone', '--quiet', repo.remote, clone);
  const git = repo.in(clone);
  git('merge', '--quiet', '--no-ff', '-m', 'Merge pull request #1', `origin/${branch}`);
  git('push', '--quiet', 'origin', 'main');
  return git('rev-parse', 'HEAD');
}

test('an autonomous task opens a pull request, is in review at once, and is done when somebody merged it', async () => {
  const world = await journey({ remote: 'github', config: '[github]\npoll_interval_secs = 1\n' });
  const { json, repo, reaches, github, branches } = world;
  const prompt = script(
    'Add a page.',
    commits('page.txt', 'hello page'),
    'git push -q -u origin HEAD',
    'gh pr create --base main --title "Add a page" --body "So that there is one."',
  );
  await json('add-task', 'app', 'Add a page', '-d', prompt, '-m', 'autonomous', '--launch');

  const reviewed = await reaches(1, 'in_review');
  const { branch = '', worktree = '' } = reviewed.session ?? {};
  expect(reviewed.pullRequest).toMatchObject({ number: 1, url: PULL_REQUEST, state: 'open' });
  expect(repo.in(repo.remote)('rev-parse', branch)).toBe(repo.in(worktree)('rev-parse', 'HEAD'));

  const read = await world.until(
    'the pull request was read',
    1,
    ({ pullRequest }) => pullRequest?.readAt != null,
  );
  expect(read).toMatchObject({ status: 'in_review', pullRequest: { mergeable: 'mergeable' } });

  const opened = join(repo.root, 'opened');
  writeFileSync(join(repo.root, 'browser'), `#!/bin/sh\necho "$@" > ${opened}\n`, { mode: 0o755 });
  const browser = { env: { BROWSER: join(repo.root, 'browser') } };
  expect(await world.claustreWith(browser, 'open', '1')).toMatchObject({ exitCode: 0 });
  expect(readFileSync(opened, 'utf8')).toBe(`${PULL_REQUEST}\n`);

  const mergeCommit = mergeElsewhere(repo, branch);
  github.setPullRequest(1, { state: 'MERGED', mergeCommit });
  const done = await reaches(1, 'done');
  expect(done).toMatchObject({ pullRequest: { number: 1, state: 'merged' } });
  await world.until('its session is gone', 1, ({ session }) => session === null);
  expect(existsSync(worktree)).toBe(false);
  expect(branches()).toEqual(['main']);
  expect(repo.in(repo.remote)('show', 'main:page.txt')).toBe('hello page');
});

test('a pull request that the agent opened in silence is found after the end of the turn', async () => {
  const { json, reaches } = await journey({
    remote: 'github',
    config: '[github]\npoll_interval_secs = 1\n',
  });
  const prompt = script(
    'Add a page.',
    `${commits('page.txt', 'x')} && git push -q -u origin HEAD && gh pr create --base main >/dev/null`,
  );
  await json('add-task', 'app', 'Add a page', '-d', prompt, '-m', 'autonomous', '--launch');
  const reviewed = await reaches(1, 'in_review');
  expect(reviewed.pullRequest).toMatchObject({ number: 1, url: PULL_REQUEST });
});

test('what cannot be read of GitHub changes nothing and is shown as unknown', async () => {
  const world = await journey({ remote: 'github', config: '[github]\npoll_interval_secs = 1\n' });
  const { json, reaches, github, claustre } = world;
  github.set({ mode: 'offline' });
  const prompt = script(
    'Add a page.',
    commits('page.txt', 'x'),
    'git push -q -u origin HEAD',
    `echo ${PULL_REQUEST} && gh pr create --base main`,
  );
  await json('add-task', 'app', 'Add a page', '-d', prompt, '-m', 'autonomous', '--launch');
  const reviewed = await reaches(1, 'in_review');
  expect(reviewed.pullRequest).toMatchObject({ readAt: null, mergeable: null, checks: null });
  const refused = await claustre('merge', '1', '--yes');
  expect(refused).toMatchObject({ exitCode: 3, stdout: '' });
  github.set({ mode: null });
  await world.until('it was read', 1, ({ pullRequest }) => pullRequest?.readAt != null);
});
