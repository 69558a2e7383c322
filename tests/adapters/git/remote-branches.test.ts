import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createGit } from '#adapters/git/create-git.ts';
import { type TempRepo, tempRepo } from '../../support/temp-repo.ts';

test('the head of a branch is asked of the remote itself', async () => {
  const repo = tempRepo();
  const there = repo.pushElsewhere('task/one', { 'a.txt': 'a\n' });
  repo.pushElsewhere('y/refs/heads/nothing', { 'a.txt': 'a\n' });
  const git = createGit({ env: repo.env });
  expect(await git.remoteHead(repo.path, 'origin', 'task/one')).toEqual({ commit: there });
  expect(await git.remoteHead(repo.path, 'origin', 'nothing')).toBeNull();
});

test('a remote that cannot be reached is refused', async () => {
  const repo = tempRepo();
  renameSync(repo.remote, join(repo.root, 'away'));
  const answer = await createGit({ env: repo.env }).remoteHead(repo.path, 'origin', 'main');
  expect(answer).toMatchObject({ refused: true, code: 'environment' });
});

/** Lets an ssh of ours write its arguments down, as the remote of a repository. */
async function askOverSsh(repo: TempRepo, more: Record<string, string> = {}) {
  const bin = join(repo.root, 'bin');
  mkdirSync(bin);
  writeFileSync(
    join(bin, 'ssh'),
    `#!/bin/sh\necho "$@" >> "${repo.root}/asked"\necho "git@host: Permission denied (publickey)." >&2\nexit 255\n`,
  );
  chmodSync(join(bin, 'ssh'), 0o755);
  repo.git('remote', 'set-url', 'origin', 'git@host.example:acme/app.git');
  const env = { ...repo.env, PATH: `${bin}:${repo.env.PATH}`, ...more };
  const answer = await createGit({ env }).remoteHead(repo.path, 'origin', 'main');
  return { answer, asked: readFileSync(join(repo.root, 'asked'), 'utf8') };
}

test('ssh asks nothing of a terminal that nobody watches', async () => {
  const { answer, asked } = await askOverSsh(tempRepo());
  expect(asked).toMatch(/-oBatchMode=yes .*git@host\.example/);
  expect(answer).toMatchObject({ refused: true, reason: expect.stringContaining('ssh key') });
});

test("the person's own ssh command is used as it is, from the environment or the repository", async () => {
  const fromEnvironment = await askOverSsh(tempRepo(), { GIT_SSH_COMMAND: 'ssh -oUser=me' });
  expect(fromEnvironment.asked).toContain('-oUser=me');
  expect(fromEnvironment.asked).not.toContain('BatchMode');
  const repo = tempRepo();
  repo.git('config', 'core.sshCommand', 'ssh -i key');
  const fromRepository = await askOverSsh(repo);
  expect(fromRepository.asked).toContain('-i key');
  expect(fromRepository.asked).not.toContain('BatchMode');
});
