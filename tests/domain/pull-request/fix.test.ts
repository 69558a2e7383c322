import { expect, test } from 'vitest';
import type { Activity, ActivityName } from '#domain/activity.ts';
import type { Check } from '#domain/pull-request/checks.ts';
import { evidenceOf } from '#domain/pull-request/evidence.ts';
import {
  type FixFacts,
  findingsForPerson,
  findingsOf,
  fixPolicy,
  fixState,
  NOTHING_SPENT,
  nextStep,
  UNSAID_FIX_SETTINGS,
} from '#domain/pull-request/fix.ts';
import type { Round } from '#domain/pull-request/round.ts';
import type { Runner } from '#domain/session.ts';
import { aStatement, aThread } from '../../support/feedback.ts';
import { aPullRequest } from '../../support/pull-requests.ts';
import { failing } from '../../support/reading.ts';

const NOW = Date.parse('2026-01-01T13:00:00Z');
const MINUTE = 60_000;
const activity = (name: ActivityName): Activity => ({
  name,
  source: 'hook',
  since: 0,
  detail: null,
});
const SESSION = {
  state: 'open' as const,
  runner: 'interactive' as Runner,
  activity: activity('idle'),
  branch: 'task/a-task-1',
  createdAt: '2026-01-01T11:00:00.000Z',
  promptedAt: 1,
  turnEndedAt: 2,
  turnBehind: false,
};
const FAILED = { checks: 'failed' as const, checkRuns: failing('build') };

const facts = (changes: Partial<FixFacts> = {}): FixFacts => ({
  task: { status: 'ci_failed', fix: 'automatic', loop: false },
  session: SESSION,
  pullRequest: aPullRequest(FAILED),
  feedback: [],
  round: null,
  spent: NOTHING_SPENT,
  limits: [],
  settings: { ...UNSAID_FIX_SETTINGS, maxReviewRounds: 3 },
  now: NOW,
  ...changes,
});
const task = (changes: Partial<FixFacts['task']>) => ({ task: { ...facts().task, ...changes } });
const session = (changes: Partial<typeof SESSION>) => ({ session: { ...SESSION, ...changes } });
const round = (changes: Partial<Round> = {}): Round => ({
  id: 1,
  taskId: 1,
  pullRequestId: 1,
  kind: 'fix',
  evidence: evidenceOf(findingsOf(facts())),
  headCommit: aPullRequest().headCommit,
  startedAt: 0,
  sentAt: 1,
  endedAt: 2,
  outcome: 'unchanged',
  note: null,
  costUsd: null,
  ...changes,
});
const spent = (changes: Partial<typeof NOTHING_SPENT>) => ({
  spent: { ...NOTHING_SPENT, ...changes },
});

test.each([
  ['ask', { fix: null, loop: false }],
  ['automatic', { fix: null, loop: true }],
  ['off', { fix: 'off', loop: true }],
  ['ask', { fix: 'ask', loop: true }],
  ['automatic', { fix: 'automatic', loop: false }],
] as const)('the policy is %s: %j', (policy, said) => {
  expect(fixPolicy(said, { policy: 'ask' })).toBe(policy);
});

test.each<[string, FixFacts, ReturnType<typeof fixState>['kind'], string]>([
  ['nothing is known of a pull request', facts({ pullRequest: null }), 'none', ''],
  ['nothing stands against it', facts({ pullRequest: aPullRequest() }), 'none', ''],
  ['Claude works on it', facts(task({ status: 'working' })), 'none', ''],
  [
    'it is of an earlier session',
    facts(session({ createdAt: '2026-01-01T12:30:00.000Z' })),
    'none',
    '',
  ],
  ['it is off', facts(task({ fix: 'off' })), 'off', 'fixing is off'],
  ['a person is asked', facts(task({ fix: null })), 'ask', 'Claude can be asked to fix it'],
  ['it is automatic', facts(), 'running', 'about to be told'],
  [
    'a round runs',
    facts({ round: round({ endedAt: null }), ...spent({ rounds: 2 }) }),
    'running',
    'fix 2/5',
  ],
  [
    'a review round runs',
    facts({ round: round({ endedAt: null, kind: 'review' }) }),
    'running',
    'review round',
  ],
  [
    'nothing changed',
    facts({ round: round(), ...spent({ rounds: 1 }) }),
    'held',
    'nothing changed since round 1',
  ],
  [
    'the last message did not arrive',
    facts({ round: round({ outcome: 'failed', sentAt: null }) }),
    'running',
    'about to be told',
  ],
  [
    'it is not known whether it did',
    facts({ round: round({ outcome: 'stopped', sentAt: null }) }),
    'held',
    'nothing changed since round 0',
  ],
  [
    'there is a new commit',
    facts({ round: round({ headCommit: 'c' }) }),
    'running',
    'about to be told',
  ],
  [
    'there is other evidence',
    facts({ round: round({ evidence: [] }) }),
    'running',
    'about to be told',
  ],
  [
    'the last round was a review',
    facts({ round: round({ kind: 'review' }) }),
    'running',
    'about to be told',
  ],
  ['all rounds are used', facts(spent({ rounds: 5 })), 'held', '5 of 5 rounds are used'],
  ['the message cannot be sent', facts(spent({ unsent: 3 })), 'held', 'the message cannot be sent'],
  ['all minutes are used', facts(spent({ ms: 60 * MINUTE })), 'held', '60 minutes are used'],
  [
    'the cost is used',
    facts({ settings: { ...facts().settings, maxCostUsd: 2 }, ...spent({ costUsd: 2 }) }),
    'held',
    '$2 are used',
  ],
  [
    'Claude is at its limit',
    facts(session({ activity: activity('limited') })),
    'held',
    'Claude is at its usage limit',
  ],
  [
    'the limit is near',
    facts({ limits: [{ window: 'five_hour', usedPercent: 90.4, resetsAt: NOW + 1, readAt: 0 }] }),
    'held',
    '90 % of the usage limit is used',
  ],
  [
    'the limit was reset',
    facts({ limits: [{ window: 'five_hour', usedPercent: 99, resetsAt: NOW, readAt: 0 }] }),
    'running',
    'about to be told',
  ],
  [
    'the limit is far',
    facts({ limits: [{ window: 'five_hour', usedPercent: 89.9, resetsAt: null, readAt: NOW }] }),
    'running',
    'about to be told',
  ],
])('%s', (_, given, kind, text) => {
  expect(fixState(given)).toEqual({ kind, text });
});

const check = (name: string, changes: Partial<Check>): Check => ({
  workflow: null,
  name,
  state: '',
  meaning: 'failed',
  required: true,
  url: null,
  job: { id: 1, run: 7 },
  at: null,
  ...changes,
});
const running = (run: number | null, failedRun: number | null = 7) =>
  aPullRequest({
    ...FAILED,
    checkRuns: [
      check('build', { job: failedRun === null ? null : { id: 1, run: failedRun } }),
      check('slow', { meaning: 'pending', job: { id: 2, run } }),
    ],
  });
const LONG_AGO = NOW - 60 * MINUTE;
const said = (at: string) => ({
  pullRequest: aPullRequest(),
  feedback: [aThread({ statements: [aStatement({ at })] })],
  ...task({ status: 'in_review' as const }),
});

test.each<[string, FixFacts, number, string, string?]>([
  ['everything is ready', facts(), LONG_AGO, 'send'],
  ['a person decides', facts(task({ fix: 'ask' })), LONG_AGO, 'nothing'],
  ['a round runs', facts({ round: round({ endedAt: null }) }), LONG_AGO, 'nothing'],
  ['the rounds are used', facts(spent({ rounds: 5 })), LONG_AGO, 'hold', '5 of 5 rounds are used'],
  [
    'another check of the run goes on',
    facts({ pullRequest: running(7) }),
    NOW - MINUTE,
    'wait',
    'other checks still run',
  ],
  ['a check of another run goes on', facts({ pullRequest: running(8) }), NOW - MINUTE, 'send'],
  [
    'a check goes on, and the run of the failed one is unknown',
    facts({ pullRequest: running(8, null) }),
    NOW - MINUTE,
    'wait',
    'other checks still run',
  ],
  ['it goes on for long', facts({ pullRequest: running(7) }), NOW - 5 * MINUTE, 'send'],
  [
    'somebody has just said something',
    facts(said('2026-01-01T12:59:45Z')),
    LONG_AGO,
    'wait',
    'comments still come',
  ],
  ['it was said a while ago', facts(said('2026-01-01T12:59:00Z')), LONG_AGO, 'send'],
  [
    'Claude works',
    facts(session({ activity: activity('working') })),
    LONG_AGO,
    'wait',
    'Claude works',
  ],
  [
    'Claude asks',
    facts(session({ activity: activity('permission') })),
    LONG_AGO,
    'wait',
    'Claude waits for an answer',
  ],
  ['Claude has ended', facts(session({ activity: activity('ended') })), LONG_AGO, 'resume'],
  ['its pane is gone', facts(session({ activity: activity('lost') })), LONG_AGO, 'resume'],
  [
    'work goes on behind',
    facts(session({ turnBehind: true })),
    LONG_AGO,
    'wait',
    'work goes on in the background',
  ],
  [
    'a turn was interrupted',
    facts(session({ promptedAt: 3 })),
    LONG_AGO,
    'wait',
    'somebody is at it',
  ],
  ['there is no session', facts({ session: null }), LONG_AGO, 'wait', 'it has no session'],
  [
    'the last message failed just now',
    facts({ round: round({ outcome: 'failed', sentAt: null, endedAt: NOW - 1, note: 'No box.' }) }),
    LONG_AGO,
    'wait',
    'No box.',
  ],
  [
    'the last message failed a while ago',
    facts({ round: round({ outcome: 'failed', sentAt: null, endedAt: NOW - 11 * MINUTE }) }),
    LONG_AGO,
    'send',
  ],
])('%s: the next step', (_, given, since, act, reason) => {
  const step = nextStep(given, since);
  expect(step.act).toBe(act);
  if (reason !== undefined) expect(step).toMatchObject({ reason });
});

test('a review loop without rounds left needs a person, who may have the comments fixed', () => {
  const looped = {
    ...said('2026-01-01T12:00:00Z'),
    ...task({ status: 'in_review', loop: true, fix: null }),
  };
  const before = facts({ ...looped, ...spent({ reviewRounds: 2 }) });
  expect(fixState(before).kind).toBe('none');
  expect(findingsForPerson(before)).toEqual([]);
  const after = facts({ ...looped, ...spent({ reviewRounds: 3 }) });
  expect(fixState(after)).toEqual({ kind: 'held', text: '3 of 3 review rounds are used' });
  expect(findingsForPerson(after)).toHaveLength(1);
  expect(findingsOf(after)).toEqual([]);
  expect(fixState({ ...after, feedback: [] }).kind).toBe('none');
});

test('only a person has checks fixed that nothing requires', () => {
  const optional = aPullRequest({
    checks: 'failed_optional',
    checkRuns: [check('lint', { required: false })],
  });
  const given = facts({ pullRequest: optional, ...task({ status: 'in_review' }) });
  expect(fixState(given).kind).toBe('none');
  expect(findingsForPerson(given).map(({ title }) => title)).toEqual(['lint']);
});
