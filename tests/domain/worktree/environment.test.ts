import { expect, test } from 'vitest';
import { isOfWorktree, worktreeEnvironment } from '#domain/worktree/environment.ts';

const place = { taskId: 12, worktree: '/home/u/.claustre/worktrees/app/fix-it-1a2b3c4d' };

test('a worktree tells its task, its folder, its slug and each of its ports', () => {
  expect(worktreeEnvironment({ ...place, port: 21_010, portCount: 3 })).toEqual({
    CLAUSTRE_TASK: '12',
    CLAUSTRE_WORKTREE: place.worktree,
    CLAUSTRE_SLUG: 'fix-it-1a2b3c4d',
    CLAUSTRE_PORT: '21010',
    CLAUSTRE_PORT_1: '21011',
    CLAUSTRE_PORT_2: '21012',
  });
});

test('without ports there is no word of them', () => {
  const names = Object.keys(worktreeEnvironment({ ...place, port: null, portCount: 0 }));
  expect(names).toEqual(['CLAUSTRE_TASK', 'CLAUSTRE_WORKTREE', 'CLAUSTRE_SLUG']);
  expect(names.every(isOfWorktree)).toBe(true);
});

test('the identity of a session and the data directory are none of them', () => {
  expect(['CLAUSTRE_SESSION_ID', 'CLAUSTRE_HOME', 'CLAUSTRE_PORTAL'].some(isOfWorktree)).toBe(
    false,
  );
});
