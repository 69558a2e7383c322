import { describe, expect, test } from 'vitest';
import { type CheckContext, checkVerdict, withoutChecks } from '#domain/pull-request/checks.ts';

const run = (
  state: string,
  name = 'build',
  at: string | null = '2026-01-01T00:00:00Z',
): CheckContext => ({
  key: ['github-actions', 'CI', 'pull_request', name],
  name,
  state,
  at,
});
const verdict = (...contexts: CheckContext[]) => checkVerdict(contexts, null, null).verdict;

describe('the verdict over checks', () => {
  test.each([
    ['SUCCESS', 'passed'],
    ['FAILURE', 'failed'],
    ['ERROR', 'failed'],
    ['TIMED_OUT', 'failed'],
    ['STARTUP_FAILURE', 'failed'],
    ['QUEUED', 'pending'],
    ['IN_PROGRESS', 'pending'],
    ['PENDING', 'pending'],
    ['REQUESTED', 'pending'],
    ['WAITING', 'pending'],
    ['EXPECTED', 'pending'],
    ['NEUTRAL', 'none'],
    ['SKIPPED', 'none'],
    ['CANCELLED', null],
    ['ACTION_REQUIRED', null],
    ['STALE', null],
    ['SOMETHING_NEW', null],
  ])('a single %s is %s', (state, expected) => {
    expect(verdict(run(state))).toBe(expected);
  });

  test('failed comes before pending, pending before passed, and skipped ones do not count', () => {
    const passed = run('SUCCESS', 'a');
    const pending = run('IN_PROGRESS', 'b');
    const failed = run('FAILURE', 'c');
    expect(verdict(passed, pending, failed)).toBe('failed');
    expect(verdict(passed, pending)).toBe('pending');
    expect(verdict(passed, run('SKIPPED', 'd'))).toBe('passed');
  });

  test('what ended without a word about the code is no green light, but hides neither failing nor running ones', () => {
    const cancelled = run('CANCELLED', 'a');
    expect(verdict(cancelled, run('SUCCESS', 'b'))).toBeNull();
    expect(verdict(cancelled, run('IN_PROGRESS', 'b'))).toBe('pending');
    expect(verdict(cancelled, run('FAILURE', 'b'))).toBe('failed');
  });

  test('the newest run of a check counts, in whichever order they come', () => {
    const old = run('CANCELLED', 'build', '2026-01-01T00:00:00Z');
    const recent = run('SUCCESS', 'build', '2026-01-01T00:01:00Z');
    expect(verdict(old, recent)).toBe('passed');
    expect(verdict(recent, old)).toBe('passed');
    expect(verdict(recent, run('QUEUED', 'build', null))).toBe('pending');
    expect(verdict(recent, run('SKIPPED', 'build', null))).toBe('passed');
  });

  test('checks of the same name from another workflow or event are other checks', () => {
    const other = { ...run('FAILURE'), key: ['github-actions', 'CI', 'push', 'build'] };
    expect(verdict(other, run('SUCCESS', 'build', '2026-01-02T00:00:00Z'))).toBe('failed');
  });

  test('the names of failed checks are listed once each, in order', () => {
    const twice = { ...run('ERROR', 'b'), key: ['status', 'b'] };
    const { failed } = checkVerdict(
      [run('FAILURE', 'b'), twice, run('TIMED_OUT', 'a')],
      null,
      null,
    );
    expect(failed).toEqual(['a', 'b']);
  });

  test('of a list that was cut a failure is sure, and the rest is what GitHub says of all', () => {
    const cut = (state: string, all: string) => checkVerdict([run(state)], all, null).verdict;
    expect(cut('FAILURE', 'SUCCESS')).toBe('failed');
    expect(cut('SUCCESS', 'SUCCESS')).toBe('passed');
    expect(cut('SUCCESS', 'PENDING')).toBe('pending');
    expect(cut('SUCCESS', 'FAILURE')).toBeNull();
  });

  test('only skipped checks on a pull request in conflict are not known to be all', () => {
    expect(checkVerdict([run('SKIPPED')], null, 'conflicting').verdict).toBeNull();
    expect(checkVerdict([run('SKIPPED')], null, 'mergeable').verdict).toBe('none');
  });
});

describe('a head commit without checks', () => {
  const sure = {
    open: true,
    mergeable: 'mergeable',
    mergeState: 'clean',
    message: 'Work',
    runsChecks: false,
    quietMs: 0,
  } as const;

  test('has none where the repository runs none', () => {
    expect(withoutChecks(sure)).toBe('none');
    expect(withoutChecks({ ...sure, mergeState: 'has_hooks' })).toBe('none');
  });

  test.each([
    ['it is in conflict', { mergeable: 'conflicting' }],
    ['GitHub has not computed the merge', { mergeable: null }],
    ['something blocks the merge', { mergeState: 'blocked' }],
    ['GitHub does not say what it thinks of the merge', { mergeState: null }],
    ['it is not open', { open: false }],
    ['the repository runs checks and they may still come', { runsChecks: true, quietMs: 599_999 }],
  ] as const)('is not known when %s', (_why, facts) => {
    expect(withoutChecks({ ...sure, ...facts })).toBeNull();
  });

  test('has none when they did not come for ten quiet minutes', () => {
    expect(withoutChecks({ ...sure, runsChecks: true, quietMs: 600_000 })).toBe('none');
  });

  test.each(['Fix [skip ci]', 'Fix [CI SKIP]', 'Fix\n\nskip-checks: true', '[actions skip] Fix'])(
    'has none when its message says so: %j',
    (message) => {
      expect(withoutChecks({ ...sure, runsChecks: true, message })).toBe('none');
    },
  );
});
