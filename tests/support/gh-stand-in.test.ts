import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { runCommand } from '#adapters/command.ts';
import { createGh } from '#adapters/gh/create-gh.ts';
import { ghStandIn } from './gh-stand-in.ts';
import { tempRepo } from './temp-repo.ts';

test('the stand-in for gh makes a pull request of a pushed branch once, and its head moves with the branch', async () => {
  const repo = tempRepo();
  const github = ghStandIn({ repositories: { 'acme/app': { path: repo.remote } } });
  const env = { ...repo.env, ...github.env, HOME: repo.env.HOME ?? '' };
  const create = () => {
    const args = ['pr', 'create', '--fill', '--base', 'main'];
    const { status, stdout, stderr } = spawnSync('gh', args, {
      cwd: repo.path,
      env,
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  };
  repo.git('switch', '-qc', 'task/x');
  repo.commit({ 'a.txt': 'a' });
  expect(create()).toMatchObject({ status: 1, stderr: expect.stringMatching(/must first push/) });
  repo.git('push', '-q', 'origin', 'task/x');
  const url = 'https://github.com/acme/app/pull/1';
  expect(create()).toEqual({ status: 0, stdout: `${url}\n`, stderr: '' });
  expect(create()).toEqual({
    status: 1,
    stdout: '',
    stderr: `a pull request for branch "task/x" into branch "main" already exists:\n${url}\n`,
  });
  const commit = repo.commit({ 'b.txt': 'b' });
  repo.git('push', '-q', 'origin', 'task/x');
  const gh = createGh({ run: runCommand, env, cwd: '/' });
  const ref = { key: 1, nodeId: null, repository: 'acme/app', number: 1 };
  const readings = await gh.readPullRequests('github.com', [ref]);
  expect('found' in readings && readings.found.get(1)).toMatchObject({ headCommit: commit, url });
});
