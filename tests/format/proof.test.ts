import { expect, test } from 'vitest';
import { proofOf } from '#domain/proof/proof.ts';
import type { TestRun } from '#domain/proof/test-run.ts';
import { unreadPullRequest } from '#domain/pull-request/pull-request.ts';
import type { Round } from '#domain/pull-request/round.ts';
import {
  checksWords,
  feedbackHead,
  formatGate,
  formatTestRun,
  gatesWords,
  proofWords,
  reviewsWords,
  risksWords,
} from '#format/proof.ts';
import { aGateRun } from '../support/builders.ts';
import { NO_PROOF, someFeedback } from '../support/review-snapshot.ts';

const NOW = new Date(2026, 0, 1, 14, 5).getTime();
const RUN: TestRun = {
  ...{
    id: 't',
    command: 'npm test',
    masked: false,
    startedAt: NOW - 120_000,
    endedAt: NOW - 60_000,
  },
  ...{ editedSince: false, outcome: 'passed', passed: 42, failed: 0 },
};

test.each<[Partial<TestRun>, string]>([
  [{}, '✓ npm test passed (42), 14:04'],
  [{ outcome: 'failed', passed: 40, failed: 2 }, '✗ npm test failed (2 of 42), 14:04'],
  [{ outcome: 'unknown', passed: null, failed: null }, '? npm test ran, result not known, 14:04'],
  [{ editedSince: true }, '✓ npm test passed (42), 14:04, files were edited since'],
  [{ endedAt: null }, '✓ npm test passed (42), 14:03'],
])('a run with %o is "%s"', (changes, words) => {
  expect(formatTestRun({ ...RUN, ...changes }, NOW)).toBe(words);
});

test('checks say how many passed, which failed, and what is odd', () => {
  const none = { passed: 0, running: 0, failing: [], note: null };
  expect(checksWords(none)).toBeNull();
  const failing = [
    { name: 'lint', required: true },
    { name: 'e2e', required: false },
    { name: 'x', required: null },
  ];
  expect(checksWords({ passed: 3, running: 1, failing, note: 'cancelled: build' })).toBe(
    '3 passed, 1 running; failed: lint (required), e2e (optional), x; cancelled: build',
  );
});

test('reviews say who, and how much is open', () => {
  const nobody = { approvedBy: [], changesRequestedBy: [], unresolvedThreads: null };
  expect(reviewsWords(nobody)).toBeNull();
  expect(reviewsWords({ ...nobody, unresolvedThreads: 0 })).toBeNull();
  const all = { approvedBy: ['ada', 'bob'], changesRequestedBy: ['eve'], unresolvedThreads: 1 };
  expect(reviewsWords(all)).toBe('approved by ada, bob, changes requested by eve, 1 open thread');
});

test('risky files are counted and named', () => {
  expect(risksWords([])).toBeNull();
  expect(risksWords([{ path: '.env', why: 'x' }])).toBe('1 risky: .env');
  expect(
    risksWords([
      { path: '.env', why: 'x' },
      { path: '.claustre/config.toml', why: 'changes the gates' },
      { path: 'a.test.ts', why: 'changes a test' },
      { path: 'b.test.ts', why: 'changes a test' },
    ]),
  ).toBe('changed gate configuration, changed 2 tests, 1 risky: .env');
});

test('gates are said in a line each, and in one where there is little room', () => {
  const red = aGateRun({ gate: 'lint', outcome: 'failed', exitCode: 1, clean: false });
  const facts = { gateRuns: [aGateRun(), red], head: 'after' };
  const { gates } = proofOf({
    ...{ taskId: 7, pullRequest: null, runs: [], risks: null, stackedOn: null, stack: null },
    ...{ overlaps: [], rounds: [], feedback: [], ...facts },
  });
  const said = gates.map((gate) =>
    formatGate(
      {
        ...gate,
        endedAt: new Date(NOW).toISOString(),
        startedAt: new Date(NOW - 12_000).toISOString(),
      },
      NOW,
    ),
  );
  expect(said).toEqual([
    '✓ test passed, 12 s, 14:05, the head has moved since',
    '✗ lint failed with exit code 1, 12 s, 14:05, uncommitted files included, the head has moved since',
  ]);
  expect(gatesWords(gates)).toBe(
    'gates: test ✓ 12 s (before the last commit), lint ✗ (before the last commit)',
  );
  expect(gatesWords([])).toBeNull();
});

test('a proof is said in lines, without what is not known', () => {
  expect(proofWords(proofOf(NO_PROOF), NOW)).toEqual([]);
  const address = { taskId: 7, host: 'h', repository: 'a/b', number: 1, url: 'u', createdAt: '' };
  const round: Round = {
    ...{ id: 1, taskId: 7, pullRequestId: 1, headCommit: null, sentAt: null },
    kind: 'fix',
    evidence: [{ kind: 'check', key: 'lint', title: 'lint' }],
    ...{ startedAt: NOW - 60_000, endedAt: NOW, outcome: 'pushed', note: 'Done.', costUsd: 0.4 },
  };
  const overlap = { taskId: 7, otherId: 9, readAt: '', files: ['a', 'b', 'c', 'd', 'e', 'f'] };
  const facts = {
    ...NO_PROOF,
    pullRequest: { ...unreadPullRequest(address), id: 1, queued: true, staleReason: 'gh: 502' },
    runs: [RUN],
    risks: [{ path: 'yarn.lock', why: 'pins what is installed' }],
    stackedOn: 3,
    stack: { kind: 'behind', head: 'b', settled: true } as const,
    overlaps: [
      { ...overlap, conflicts: ['a'] },
      { ...overlap, otherId: 10, conflicts: null },
      { ...overlap, otherId: 11, conflicts: [] },
    ],
    rounds: [
      round,
      { ...round, evidence: [], endedAt: null, outcome: null, note: null, costUsd: null },
    ],
  };
  expect(proofWords(proofOf(facts), NOW)).toEqual([
    ['Tests', '✓ npm test passed (42), 14:04'],
    ['Merges', 'in the merge queue'],
    ['Risky', 'yarn.lock (pins what is installed)'],
    ['Stacked', 'on #3, which has newer commits'],
    ['Overlaps', '#9 changes a, b, c and 3 more, too; would conflict in a'],
    ['Overlaps', '#10 changes a, b, c and 3 more, too; whether they conflict is not known'],
    ['Overlaps', '#11 changes a, b, c and 3 more, too; would merge'],
    ['Rounds', '1. fix (lint), 14:04: pushed, $0.40. Done.'],
    ['Rounds', '2. fix, 14:04: goes on'],
    ['Stale', 'gh: 502'],
  ]);
});

test('what was said has a head that says whether it counts and what became of it', () => {
  const { feedback } = proofOf({ ...NO_PROOF, feedback: someFeedback() });
  expect(feedback.map(feedbackHead)).toEqual([
    'eve, src/cart.ts:3: ignored: not trusted',
    'ada, src/cart.ts:3: fixed: it was off by one, resolved',
    'bob, src/cart.ts:3: waits for a decision',
  ]);
  const [first] = feedback;
  if (first === undefined) throw new Error('There is none.');
  const ours = { ...first, trust: 'ours', author: null, path: null, kind: 'review' } as const;
  expect(feedbackHead(ours)).toBe('claustre, review: nothing to do');
  const gone = { ...first, author: null, line: null };
  expect(feedbackHead(gone)).toBe('a deleted account, src/cart.ts: ignored: not trusted');
});
