import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCommand } from '#adapters/command.ts';
import { createGit } from '#adapters/git/create-git.ts';
import type { WorktreeMade, WorktreeRequest } from '#adapters/git/git.ts';
import { isRefusal, type Refusal } from '#domain/error.ts';
import { type TempRepo, tempRepo } from '../../support/temp-repo.ts';

function add(repo: TempRepo, more: Partial<WorktreeRequest> = {}) {
  return createGit({ env: repo.env }).addWorktree({
    repository: repo.path,
    path: repo.worktree('one'),
    branch: 'task/one',
    base: 'main',
    remote: 'origin',
    ...more,
  });
}

function made(result: WorktreeMade | Refusal): WorktreeMade {
  if (isRefusal(result)) throw new Error(result.reason);
  return result;
}

function refused(result: WorktreeMade | Refusal): Refusal {
  if (!isRefusal(result)) throw new Error('It was not refused.');
  return result;
}

/** Everything that a failure could leave behind. */
function traces(repo: TempRepo) {
  return {
    refs: repo.git('for-each-ref', 'refs/heads', 'refs/tags', 'refs/stash'),
    checkouts: repo.git('worktree', 'list', '--porcelain'),
    entries: existsSync(join(repo.path, '.git/worktrees'))
      ? readdirSync(join(repo.path, '.git/worktrees'))
      : [],
    config: repo.config(),
    places: existsSync(join(repo.root, 'worktrees')),
    status: repo.git('status', '--porcelain'),
  };
}

function goOffline(repo: TempRepo) {
  renameSync(repo.remote, `${repo.remote}.away`);
}

describe('a new branch', () => {
  test('starts from the base as it is on the remote now, not as it was fetched last', async () => {
    const repo = tempRepo();
    const fresh = repo.pushElsewhere('main', { 'new.txt': 'new\n' });
    const before = repo.config();
    const result = made(await add(repo));
    expect(result).toEqual({ baseCommit: fresh, from: 'created', notes: [] });
    const at = repo.in(repo.worktree('one'));
    expect(at('rev-parse', 'HEAD', 'refs/heads/task/one')).toBe(`${fresh}\n${fresh}`);
    expect(at('status', '--porcelain', '--branch')).toBe('## task/one');
    expect(repo.git('rev-parse', 'main')).not.toBe(fresh);
    expect(repo.git('rev-parse', 'origin/main')).toBe(fresh);
    expect(repo.config()).toBe(before);
  });

  test('fetches nothing but base and branch: no tags, no FETCH_HEAD, no other branch', async () => {
    const repo = tempRepo();
    repo.git('config', 'remote.origin.fetch', '+refs/heads/*:refs/heads/copy/*');
    repo.pushElsewhere('other', { 'a.txt': 'a\n' });
    repo.pushElsewhere('main', { 'b.txt': 'b\n' });
    repo.in(repo.remote)('tag', 'v1', 'main');
    made(await add(repo));
    const refs = repo.git('for-each-ref', '--format=%(refname)').split('\n');
    expect(refs).toEqual(['refs/heads/main', 'refs/heads/task/one', 'refs/remotes/origin/main']);
    expect(existsSync(join(repo.path, '.git/FETCH_HEAD'))).toBe(false);
  });

  test('starts from the local base when there is no remote', async () => {
    const repo = tempRepo({ remote: false });
    const result = made(await add(repo, { remote: null }));
    expect(result).toEqual({
      baseCommit: repo.git('rev-parse', 'main'),
      from: 'created',
      notes: [],
    });
  });

  test('starts from a base that exists only locally and says so', async () => {
    const repo = tempRepo();
    repo.git('branch', 'stack/base');
    const result = made(await add(repo, { base: 'stack/base' }));
    expect(result.from).toBe('created');
    expect(result.notes).toEqual([
      'The base "stack/base" is not on "origin". The work starts from the local "stack/base".',
    ]);
  });

  test('is not confused by a stale remote-tracking branch of its name', async () => {
    const repo = tempRepo();
    repo.pushElsewhere('task/one', { 'old.txt': 'old\n' });
    repo.git('fetch', '--quiet', 'origin');
    repo.in(repo.remote)('branch', '-D', 'task/one');
    const result = made(await add(repo));
    expect(result.from).toBe('created');
    expect(existsSync(join(repo.worktree('one'), 'old.txt'))).toBe(false);
  });

  test('gets its base even when a stale remote-tracking branch is in the way of the name', async () => {
    const repo = tempRepo();
    repo.pushElsewhere('rel', { 'old.txt': 'old\n' });
    repo.git('fetch', '--quiet', 'origin');
    repo.in(repo.remote)('branch', '-D', 'rel');
    const fresh = repo.pushElsewhere('rel/2', { 'new.txt': 'new\n' });
    const result = made(await add(repo, { base: 'rel/2' }));
    expect(result).toEqual({ baseCommit: fresh, from: 'created', notes: [] });
  });

  test('works while the main working tree is detached, dirty and on another commit', async () => {
    const repo = tempRepo();
    repo.commit({ 'second.txt': '2\n' });
    repo.git('checkout', '--quiet', '--detach', 'HEAD~1');
    writeFileSync(join(repo.path, 'README.md'), 'dirty\n');
    made(await add(repo));
    expect(repo.git('status', '--porcelain')).toBe(' M README.md');
    expect(readFileSync(join(repo.worktree('one'), 'README.md'), 'utf8')).toBe('hello\n');
  });

  test('works in a bare repository', async () => {
    const repo = tempRepo();
    const result = made(await add(repo, { repository: repo.remote, remote: null }));
    expect(result.from).toBe('created');
    expect(repo.in(repo.worktree('one'))('status', '--porcelain')).toBe('');
  });

  test('is not fetched for when the caller wants no network', async () => {
    const repo = tempRepo();
    const known = repo.git('rev-parse', 'main');
    repo.pushElsewhere('main', { 'new.txt': 'new\n' });
    const result = made(await add(repo, { fetch: false }));
    expect(result).toEqual({ baseCommit: known, from: 'created', notes: [] });
  });
});

describe('without the remote', () => {
  test('the base as of its last fetch is taken, with a note', async () => {
    const repo = tempRepo();
    const fetched = repo.pushElsewhere('main', { 'new.txt': 'new\n' });
    repo.git('fetch', '--quiet');
    goOffline(repo);
    const result = made(await add(repo));
    expect(result.baseCommit).toBe(fetched);
    expect(result.notes).toHaveLength(1);
    expect(result.notes[0]).toMatch(
      /^"origin" did not answer: .+ The base "main" is as of its last fetch\.$/,
    );
  });

  test('a base that was never fetched is taken from the local branch, with a note', async () => {
    const repo = tempRepo();
    repo.git('update-ref', '-d', 'refs/remotes/origin/main');
    goOffline(repo);
    const result = made(await add(repo));
    expect(result.notes[0]).toMatch(
      /^"origin" did not answer: .+ The work starts from the local "main"\.$/,
    );
  });

  test('a remote that answers but breaks off the fetch counts as not reached', async () => {
    const repo = tempRepo();
    const known = repo.git('rev-parse', 'main');
    repo.pushElsewhere('main', { 'new.txt': 'new\n' });
    const stderr = 'fatal: the remote end hung up unexpectedly\n';
    const git = createGit({
      env: repo.env,
      run: (program, args, request) =>
        args.includes('fetch')
          ? Promise.resolve({ exitCode: 128, stdout: '', stderr })
          : runCommand(program, args, request),
    });
    const request = { repository: repo.path, path: repo.worktree('one'), branch: 'task/one' };
    const result = made(await git.addWorktree({ ...request, base: 'main', remote: 'origin' }));
    expect(result.baseCommit).toBe(known);
    expect(result.notes[0]).toContain('"origin" did not answer: The remote could not be reached.');
  });

  test('a base that nobody knows is refused by name', async () => {
    const repo = tempRepo();
    goOffline(repo);
    const before = traces(repo);
    const refusal = refused(await add(repo, { base: 'nowhere' }));
    expect(refusal.code).toBe('not_found');
    expect(refusal.reason).toMatch(/"nowhere" was not found.+"origin" did not answer/);
    expect(traces(repo)).toEqual(before);
  });
});

describe('a branch that exists', () => {
  test('only on the remote is made from there, without upstream', async () => {
    const repo = tempRepo();
    const there = repo.pushElsewhere('task/one', { 'theirs.txt': 'theirs\n' });
    const before = repo.config();
    const result = made(await add(repo));
    expect(result.from).toBe('remote');
    expect(result.baseCommit).toBe(repo.git('rev-parse', 'main'));
    expect(repo.git('rev-parse', 'task/one')).toBe(there);
    expect(repo.config()).toBe(before);
  });

  test('only locally is checked out as it is', async () => {
    const repo = tempRepo();
    repo.git('branch', 'task/one');
    expect(made(await add(repo)).from).toBe('local');
  });

  test('in both places and equal is checked out', async () => {
    const repo = tempRepo();
    repo.git('branch', 'task/one');
    repo.git('push', '--quiet', 'origin', 'task/one');
    expect(made(await add(repo)).from).toBe('local');
  });

  test('locally ahead of the remote keeps its commits', async () => {
    const repo = tempRepo();
    repo.git('push', '--quiet', 'origin', 'main:task/one');
    repo.git('checkout', '--quiet', '-b', 'task/one');
    const ahead = repo.commit({ 'mine.txt': 'mine\n' });
    repo.git('checkout', '--quiet', 'main');
    expect(made(await add(repo)).from).toBe('local');
    expect(repo.git('rev-parse', 'task/one')).toBe(ahead);
  });

  test('locally behind the remote is moved forward', async () => {
    const repo = tempRepo();
    repo.git('branch', 'task/one');
    const there = repo.pushElsewhere('task/one', { 'theirs.txt': 'theirs\n' });
    expect(made(await add(repo)).from).toBe('local');
    expect(repo.git('rev-parse', 'task/one')).toBe(there);
    expect(existsSync(join(repo.worktree('one'), 'theirs.txt'))).toBe(true);
  });

  test('and has diverged from the remote is refused with both counts', async () => {
    const repo = tempRepo();
    repo.pushElsewhere('task/one', { 'theirs.txt': 'theirs\n' });
    repo.git('checkout', '--quiet', '-b', 'task/one');
    repo.commit({ 'mine.txt': 'mine\n' });
    repo.commit({ 'more.txt': 'more\n' });
    repo.git('checkout', '--quiet', 'main');
    const before = traces(repo);
    expect(refused(await add(repo)).reason).toContain(
      '2 of its commits are only here, 1 only there',
    );
    expect(traces(repo)).toEqual(before);
  });

  test('and is checked out in the main working tree is refused and says where', async () => {
    const repo = tempRepo();
    const refusal = refused(await add(repo, { branch: 'main' }));
    expect(refusal.reason).toBe(`The branch "main" is checked out in "${repo.path}".`);
  });

  test('and is checked out in another worktree is refused and says where', async () => {
    const repo = tempRepo();
    made(await add(repo));
    const refusal = refused(await add(repo, { path: repo.worktree('two') }));
    expect(refusal.reason).toContain(`"${repo.worktree('one')}"`);
  });

  test('as the beginning of the name is refused and named', async () => {
    const repo = tempRepo();
    repo.git('branch', 'task');
    const before = traces(repo);
    expect(refused(await add(repo)).reason).toContain('The branch "task" exists');
    expect(traces(repo)).toEqual(before);
  });
});

describe('a failure leaves nothing behind', () => {
  test.each(['two words', '-x', 'a..b', 'HEAD', 'end.lock', 'a//b', ''])(
    'when the branch name is "%s"',
    async (branch) => {
      const repo = tempRepo();
      const before = traces(repo);
      expect(refused(await add(repo, { branch })).reason).toContain('is no valid branch name');
      expect(traces(repo)).toEqual(before);
    },
  );

  test('when the place is taken, which stays as it is', async () => {
    const repo = tempRepo();
    const file = join(repo.worktree('one'), 'precious.txt');
    mkdirSync(repo.worktree('one'), { recursive: true });
    writeFileSync(file, 'mine');
    const before = traces(repo);
    expect(refused(await add(repo)).reason).toContain('exists already');
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect(traces(repo)).toEqual(before);
  });

  test('when the checkout breaks off, with a branch that was there put back where it was', async () => {
    const repo = tempRepo();
    repo.git('branch', 'task/one');
    repo.pushElsewhere('task/one', { '.gitattributes': '*.bin filter=broken\n', 'x.bin': 'x' });
    repo.git('config', 'filter.broken.smudge', 'false');
    repo.git('config', 'filter.broken.required', 'true');
    const before = traces(repo);
    expect(refused(await add(repo)).reason).toContain('The filter "broken"');
    expect(traces(repo)).toEqual(before);
    refused(await add(repo, { branch: 'task/two', base: 'task/one' }));
    expect(traces(repo)).toEqual(before);
  });

  test('when git takes too long', async () => {
    const repo = tempRepo();
    const before = traces(repo);
    const hook = join(repo.path, '.git/hooks/post-checkout');
    mkdirSync(join(repo.path, '.git/hooks'), { recursive: true });
    writeFileSync(hook, '#!/bin/sh\nexec sleep 20 >/dev/null 2>&1\n');
    chmodSync(hook, 0o755);
    const git = createGit({
      env: repo.env,
      run: (program, args, request) =>
        runCommand(program, args, {
          ...request,
          timeoutMs: args.includes('add') ? 500 : (request?.timeoutMs ?? 30_000),
        }),
    });
    const request = { repository: repo.path, path: repo.worktree('one'), branch: 'task/one' };
    const answer = await git.addWorktree({ ...request, base: 'main', remote: null });
    expect(answer).toMatchObject({ refused: true, code: 'timeout' });
    expect(traces(repo)).toEqual(before);
  });

  test('when git fails in a way that no rule foresees, which is thrown', async () => {
    const repo = tempRepo();
    const before = traces(repo);
    const git = createGit({
      env: repo.env,
      run: (program, args, request) =>
        args.includes('add')
          ? Promise.resolve({ exitCode: 128, stdout: '', stderr: 'fatal: the moon is full\n' })
          : runCommand(program, args, request),
    });
    const request = { repository: repo.path, path: repo.worktree('one'), branch: 'task/one' };
    await expect(git.addWorktree({ ...request, base: 'main', remote: null })).rejects.toThrow(
      `The worktree "${repo.worktree('one')}" could not be made: fatal: the moon is full`,
    );
    expect(traces(repo)).toEqual(before);
  });

  test('while a failing post-checkout hook is only noted', async () => {
    const repo = tempRepo();
    const hook = join(repo.path, '.git/hooks/post-checkout');
    mkdirSync(join(repo.path, '.git/hooks'), { recursive: true });
    writeFileSync(hook, '#!/bin/sh\necho "no lfs here" >&2\nexit 3\n');
    chmodSync(hook, 0o755);
    const result = made(await add(repo));
    expect(result.notes).toEqual([`The repository's post-checkout hook failed: no lfs here`]);
    expect(repo.in(repo.worktree('one'))('status', '--porcelain')).toBe('');
  });

  test('and an entry whose folder is gone does not stop a second try', async () => {
    const repo = tempRepo();
    made(await add(repo));
    renameSync(repo.worktree('one'), join(repo.root, 'gone'));
    expect(made(await add(repo)).from).toBe('local');
  });
});

test('several worktrees can be made at the same time', async () => {
  const repo = tempRepo();
  const fresh = repo.pushElsewhere('main', { 'new.txt': 'new\n' });
  const numbers = [1, 2, 3, 4];
  const results = await Promise.all(
    numbers.map((n) => add(repo, { branch: `task/${n}`, path: repo.worktree(`${n}/same-name`) })),
  );
  for (const result of results) {
    expect(result).toEqual({ baseCommit: fresh, from: 'created', notes: [] });
  }
});

test('of two that want the same branch one gets it whole', async () => {
  const repo = tempRepo();
  const results = await Promise.all([add(repo), add(repo, { path: repo.worktree('two') })]);
  const winners = results.filter((result) => !isRefusal(result));
  expect(winners).toHaveLength(1);
  const checkouts = repo.git('worktree', 'list', '--porcelain').match(/^branch .*task\/one$/gm);
  expect(checkouts).toHaveLength(1);
  expect(repo.git('rev-parse', 'task/one')).toBe(repo.git('rev-parse', 'main'));
});

test('of two that want the same place one gets it, and the other clears nothing away', async () => {
  const repo = tempRepo({ remote: false });
  repo.git('branch', 'task/one');
  repo.git('branch', 'task/two');
  const results = await Promise.all([
    add(repo, { remote: null }),
    add(repo, { remote: null, branch: 'task/two' }),
    add(repo, { remote: null }),
  ]);
  expect(results.filter((result) => !isRefusal(result))).toHaveLength(1);
  expect(repo.in(repo.worktree('one'))('status', '--porcelain')).toBe('');
  expect(repo.git('branch', '--list').split('\n')).toHaveLength(3);
});

test('a path through a symbolic link is the same place', async () => {
  const repo = tempRepo();
  mkdirSync(join(repo.root, 'real'));
  symlinkSync(join(repo.root, 'real'), join(repo.root, 'link'));
  const path = join(repo.root, 'link', 'one');
  made(await add(repo, { path }));
  renameSync(path, join(repo.root, 'gone'));
  made(await add(repo, { path }));
  await createGit({ env: repo.env }).removeWorktree({
    repository: repo.path,
    worktree: path,
    branch: 'task/one',
    deleteBranch: true,
  });
  expect(existsSync(path)).toBe(false);
});
