import { describe, expect, test } from 'vitest';
import {
  type Check,
  type CheckRun,
  checkVerdict,
  failedChecks,
  latestRuns,
  needsRequired,
  withoutChecks,
  withRequired,
} from '#domain/pull-request/checks.ts';
import { aCheck, failing } from '../../support/reading.ts';

const calm = { cutAt: null, mergeable: 'mergeable', mergeState: null, seenMs: 0 } as const;
const MINUTE = 60_000;
const judge = (checks: Check[], more: Partial<Parameters<typeof checkVerdict>[1]> = {}) =>
  checkVerdict(checks, { ...calm, ...more });
const verdict = (...states: string[]) =>
  judge(states.map((state, index) => aCheck(`c${index}`, state))).verdict;

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
    ['NEUTRAL', 'skipped'],
    ['SKIPPED', 'skipped'],
    ['CANCELLED', 'attention'],
    ['ACTION_REQUIRED', 'attention'],
    ['STALE', 'attention'],
    ['SOMETHING_NEW', 'attention'],
  ])('a single %s is %s', (state, expected) => {
    expect(verdict(state)).toBe(expected);
  });

  test('failed comes before pending, pending before attention, that before passed, passed before skipped', () => {
    expect(verdict('SUCCESS', 'IN_PROGRESS', 'FAILURE', 'CANCELLED')).toBe('failed');
    expect(verdict('SUCCESS', 'IN_PROGRESS', 'CANCELLED')).toBe('pending');
    expect(verdict('SUCCESS', 'CANCELLED', 'SKIPPED')).toBe('attention');
    expect(verdict('SUCCESS', 'SKIPPED')).toBe('passed');
  });

  test.each([
    ['CANCELLED', '"build" was cancelled'],
    ['ACTION_REQUIRED', '"build" wants a person to do something'],
    ['STALE', 'GitHub gave up waiting for "build"'],
    ['SOMETHING_NEW', '"build" says SOMETHING_NEW'],
    ['', '"build" ended without a result'],
  ])('what ended as %j needs a person, and says why', (state, note) => {
    expect(judge([aCheck('build', state)])).toEqual({ verdict: 'attention', note });
  });

  test.each([
    ['WAITING', 10, "waits for somebody's consent"],
    ['EXPECTED', 15, 'was never reported'],
  ])(
    '%s is waited for %i minutes, and no longer than anything else runs',
    (state, minutes, why) => {
      const late = { seenMs: minutes * MINUTE };
      const check = aCheck('deploy', state);
      expect(judge([check], { seenMs: late.seenMs - 1 }).verdict).toBe('pending');
      expect(judge([check], late)).toEqual({ verdict: 'attention', note: `"deploy" ${why}` });
      expect(judge([check, aCheck('build', 'QUEUED')], late).verdict).toBe('pending');
    },
  );

  test('of a list that was cut a failure is sure, and the rest is what GitHub says of all', () => {
    const cut = (state: string, all: string) =>
      judge([aCheck('build', state)], { cutAt: all }).verdict;
    expect(cut('FAILURE', 'SUCCESS')).toBe('failed');
    expect(cut('SUCCESS', 'SUCCESS')).toBe('passed');
    expect(cut('SUCCESS', 'PENDING')).toBe('pending');
    expect(cut('SUCCESS', 'FAILURE')).toBeNull();
  });

  test('only skipped checks on a pull request in conflict are not all that there should be', () => {
    expect(judge([aCheck('build', 'SKIPPED')], { mergeable: 'conflicting' })).toEqual({
      verdict: 'attention',
      note: 'no workflow runs while it is in conflict',
    });
  });
});

describe('a failed check', () => {
  const required = aCheck('build', 'SUCCESS', { required: true });
  const optional = aCheck('lint', 'FAILURE', { required: false });

  test('that is not required is shown as such where the base requires others', () => {
    expect(judge([optional, required]).verdict).toBe('failed_optional');
    expect(judge([{ ...optional, required: true }, required]).verdict).toBe('failed');
    expect(judge([optional, required, aCheck('e2e', 'QUEUED')]).verdict).toBe('failed_optional');
  });

  test('counts where the base requires none', () => {
    expect(judge([optional, aCheck('build', 'SUCCESS', { required: false })]).verdict).toBe(
      'failed',
    );
  });

  test.each([
    ['unstable', 'failed_optional'],
    ['clean', 'failed_optional'],
    ['has_hooks', 'failed_optional'],
    ['blocked', 'failed'],
    ['dirty', 'failed'],
    [null, 'failed'],
  ] as const)(
    'of which nobody says whether it is required is judged by %s as %s',
    (mergeState, expected) => {
      expect(judge(failing('lint'), { mergeState }).verdict).toBe(expected);
    },
  );

  test('is named once, in order, the required ones only where some are', () => {
    expect(failedChecks([...failing('b', 'a', 'b'), aCheck('c', 'SUCCESS')])).toEqual(['a', 'b']);
    expect(failedChecks([...failing('a'), aCheck('b', 'ERROR', { required: true })])).toEqual([
      'b',
    ]);
  });

  test('is asked about once: what is known by workflow and name is laid over it', () => {
    const checks = [aCheck('build', 'FAILURE', { workflow: 'CI' }), aCheck('build', 'FAILURE')];
    expect(needsRequired(checks)).toBe(true);
    const known = withRequired(checks, new Map([['["CI","build"]', true]]));
    expect(known.map((check) => check.required)).toEqual([true, null]);
    expect(needsRequired(known.slice(0, 1))).toBe(false);
    expect(needsRequired([aCheck('build', 'SUCCESS')])).toBe(false);
  });
});

describe('runs of one check', () => {
  const run = (state: string, at: string | null, event = 'pull_request'): CheckRun => ({
    ...aCheck('build', state, { at }),
    key: ['github-actions', 'CI', event, 'build'],
  });
  const old = run('CANCELLED', '2026-01-01T00:00:00Z');
  const recent = run('SUCCESS', '2026-01-01T00:01:00Z');
  const states = (...runs: CheckRun[]) => latestRuns(runs).map(({ state }) => state);

  test('are one, the newest, in whichever order they come', () => {
    expect(states(old, recent)).toEqual(['SUCCESS']);
    expect(states(recent, old)).toEqual(['SUCCESS']);
    expect(states(recent, run('QUEUED', null))).toEqual(['QUEUED']);
    expect(states(recent, run('SKIPPED', null))).toEqual(['SUCCESS']);
  });

  test('are others from another workflow or event', () => {
    expect(states(run('FAILURE', '2026-01-01T00:00:00Z', 'push'), recent)).toEqual([
      'FAILURE',
      'SUCCESS',
    ]);
  });
});

describe('a head commit without checks', () => {
  const sure = {
    open: true,
    mergeable: 'mergeable',
    mergeState: 'clean',
    reviewMissing: false,
    message: 'Work',
    runsChecks: false,
    seenMs: 0,
  } as const;
  const of = (facts: Partial<Parameters<typeof withoutChecks>[0]>) =>
    withoutChecks({ ...sure, ...facts });

  test('has none where the repository runs none', () => {
    expect(of({})).toEqual({ verdict: 'none', note: null });
    expect(of({ mergeState: 'has_hooks' }).verdict).toBe('none');
  });

  test('waits for those of the repository, ten minutes long', () => {
    expect(of({ runsChecks: true, seenMs: 10 * MINUTE - 1 })).toEqual({
      verdict: 'pending',
      note: 'none has started yet',
    });
    expect(of({ runsChecks: true, seenMs: 10 * MINUTE })).toEqual({
      verdict: 'attention',
      note: 'none has started within 10 minutes',
    });
  });

  test('in conflict starts none, whatever else is known', () => {
    expect(of({ mergeable: 'conflicting', runsChecks: true, seenMs: 0 })).toMatchObject({
      verdict: 'attention',
      note: expect.stringContaining('conflict'),
    });
  });

  test.each([
    ['it is not open', { open: false }],
    ['GitHub has not computed the merge', { mergeable: null }],
    ['checks of somebody else may still come', { mergeState: 'behind', seenMs: 3 * MINUTE - 1 }],
    ['something blocks the merge', { mergeState: 'blocked', seenMs: 10 * MINUTE - 1 }],
  ] as const)('is not known while %s', (_why, facts) => {
    expect(of(facts)).toEqual({ verdict: null, note: null });
  });

  test('has none after a while where the merge is not blocked, or a missing review blocks it', () => {
    expect(of({ mergeState: 'behind', seenMs: 3 * MINUTE }).verdict).toBe('none');
    const blocked = { mergeState: 'blocked', seenMs: 10 * MINUTE };
    expect(of({ ...blocked, reviewMissing: true }).verdict).toBe('none');
    expect(of(blocked).verdict).toBe('attention');
  });

  test.each(['Fix [skip ci]', 'Fix [CI SKIP]', 'Fix\n\nskip-checks: true', '[actions skip] Fix'])(
    'has none to wait for when its message says so: %j',
    (message) => {
      expect(of({ runsChecks: true, message })).toEqual({
        verdict: 'skipped',
        note: 'its commit asks for none',
      });
    },
  );
});
