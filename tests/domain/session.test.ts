import { describe, expect, test } from 'vitest';
import { branchName, worktreeFolder } from '#domain/session.ts';

const uuid = '0a1b2c3d-0000-4000-8000-000000000000';

describe('a branch name', () => {
  test.each([
    ['Fix the login!', 'task/fix-the-login-0a1b2c3d'],
    ['Überfällige Änderung', 'task/uberfallige-anderung-0a1b2c3d'],
    ['ログインを直す', 'task/task-0a1b2c3d'],
    ['', 'task/task-0a1b2c3d'],
    ['--force; rm -rf "$HOME" `id`', 'task/force-rm-rf-home-id-0a1b2c3d'],
    ['a/b\\c..d~e^f:g?h*i[j@{k', 'task/a-b-c-d-e-f-g-h-i-j-k-0a1b2c3d'],
    ['👩‍🚀'.repeat(50), 'task/task-0a1b2c3d'],
    ['x'.repeat(200), `task/${'x'.repeat(40)}-0a1b2c3d`],
  ])('of %j is %s', (title, branch) => {
    expect(branchName({ title, uuid })).toBe(branch);
  });
});

test('the folder of a worktree never leaves its root, whatever the project is called', () => {
  const folder = worktreeFolder('../../etc', 'user/../branch', uuid);
  expect(folder).toEqual(['etc', 'user-branch-0a1b2c3d']);
});
