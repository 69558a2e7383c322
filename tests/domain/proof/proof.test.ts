import { expect, test } from 'vitest';
import { type ProofFacts, proofOf } from '#domain/proof/proof.ts';
import { type PullRequest, unreadPullRequest } from '#domain/pull-request/pull-request.ts';
import { aGateRun } from '../../support/builders.ts';
import { NO_PROOF, reviewSnapshot, someFeedback } from '../../support/review-snapshot.ts';

const snapshot = reviewSnapshot();
const address = { taskId: 7, host: 'github.com', repository: 'a/b', number: 1, url: 'u' };
const unread: PullRequest = { ...unreadPullRequest({ ...address, createdAt: '' }), id: 1 };

function proof(facts: Partial<ProofFacts> = {}) {
  return proofOf({ ...NO_PROOF, ...facts });
}

test('what nobody knows is null, and what nobody said is empty', () => {
  expect(proof()).toEqual({
    ...{ gates: [], tests: [], risks: null, checks: null, approvedBy: [], changesRequestedBy: [] },
    ...{ unresolvedThreads: null, merges: null, staleReason: null, stackedOn: null, stack: null },
    ...{ overlaps: [], rounds: [], feedback: [] },
  });
});

test('of each gate the newest run counts, and says whether the head has moved since', () => {
  const runs = [aGateRun({ outcome: 'failed' }), aGateRun({ gate: 'lint' }), aGateRun({ id: 3 })];
  expect(proof({ gateRuns: runs, head: 'head' }).gates).toMatchObject([
    { gate: 'test', outcome: 'passed', stale: false, endedAt: '1970-01-01T00:00:13.000Z' },
    { gate: 'lint', stale: false },
  ]);
  expect(proof({ gateRuns: runs, head: 'after' }).gates[0]?.stale).toBe(true);
  expect(proof({ gateRuns: runs }).gates[0]?.stale).toBeNull();
});

test('checks are counted, and failing ones named with whether they are required', () => {
  const red = snapshot.pullRequests.get(1) ?? unread;
  expect(proof({ pullRequest: red }).checks).toEqual({
    ...{ passed: 2, running: 0, note: null },
    failing: [
      { name: 'lint', required: true },
      { name: 'e2e', required: false },
    ],
  });
});

test('a queue comes before what merges by itself', () => {
  const armed = { ...unread, autoMerge: 'squash' } as const;
  expect(proof({ pullRequest: armed }).merges).toBe('squash');
  expect(proof({ pullRequest: { ...armed, queued: true } }).merges).toBe('queued');
});

test('the other one of a pair is named, whichever stands first', () => {
  const others = snapshot.overlaps.map((pair) => ({ ...pair, taskId: 1, otherId: 2 }));
  const overlaps = [...snapshot.overlaps, ...others];
  expect(proof({ overlaps }).overlaps).toMatchObject([{ task: 13 }]);
  expect(proof({ overlaps, taskId: 13 }).overlaps).toMatchObject([{ task: 7 }]);
});

test('rounds say when they were and what they were about', () => {
  const rounds = [...snapshot.rounds.values()];
  expect(proof({ rounds }).rounds).toMatchObject([
    { kind: 'fix', evidence: ['lint'], endedAt: null, outcome: null },
  ]);
  const ended = rounds.map((round) => ({ ...round, endedAt: 0 }));
  expect(proof({ rounds: ended }).rounds[0]?.endedAt).toBe('1970-01-01T00:00:00.000Z');
});

test('what was said has its author, whether that counts, and what became of it', () => {
  expect(proof({ feedback: someFeedback() }).feedback).toMatchObject([
    { author: 'eve', trust: 'untrusted', waits: false, verdict: null },
    { author: 'ada', trust: 'trusted', waits: false, verdict: 'fixed', resolved: true },
    { author: 'bob', trust: 'trusted', waits: true, text: 'Why not a map?' },
  ]);
  const stranger = someFeedback()[0]?.statements ?? [];
  const adds = someFeedback().map((each) => ({
    ...each,
    statements: [...each.statements, ...stranger],
  }));
  // What a stranger adds decides nothing.
  expect(proof({ feedback: adds }).feedback[2]).toMatchObject({ author: 'bob', waits: true });
  const ours = someFeedback().map((each) => ({
    ...each,
    statements: each.statements.map((said) => ({ ...said, trust: 'ours' as const })),
  }));
  expect(proof({ feedback: ours }).feedback[0]).toMatchObject({
    ...{ author: null, trust: 'ours', waits: false },
  });
});

test('a stranger who adds something takes nothing from whoever is trusted; an approval without words says nothing', () => {
  const [stranger, , bob] = someFeedback();
  if (stranger === undefined || bob === undefined) throw new Error('The feedback is missing.');
  const both = { ...bob, statements: [...bob.statements, ...stranger.statements] };
  const empty = { ...bob, statements: bob.statements.map((said) => ({ ...said, body: ' ' })) };
  expect(proof({ feedback: [both, empty] }).feedback).toMatchObject([
    { author: 'bob', trust: 'trusted', waits: true, text: 'Why not a map?' },
  ]);
});
