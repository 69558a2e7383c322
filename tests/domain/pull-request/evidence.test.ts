import { expect, test } from 'vitest';
import type { Check } from '#domain/pull-request/checks.ts';
import { evidenceOf, findings, isSameEvidence } from '#domain/pull-request/evidence.ts';
import type { Feedback } from '#domain/pull-request/feedback.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import { aStatement, aThread } from '../../support/feedback.ts';
import { aPullRequest } from '../../support/pull-requests.ts';
import { failing } from '../../support/reading.ts';

const check = (name: string, changes: Partial<Check> = {}): Check => ({
  workflow: null,
  name,
  state: 'FAILURE',
  meaning: 'failed',
  required: true,
  url: `https://ci/${name}`,
  job: null,
  at: null,
  ...changes,
});
const found = (pullRequest: Partial<PullRequest>, feedback: Feedback[] = [], loop = false) =>
  evidenceOf(findings({ pullRequest: aPullRequest(pullRequest), feedback, loop, optional: false }));
const HEAD = 'a'.repeat(40);
const BASE = 'b'.repeat(40);

test.each<[string, Partial<PullRequest>]>([
  ['green', {}],
  ['running', { checks: 'pending' }],
  [
    'only optional ones failed',
    { checks: 'failed_optional', checkRuns: [check('lint', { required: false })] },
  ],
  ['needs a person', { checks: 'attention' }],
  ['unknown', { checks: null, mergeable: null, review: null }],
  [
    'merged',
    { state: 'merged', checks: 'failed', checkRuns: failing('build'), mergeable: 'conflicting' },
  ],
  ['closed', { state: 'closed', checks: 'failed', checkRuns: failing('build') }],
])('nothing to fix: %s', (_, pullRequest) => {
  expect(found(pullRequest)).toEqual([]);
});

test('failing checks are named with the commit that they failed for', () => {
  expect(
    found({
      checks: 'failed',
      checkRuns: [
        check('build'),
        check('lint', { required: false }),
        check('ok', { meaning: 'passed' }),
      ],
    }),
  ).toEqual([{ kind: 'check', key: `build@${HEAD}`, title: 'build' }]);
  expect(
    found({ checks: 'failed', checkRuns: failing('a', 'b') }).map(({ title }) => title),
  ).toEqual(['a', 'b']);
  // Nothing is required at all: each that failed counts.
  const optional = [check('lint', { required: false }), check('docs', { required: false })];
  expect(found({ checks: 'failed', checkRuns: optional })).toHaveLength(2);
});

test('two failing checks with the same name are two reasons, each named with its workflow', () => {
  const runs = ['CI', 'Nightly'].map((workflow) => check('build', { workflow }));
  const [one, other] = found({ checks: 'failed', checkRuns: runs });
  expect([one?.title, other?.title]).toEqual(['CI / build', 'Nightly / build']);
  expect(one?.key).toBe(`["CI","build"]@${HEAD}`);
  const [passed, failed] = runs.map((each, at) =>
    at === 0 ? { ...each, meaning: 'passed' as const } : each,
  );
  const only = found({
    checks: 'failed',
    checkRuns: [passed, failed].flatMap((each) => each ?? []),
  });
  expect(only).toEqual([other]);
});

test('a conflict is one of this head with this base', () => {
  expect(found({ mergeable: 'conflicting' })).toEqual([
    { kind: 'conflict', key: `main@${BASE} ${HEAD}`, title: 'conflict with main' },
  ]);
});

test('what was said is evidence until it is decided, and only from whom is trusted', () => {
  const said = aThread({
    path: 'a.ts',
    line: 3,
    statements: [aStatement({ body: 'Rename it.\nNow.' })],
  });
  expect(found({}, [said])).toEqual([
    { kind: 'feedback', key: 'T1 S1', title: 'ada on a.ts:3: Rename it. Now.' },
  ]);
  expect(found({}, [aThread({ kind: 'review', state: 'changes_requested' })])).toMatchObject([
    { kind: 'review' },
  ]);
  expect(found({}, [{ ...said, decidedFor: 'S1' }])).toEqual([]);
  expect(found({}, [aThread({ statements: [aStatement({ trust: 'untrusted' })] })])).toEqual([]);
  expect(found({}, [aThread({ statements: [aStatement({ trust: 'ours' })] })])).toEqual([]);
});

test('with the review loop what reviewers say is left to it; checks and conflicts are not', () => {
  const facts = { checks: 'failed' as const, checkRuns: failing('build') };
  expect(found(facts, [aThread()], true).map(({ kind }) => kind)).toEqual(['check']);
});

test('evidence is the same in any order, and another with another commit', () => {
  const both = found({ checks: 'failed', checkRuns: failing('a', 'b') });
  expect(isSameEvidence(both, both.toReversed())).toBe(true);
  expect(isSameEvidence(both, both.slice(1))).toBe(false);
  const later = found({
    checks: 'failed',
    checkRuns: failing('a', 'b'),
    headCommit: 'c'.repeat(40),
  });
  expect(isSameEvidence(both, later)).toBe(false);
});

test('a person may also have checks fixed that nothing requires, after those that are', () => {
  const checkRuns = [check('lint', { required: false }), check('build')];
  const titles = (checks: PullRequest['checks'], runs: Check[], optional = true) =>
    findings({
      pullRequest: aPullRequest({ checks, checkRuns: runs }),
      feedback: [],
      loop: false,
      optional,
    }).map(({ title }) => title);
  expect(titles('failed', checkRuns)).toEqual(['build', 'lint']);
  expect(titles('failed', checkRuns, false)).toEqual(['build']);
  expect(titles('failed_optional', checkRuns.slice(0, 1))).toEqual(['lint']);
  expect(titles('attention', checkRuns)).toEqual([]);
});
