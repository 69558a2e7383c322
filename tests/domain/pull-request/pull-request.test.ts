import { describe, expect, test } from 'vitest';
import {
  CHECK_VERDICTS,
  isOfSession,
  isReadyToMerge,
  isStillReady,
  MERGEABILITIES,
  PULL_REQUEST_STATES,
  type PullRequest,
  parsePullRequestUrl,
  reviewEvent,
} from '#domain/pull-request/pull-request.ts';
import { withReading } from '#domain/pull-request/reading.ts';
import { nextStatus, TASK_STATUSES, type TaskStatus } from '#domain/task.ts';
import { READING, UNREAD } from '../../support/reading.ts';

const AT = '2026-01-01T12:00:00.000Z';
const LATER = '2026-01-01T12:05:00.000Z';

const known = withReading(UNREAD, READING, AT);

describe('what the facts mean for a task', () => {
  const facts = PULL_REQUEST_STATES.flatMap((state) =>
    [...MERGEABILITIES, null].flatMap((mergeable) =>
      [...CHECK_VERDICTS, null].map((checks) => ({ state, mergeable, checks })),
    ),
  );

  test('an event that is named applies in the status, and leads to another one', () => {
    for (const status of TASK_STATUSES) {
      for (const each of facts) {
        const event = reviewEvent(status, each);
        if (event === null) continue;
        expect([status, each, nextStatus(status, event)]).not.toEqual([status, each, null]);
        expect(nextStatus(status, event)).not.toBe(status);
      }
    }
  });

  test('a second look at the same facts changes nothing more', () => {
    for (const status of TASK_STATUSES) {
      for (const each of facts) {
        const event = reviewEvent(status, each);
        const next = event === null ? status : nextStatus(status, event);
        expect([status, each, next && reviewEvent(next, each)]).toEqual([status, each, null]);
      }
    }
  });

  test('a merge ends every task that has work out, and none that has not', () => {
    const merged = TASK_STATUSES.filter(
      (status) => reviewEvent(status, { state: 'merged', mergeable: null, checks: null }) !== null,
    );
    expect(merged).toEqual([
      'working',
      'interrupted',
      'in_review',
      'conflict',
      'ci_failed',
      'error',
    ]);
  });

  test('a closed one changes nothing', () => {
    for (const status of TASK_STATUSES) {
      const closed = { state: 'closed', mergeable: 'conflicting', checks: 'failed' } as const;
      expect(reviewEvent(status, closed)).toBeNull();
    }
  });

  test('an open one concerns only tasks that stand in review', () => {
    const open = { state: 'open', mergeable: 'conflicting', checks: 'failed' } as const;
    const concerned = TASK_STATUSES.filter((status) => reviewEvent(status, open) !== null);
    expect(concerned).toEqual(['in_review', 'ci_failed']);
  });

  const rows: [TaskStatus, PullRequest['mergeable'], PullRequest['checks'], string | null][] = [
    ['in_review', 'conflicting', 'failed', 'conflict'],
    ['in_review', 'conflicting', 'pending', 'conflict'],
    ['in_review', 'conflicting', 'passed', 'conflict'],
    ['in_review', 'conflicting', 'none', 'conflict'],
    ['in_review', 'conflicting', null, 'conflict'],
    ['in_review', 'mergeable', 'failed', 'ci_fail'],
    ['in_review', 'mergeable', 'pending', null],
    ['in_review', 'mergeable', 'passed', null],
    ['in_review', 'mergeable', 'none', null],
    ['in_review', 'mergeable', null, null],
    ['in_review', null, 'failed', 'ci_fail'],
    ['in_review', null, 'pending', null],
    ['in_review', null, 'passed', null],
    ['in_review', null, 'none', null],
    ['in_review', null, null, null],
    ['conflict', 'conflicting', 'failed', null],
    ['conflict', 'conflicting', 'pending', null],
    ['conflict', 'conflicting', 'passed', null],
    ['conflict', 'conflicting', 'none', null],
    ['conflict', 'conflicting', null, null],
    ['conflict', 'mergeable', 'failed', 'ci_fail'],
    ['conflict', 'mergeable', 'pending', 'resolve'],
    ['conflict', 'mergeable', 'passed', 'resolve'],
    ['conflict', 'mergeable', 'none', 'resolve'],
    ['conflict', 'mergeable', null, 'resolve'],
    ['conflict', null, 'failed', null],
    ['conflict', null, 'pending', null],
    ['conflict', null, 'passed', null],
    ['conflict', null, 'none', null],
    ['conflict', null, null, null],
    ['ci_failed', 'conflicting', 'failed', 'conflict'],
    ['ci_failed', 'conflicting', 'pending', 'conflict'],
    ['ci_failed', 'conflicting', 'passed', 'conflict'],
    ['ci_failed', 'conflicting', 'none', 'conflict'],
    ['ci_failed', 'conflicting', null, 'conflict'],
    ['ci_failed', 'mergeable', 'failed', null],
    ['ci_failed', 'mergeable', 'pending', 'resolve'],
    ['ci_failed', 'mergeable', 'passed', 'resolve'],
    ['ci_failed', 'mergeable', 'none', 'resolve'],
    ['ci_failed', 'mergeable', null, null],
    ['ci_failed', null, 'failed', null],
    ['ci_failed', null, 'pending', 'resolve'],
    ['ci_failed', null, 'passed', 'resolve'],
    ['ci_failed', null, 'none', 'resolve'],
    ['ci_failed', null, null, null],
  ];
  test.each(rows)('%s with merge %s and checks %s: %s', (status, mergeable, checks, expected) => {
    expect(reviewEvent(status, { state: 'open', mergeable, checks })).toBe(expected);
  });
});

describe('ready to merge', () => {
  const ready = { ...known, checks: 'passed', mergeState: 'clean' } as const;

  test('is a pull request that is open, green and clean', () => {
    expect(isReadyToMerge(ready)).toBe(true);
    expect(isReadyToMerge({ ...ready, checks: 'none', mergeState: 'has_hooks' })).toBe(true);
  });

  test.each([
    { state: 'closed' },
    { state: 'merged' },
    { draft: true },
    { mergeable: 'conflicting' },
    { mergeable: null },
    { checks: 'pending' },
    { checks: 'failed' },
    { checks: null },
    { mergeState: 'blocked' },
    { mergeState: 'unstable' },
    { mergeState: 'behind' },
    { mergeState: null },
  ] as const)('is not one with %j', (facts) => {
    expect(isReadyToMerge({ ...ready, ...facts })).toBe(false);
  });

  test.each([
    {},
    { checks: null },
    { checks: 'pending' },
    { checks: 'failed_optional' },
    { mergeable: null },
    { mergeState: 'behind' },
    { review: 'approved' },
  ] as const)('it still is, as far as is known, with %j', (facts) => {
    expect(isStillReady({ ...ready, review: null, ...facts })).toBe(true);
  });

  test.each([
    { state: 'closed' },
    { draft: true },
    { mergeable: 'conflicting' },
    { checks: 'failed' },
    { checks: 'attention' },
    { review: 'required' },
    { review: 'changes_requested' },
    { autoMerge: 'squash' },
    { queued: true },
  ] as const)('it is not any more with %j', (facts) => {
    expect(isStillReady({ ...ready, review: null, ...facts })).toBe(false);
  });
});

describe('whose work it holds', () => {
  const session = { createdAt: AT, branch: 'task/x' };

  test('is the open session if it was found since that began and its head is the branch', () => {
    expect(isOfSession({ createdAt: AT, head: 'task/x' }, session)).toBe(true);
    expect(isOfSession({ createdAt: LATER, head: 'task/x' }, session)).toBe(true);
  });

  test('is not known to be another one before its first reading', () => {
    expect(isOfSession({ createdAt: LATER, head: null }, session)).toBe(true);
  });

  test('is an earlier run if it was found before the session began', () => {
    expect(isOfSession({ createdAt: AT, head: 'task/x' }, { ...session, createdAt: LATER })).toBe(
      false,
    );
  });

  test('is somebody else if its head is another branch', () => {
    expect(isOfSession({ createdAt: LATER, head: 'task/y' }, session)).toBe(false);
  });

  test('is the task when no session is open', () => {
    expect(isOfSession({ createdAt: AT, head: 'task/y' }, null)).toBe(true);
  });
});

test('the parts of an address are read, also of a server with a port, and other addresses are none', () => {
  expect(parsePullRequestUrl('https://github.com/acme/app/pull/12#issuecomment-1')).toEqual({
    host: 'github.com',
    repository: 'acme/app',
    number: 12,
  });
  expect(parsePullRequestUrl('http://git.example.org:8080/a.b/c-d/pull/3')).toEqual({
    host: 'git.example.org:8080',
    repository: 'a.b/c-d',
    number: 3,
  });
  expect(parsePullRequestUrl('https://github.com/acme/app/issues/12')).toBeNull();
});
