import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createGit } from '#adapters/git/create-git.ts';
import { type TempRepo, tempRepo } from '../../support/temp-repo.ts';

function inspect(repo: TempRepo, path = repo.path, env = repo.env) {
  return createGit({ env }).inspectRepository(path);
}

test('a repository is described from any folder and any worktree of it', async () => {
  const repo = tempRepo();
  repo.git('worktree', 'add', '--quiet', '-b', 'x', repo.worktree('x'));
  mkdirSync(join(repo.path, 'deep/er'), { recursive: true });
  const expected = { path: repo.path, remote: 'origin', forge: null, defaultBranch: 'main' };
  expect(await inspect(repo)).toEqual(expected);
  expect(await inspect(repo, join(repo.path, 'deep/er'))).toEqual(expected);
  expect(await inspect(repo, repo.worktree('x'))).toEqual(expected);
  expect(await inspect(repo, relative(process.cwd(), repo.path))).toEqual(expected);
});

describe('the default branch', () => {
  test("is the remote's HEAD, whatever is checked out", async () => {
    const repo = tempRepo();
    repo.git('remote', 'set-head', 'origin', 'main');
    repo.git('checkout', '--quiet', '-b', 'mine');
    expect(await inspect(repo)).toMatchObject({ defaultBranch: 'main' });
  });

  test('is the one checked out in the main working tree when the remote has said nothing', async () => {
    const repo = tempRepo();
    repo.git('checkout', '--quiet', '-b', 'trunk');
    repo.git('worktree', 'add', '--quiet', '-b', 'x', repo.worktree('x'));
    expect(await inspect(repo, repo.worktree('x'))).toMatchObject({ defaultBranch: 'trunk' });
  });

  test('is main when HEAD is detached', async () => {
    const repo = tempRepo({ remote: false });
    repo.git('checkout', '--quiet', '--detach');
    expect(await inspect(repo)).toMatchObject({ defaultBranch: 'main', remote: null });
  });
});

describe('the remote', () => {
  test('is origin before others, else the only one, else none', async () => {
    const repo = tempRepo();
    repo.git('remote', 'add', 'another', repo.remote);
    expect(await inspect(repo)).toMatchObject({ remote: 'origin' });
    repo.git('remote', 'remove', 'origin');
    expect(await inspect(repo)).toMatchObject({ remote: 'another' });
    repo.git('remote', 'add', 'third', repo.remote);
    expect(await inspect(repo)).toMatchObject({ remote: null, forge: null });
  });

  test('shows its forge through an insteadOf rule', async () => {
    const repo = tempRepo();
    repo.git('config', 'url.https://github.com/.insteadOf', 'gh:');
    repo.git('remote', 'set-url', 'origin', 'gh:acme/app.git');
    const forge = { host: 'github.com', owner: 'acme', name: 'app' };
    expect(await inspect(repo)).toMatchObject({ forge });
  });

  test('shows its forge through an alias of the ssh configuration', async () => {
    const repo = tempRepo();
    repo.git('remote', 'set-url', 'origin', 'git@work:acme/app.git');
    const bin = join(repo.root, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'ssh'), '#!/bin/sh\necho "user git"\necho "hostname ssh.github.com"\n');
    chmodSync(join(bin, 'ssh'), 0o755);
    const env = { ...repo.env, PATH: `${bin}:${repo.env.PATH}` };
    expect(await inspect(repo, repo.path, env)).toMatchObject({ forge: { host: 'github.com' } });
  });

  test('keeps the alias when there is no ssh to ask', async () => {
    const repo = tempRepo();
    repo.git('remote', 'set-url', 'origin', 'git@work:acme/app.git');
    const run = createGit({
      env: repo.env,
      run: async (program, args, request) => {
        const { runCommand } = await import('#adapters/command.ts');
        return runCommand(program === 'ssh' ? 'no-such-ssh' : program, args, request);
      },
    });
    expect(await run.inspectRepository(repo.path)).toMatchObject({ forge: { host: 'work' } });
  });

  test('is read although the environment holds variables that simple-git forbids', async () => {
    const repo = tempRepo();
    const env = { ...repo.env, EDITOR: 'vi', GIT_SSH_COMMAND: 'ssh -v', GIT_ASKPASS: '/bin/true' };
    expect(await inspect(repo, repo.path, env)).toMatchObject({ remote: 'origin' });
  });
});

describe('other shapes of repositories', () => {
  test('a bare one is described by its own folder', async () => {
    const repo = tempRepo();
    expect(await inspect(repo, repo.remote)).toEqual({
      path: repo.remote,
      remote: null,
      forge: null,
      defaultBranch: 'main',
    });
  });

  test('one with its git directory elsewhere is described by its working tree', async () => {
    const repo = tempRepo();
    repo.git('init', '--quiet', '--separate-git-dir', join(repo.root, 'elsewhere.git'));
    expect(await inspect(repo)).toMatchObject({ path: repo.path });
  });

  test('one without a commit is refused', async () => {
    const repo = tempRepo({ empty: true });
    expect(await inspect(repo)).toMatchObject({
      refused: true,
      code: 'refused',
      reason: expect.stringContaining('no commit'),
    });
  });

  test('a folder that is none is refused, and a missing one', async () => {
    const repo = tempRepo();
    expect(await inspect(repo, repo.root)).toMatchObject({ refused: true, code: 'refused' });
    const missing = await inspect(repo, join(repo.root, 'missing'));
    expect(missing).toMatchObject({ refused: true, code: 'not_found' });
  });

  test("a caller's GIT_DIR does not lead elsewhere", async () => {
    const repo = tempRepo();
    const env = { ...repo.env, GIT_DIR: repo.remote, GIT_WORK_TREE: repo.root };
    expect(await inspect(repo, repo.path, env)).toMatchObject({ path: repo.path });
  });
});
