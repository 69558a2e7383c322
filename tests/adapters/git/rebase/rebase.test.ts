import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createGit } from '#adapters/git/create-git.ts';
import { moved, stackedRepo } from '../../../support/stacked-repo.ts';
import { refused } from '../../../support/workshop.ts';

describe('a child whose parent landed', () => {
  test.each(['squash', 'rebase'] as const)('by %s keeps its own commits alone', async (how) => {
    const stack = stackedRepo();
    const before = stack.child('rev-parse', 'HEAD');
    const author = stack.child('log', '-1', '--format=%an %ae %ad %B');
    stack.repo.pushElsewhere('main', { 'elsewhere.txt': 'x\n' });
    const landed = stack.land(how);
    const result = moved(await stack.rebase({ holding: landed }));
    expect(result).toMatchObject({ moved: true, from: before, base: landed });
    expect(stack.child('rev-list', '--count', `${landed}..HEAD`)).toBe('2');
    expect(stack.files(landed)).toEqual(['child.txt']);
    expect(readFileSync(join(stack.worktree, 'child.txt'), 'utf8')).toBe('one\ntwo\n');
    expect(existsSync(join(stack.worktree, 'elsewhere.txt'))).toBe(true);
    expect(stack.child('log', '-1', '--format=%an %ae %ad %B')).toBe(author);
    expect(stack.child('status', '--porcelain')).toBe('');
    expect(stack.child('symbolic-ref', 'HEAD')).toBe('refs/heads/child');
    expect(stack.remote('child')).toBe(stack.child('rev-parse', 'HEAD'));
    // The branch as it was can be had again.
    expect(stack.repo.git('rev-parse', 'refs/claustre/moved/session/from')).toBe(before);

    // Once more changes nothing.
    expect(moved(await stack.rebase())).toMatchObject({ moved: false, base: landed, pushed: null });
    expect(stack.remote('child')).toBe(result.head);
  });

  test('by a merge commit stays as it is: nothing of the parent would count as its own', async () => {
    const stack = stackedRepo();
    const before = stack.child('rev-parse', 'HEAD');
    stack.land('merge');
    const result = moved(await stack.rebase());
    expect(result).toMatchObject({ moved: false, head: before, base: stack.began });
  });

  test('with commits that the child never had keeps its own commits alone', async () => {
    const stack = stackedRepo();
    const newer = stack.repo.pushElsewhere('parent', { 'parent.txt': 'one\ntwo\nthree\n' });
    const landed = stack.land('squash');
    moved(await stack.rebase({ below: [stack.began, newer] }));
    expect(stack.files(landed)).toEqual(['child.txt']);
  });

  test('that had merged newer commits of the parent keeps its own commits alone', async () => {
    const stack = stackedRepo();
    const newer = stack.repo.pushElsewhere('parent', { 'parent.txt': 'one\ntwo\nthree\n' });
    stack.child('pull', '--quiet', '--no-rebase', '--no-edit', 'origin', 'parent');
    stack.child('push', '--quiet', 'origin', 'child');
    const landed = stack.land('squash');
    expect(moved(await stack.rebase({ below: [stack.began, newer] }))).toMatchObject({
      moved: true,
    });
    expect(stack.files(landed)).toEqual(['child.txt']);
    expect(stack.child('rev-list', '--count', `${landed}..HEAD`)).toBe('2');
    expect(stack.remote('child')).toBe(stack.child('rev-parse', 'HEAD'));
  });

  test('is not moved where a merge of its own holds what was resolved in it', async () => {
    const stack = stackedRepo();
    const newer = stack.repo.pushElsewhere('parent', { 'parent.txt': 'one\ntwo\nthree\n' });
    stack.child('fetch', '--quiet', 'origin');
    stack.child('merge', '--quiet', '--no-commit', '--no-ff', newer);
    stack.repo.commit({ 'resolved.txt': 'by hand\n' }, stack.worktree);
    const before = stack.child('rev-parse', 'HEAD');
    stack.child('push', '--quiet', 'origin', 'child');
    stack.land('squash');
    const no = refused(await stack.rebase({ below: [stack.began, newer] }));
    expect(no.reason).toContain('merges that cannot be moved');
    expect(stack.child('rev-parse', 'HEAD')).toBe(before);
  });

  test('waits until what landed can be seen', async () => {
    const stack = stackedRepo();
    const no = refused(await stack.rebase({ holding: 'f'.repeat(40) }));
    expect(no.reason).toBe('"main" does not show ffffffffff yet.');
  });

  test('pushes no commit that was not pushed before', async () => {
    const stack = stackedRepo();
    stack.repo.commit({ 'secret.txt': 'not yet\n' }, stack.worktree);
    stack.land('squash');
    const result = moved(await stack.rebase());
    expect(stack.remote('child')).toBe(stack.child('rev-parse', 'HEAD^'));
    expect(result.pushed).toBe(stack.remote('child'));
  });

  test('that nobody has pushed is moved here alone', async () => {
    const stack = stackedRepo();
    stack.child('push', '--quiet', 'origin', ':child');
    const landed = stack.land('squash');
    expect(moved(await stack.rebase())).toMatchObject({ moved: true, pushed: null });
    expect(stack.files(landed)).toEqual(['child.txt']);
    expect(() => stack.remote('child')).toThrow();
  });
});

test('a child follows new commits of its parent, and a rewritten one', async () => {
  const stack = stackedRepo();
  const newer = stack.repo.pushElsewhere('parent', { 'parent.txt': 'one\ntwo\nthree\n' });
  const first = moved(await stack.rebase({ onto: 'parent', newest: true }));
  expect(first).toMatchObject({ moved: true, base: newer });
  expect(stack.files(newer)).toEqual(['child.txt']);
  stack.repo.git('checkout', '--quiet', '-B', 'rewritten', 'main');
  const rewritten = stack.repo.commit({ 'parent.txt': 'anew\n' });
  stack.repo.git('push', '--quiet', '--force', 'origin', 'rewritten:parent');
  const second = moved(await stack.rebase({ onto: 'parent', newest: true, below: [newer] }));
  expect(second).toMatchObject({ moved: true, base: rewritten });
  expect(stack.files(rewritten)).toEqual(['child.txt']);
});

describe('what stands in the way', () => {
  test('a conflict changes nothing and is named', async () => {
    const stack = stackedRepo();
    const before = stack.child('rev-parse', 'HEAD');
    stack.repo.pushElsewhere('main', { 'child.txt': 'other\n' });
    stack.land('squash');
    expect(await stack.rebase()).toEqual({
      moved: false,
      conflicts: ['child.txt'],
      subject: 'child.txt',
    });
    expect(stack.child('rev-parse', 'HEAD')).toBe(before);
    expect(stack.child('status', '--porcelain')).toBe('');
    expect(stack.remote('child')).toBe(before);
  });

  test('changes that are not committed', async () => {
    const stack = stackedRepo();
    stack.land('squash');
    writeFileSync(join(stack.worktree, 'child.txt'), 'at work\n');
    expect(refused(await stack.rebase()).reason).toContain('not committed');
    expect(readFileSync(join(stack.worktree, 'child.txt'), 'utf8')).toBe('at work\n');
  });

  test('an untracked file that would be written over', async () => {
    const stack = stackedRepo();
    stack.repo.pushElsewhere('main', { 'new.txt': 'theirs\n' });
    stack.land('squash');
    writeFileSync(join(stack.worktree, 'new.txt'), 'mine\n');
    expect(refused(await stack.rebase()).reason).toContain('could not be moved');
    expect(readFileSync(join(stack.worktree, 'new.txt'), 'utf8')).toBe('mine\n');
    expect(stack.remote('child')).toBe(stack.child('rev-parse', 'HEAD'));
  });

  test('commits on the remote that are not here', async () => {
    const stack = stackedRepo();
    stack.land('squash');
    stack.repo.pushElsewhere('child', { 'child.txt': 'theirs\n' });
    expect(refused(await stack.rebase()).reason).toContain('that are not here');
  });

  test('somebody who begins to work just now', async () => {
    const stack = stackedRepo();
    const before = stack.child('rev-parse', 'HEAD');
    stack.land('squash');
    expect(refused(await stack.rebase({ mayTouch: () => false })).reason).toContain('just now');
    expect(stack.child('rev-parse', 'HEAD')).toBe(before);
    expect(moved(await stack.rebase())).toMatchObject({ moved: true });
  });

  test('another branch in the worktree', async () => {
    const stack = stackedRepo();
    stack.child('checkout', '--quiet', '--detach');
    expect(refused(await stack.rebase()).reason).toContain('is on no branch instead of "child"');
  });
});

describe('a move that was cut off', () => {
  /** As if the process had been killed after the worktree was moved: nothing was pushed. */
  async function cutOff(stack: ReturnType<typeof stackedRepo>) {
    const before = stack.remote('child');
    const hook = join(stack.repo.remote, 'hooks', 'pre-receive');
    writeFileSync(hook, '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    expect(refused(await stack.rebase()).reason).toContain('did not take the push');
    expect(stack.remote('child')).toBe(before);
    writeFileSync(hook, '#!/bin/sh\n', { mode: 0o755 });
  }

  test('before the push is pushed by the next call', async () => {
    const stack = stackedRepo();
    const landed = stack.land('squash');
    await cutOff(stack);
    const result = moved(await stack.rebase());
    expect(result).toMatchObject({ moved: true, base: landed });
    expect(stack.remote('child')).toBe(stack.child('rev-parse', 'HEAD'));
    expect(stack.files(landed)).toEqual(['child.txt']);
  });

  test('is pushed under a new commit of Claude, and nothing more than was there', async () => {
    const stack = stackedRepo();
    stack.land('squash');
    await cutOff(stack);
    stack.repo.commit({ 'more.txt': 'x\n' }, stack.worktree);
    moved(await stack.rebase());
    expect(stack.remote('child')).toBe(stack.child('rev-parse', 'HEAD^'));
  });

  test('never pushes over what somebody pushed meanwhile', async () => {
    const stack = stackedRepo();
    stack.land('squash');
    await cutOff(stack);
    const theirs = stack.repo.pushElsewhere('child', { 'theirs.txt': 'x\n' });
    expect(refused(await stack.rebase()).reason).toContain('Somebody else pushed');
    expect(stack.remote('child')).toBe(theirs);
  });

  test('whose push was done although its answer was lost is known as done', async () => {
    const stack = stackedRepo();
    stack.land('squash');
    const hook = join(stack.repo.remote, 'hooks', 'post-update');
    // The remote takes the push, and its git dies before it answers.
    writeFileSync(hook, '#!/bin/sh\nkill -9 $PPID\n', { mode: 0o755 });
    const result = moved(await stack.rebase());
    expect(result.pushed).toBe(stack.remote('child'));
    expect(stack.repo.git('for-each-ref', '--format=%(refname)', 'refs/claustre/moved')).toBe(
      'refs/claustre/moved/session/from',
    );
  });

  test('before the worktree moved is begun anew', async () => {
    const stack = stackedRepo();
    stack.land('squash');
    refused(await stack.rebase({ mayTouch: () => false }));
    const newer = stack.repo.pushElsewhere('main', { 'more.txt': 'x\n' });
    expect(moved(await stack.rebase())).toMatchObject({ moved: true, base: newer });
    expect(stack.files(newer)).toEqual(['child.txt']);
  });
});

test('without a remote the local branch counts', async () => {
  const stack = stackedRepo();
  const main = stack.repo.commit({ 'local.txt': 'x\n' });
  const result = moved(await stack.rebase({ remote: null, newest: true, below: [] }));
  expect(result).toMatchObject({ moved: true, base: main, pushed: null });
  expect(stack.files(main).toSorted()).toEqual(['child.txt', 'parent.txt']);
});

test('what moves left is forgotten by their names, and nothing else is', async () => {
  const stack = stackedRepo();
  stack.land('squash');
  moved(await stack.rebase({ name: 'session' }));
  const { git } = stack.repo;
  git('update-ref', 'refs/claustre/moved/session-2/from', 'main');
  const adapter = createGit({ env: stack.repo.env });
  expect(await adapter.forgetMoves(stack.repo.path, ['session', 'never-moved'])).toBeNull();
  expect(git('for-each-ref', '--format=%(refname)', 'refs/claustre/moved')).toBe(
    'refs/claustre/moved/session-2/from',
  );
  expect(await adapter.forgetMoves(stack.repo.path, ['session'])).toBeNull();
});
