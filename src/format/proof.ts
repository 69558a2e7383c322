import { endWords, gateSign, tookWords } from '#domain/gate/words.ts';
import type {
  ChecksProof,
  FeedbackProof,
  GateProof,
  Proof,
  RoundProof,
} from '#domain/proof/proof.ts';
import { CHANGES_GATES, CHANGES_TEST, type Risk } from '#domain/proof/risk.ts';
import type { TestRun } from '#domain/proof/test-run.ts';
import { formatMoment } from '#domain/words/clock-time.ts';
import { formatMoney } from '#domain/words/money.ts';
import { overlapWords } from './overlap.ts';

/** What there is to say of a proof, as labels and texts; what is not known or does not apply is left out. Any text. */
export function proofWords(proof: Proof, now: number): [label: string, text: string][] {
  const { checks, risks, rounds, overlaps, stack } = proof;
  const said: [string, string | null][] = [
    ...proof.gates.map((gate): [string, string] => ['Gates', formatGate(gate, now)]),
    ...proof.tests.map((run): [string, string] => ['Tests', formatTestRun(run, now)]),
    ['Checks', checks === null ? null : checksWords(checks)],
    ['Reviews', reviewsWords(proof)],
    ['Merges', mergesWords(proof)],
    ...(risks ?? []).map(({ path, why }): [string, string] => ['Risky', `${path} (${why})`]),
    ['Stacked', stack],
    ...overlaps.map((pair): [string, string] => ['Overlaps', overlapWords(pair)]),
    ...rounds.map((round, index): [string, string] => [
      'Rounds',
      `${index + 1}. ${roundWords(round, now)}`,
    ]),
    ['Stale', proof.staleReason],
  ];
  return said.filter((each): each is [string, string] => each[1] !== null);
}

/** "✗ lint failed with exit code 1, 3 s, 13:38, uncommitted files included, the head has moved since". */
export function formatGate(gate: GateProof, now: number): string {
  const { startedAt, endedAt, clean, stale } = gate;
  const times = { startedAt: Date.parse(startedAt), endedAt: timeOf(endedAt) };
  const parts = [
    `${gateSign(gate)} ${gate.gate} ${endWords(gate)}`,
    tookWords(times),
    formatMoment(times.endedAt ?? times.startedAt, now),
    clean ? '' : 'uncommitted files included',
    stale ? 'the head has moved since' : '',
  ];
  return parts.filter(Boolean).join(', ');
}

/** "test ✓ 12 s, lint ✗", for little room; null without gates. */
export function gatesWords(gates: readonly GateProof[]): string | null {
  if (gates.length === 0) return null;
  const said = gates.map((gate) => {
    const times = { startedAt: Date.parse(gate.startedAt), endedAt: timeOf(gate.endedAt) };
    const took = gate.outcome === 'passed' ? ` ${tookWords(times)}` : '';
    return `${gate.gate} ${gateSign(gate)}${took}${gate.stale ? ' (before the last commit)' : ''}`;
  });
  return `gates: ${said.join(', ')}`;
}

const timeOf = (iso: string | null): number | null => (iso === null ? null : Date.parse(iso));

const OUTCOME_WORDS = { passed: 'passed', failed: 'failed', unknown: 'ran, result not known' };
const OUTCOME_SIGNS = { passed: '✓', failed: '✗', unknown: '?' };

/** "✓ npm test passed (42), 13:38", "✗ npm test failed (2 of 42), 13:38, files were edited since". */
export function formatTestRun(run: TestRun, now: number): string {
  const { command, outcome, startedAt, endedAt, editedSince } = run;
  const when = formatMoment(endedAt ?? startedAt, now);
  const since = editedSince ? ', files were edited since' : '';
  const counts = countWords(run);
  return `${OUTCOME_SIGNS[outcome]} ${command} ${OUTCOME_WORDS[outcome]}${counts}, ${when}${since}`;
}

function countWords({ passed, failed }: TestRun): string {
  if (passed === null && failed === null) return '';
  const bad = failed ?? 0;
  const all = (passed ?? 0) + bad;
  return bad === 0 ? ` (${all})` : ` (${bad} of ${all})`;
}

/** "3 passed, 1 running; failed: lint (required), e2e (optional)"; null when there is nothing to count. */
export function checksWords({ passed, running, failing, note }: ChecksProof): string | null {
  const counts = [
    passed === 0 ? '' : `${passed} passed`,
    running === 0 ? '' : `${running} running`,
  ].filter(Boolean);
  const names = failing.map(({ name, required }) =>
    required === null ? name : `${name} (${required ? 'required' : 'optional'})`,
  );
  const parts = [
    counts.join(', '),
    names.length === 0 ? '' : `failed: ${names.join(', ')}`,
    note ?? '',
  ].filter(Boolean);
  return parts.length === 0 ? null : parts.join('; ');
}

/** Who approved, who asked for changes, how much is open; null when nothing of it is known. */
export function reviewsWords(
  proof: Pick<Proof, 'approvedBy' | 'changesRequestedBy' | 'unresolvedThreads'>,
): string | null {
  const { approvedBy, changesRequestedBy, unresolvedThreads } = proof;
  const parts = [
    approvedBy.length === 0 ? '' : `approved by ${approvedBy.join(', ')}`,
    changesRequestedBy.length === 0 ? '' : `changes requested by ${changesRequestedBy.join(', ')}`,
    unresolvedThreads === null || unresolvedThreads === 0
      ? ''
      : `${unresolvedThreads} open ${unresolvedThreads === 1 ? 'thread' : 'threads'}`,
  ].filter(Boolean);
  return parts.length === 0 ? null : parts.join(', ');
}

function mergesWords({ merges }: Pick<Proof, 'merges'>): string | null {
  if (merges === null) return null;
  return merges === 'queued' ? 'in the merge queue' : `by itself (${merges}) once it may`;
}

/** "changed gate configuration, changed 2 tests, 2 risky: package-lock.json, .env"; null when nothing of it is so. */
export function risksWords(risks: readonly Risk[]): string | null {
  if (risks.length === 0) return null;
  const tests = risks.filter(({ why }) => why === CHANGES_TEST).length;
  const others = risks.filter(({ why }) => why !== CHANGES_TEST && why !== CHANGES_GATES);
  const parts = [
    risks.some(({ why }) => why === CHANGES_GATES) ? 'changed gate configuration' : '',
    tests === 0 ? '' : `changed ${tests} ${tests === 1 ? 'test' : 'tests'}`,
    others.length === 0
      ? ''
      : `${others.length} risky: ${others.map(({ path }) => path).join(', ')}`,
  ];
  return parts.filter(Boolean).join(', ');
}

const NAMES = 5;

function roundWords(
  { kind, startedAt, outcome, note, costUsd, evidence }: RoundProof,
  now: number,
): string {
  const when = formatMoment(Date.parse(startedAt), now);
  const about = evidence.length === 0 ? '' : ` (${evidence.slice(0, NAMES).join(', ')})`;
  const end = outcome === null ? 'goes on' : outcome;
  const cost = costUsd === null ? '' : `, ${formatMoney(costUsd)}`;
  return `${kind}${about}, ${when}: ${end}${cost}${note === null ? '' : `. ${note}`}`;
}

/** Who said it where, and what became of it: "ada, src/a.ts:3: fixed, it was off by one". */
export function feedbackHead(feedback: FeedbackProof): string {
  const { author, trust, path, line, kind, verdict, reason, resolved, waits } = feedback;
  const place = path === null ? kind : `${path}${line === null ? '' : `:${line}`}`;
  const who = trust === 'ours' ? 'claustre' : (author ?? 'a deleted account');
  const ignored = trust === 'untrusted' ? 'ignored: not trusted' : '';
  const became = verdict === null ? '' : `${verdict}${reason === null ? '' : `: ${reason}`}`;
  const rest = [ignored, became, resolved ? 'resolved' : '', waits ? 'waits for a decision' : ''];
  return `${who}, ${place}: ${rest.filter(Boolean).join(', ') || 'nothing to do'}`;
}
