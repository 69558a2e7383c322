import type { Snapshot, TaskRow } from '#app.ts';
import { type Proof, proofOf } from '#domain/proof/proof.ts';
import { isReviewed } from '#domain/task.ts';
import { formatTestRun, gatesWords, proofWords, risksWords } from '#format/proof.ts';
import { plainLine } from '#format/text.ts';
import { stackIn } from '#tui/stack.ts';
import { DIM, type Theme } from '#tui/theme.ts';
import { type Span, type Spans, span } from '#tui/widgets/line.tsx';

/** What speaks for and against a merge; null of a task that is not in review. */
export function proofIn(task: TaskRow, snapshot: Snapshot): Proof | null {
  if (!isReviewed(task.status)) return null;
  const pullRequest = snapshot.pullRequests.get(task.id) ?? null;
  const round = snapshot.rounds.get(task.id);
  return proofOf({
    taskId: task.id,
    pullRequest,
    gateRuns: snapshot.gateRuns.get(task.id) ?? [],
    head: snapshot.progress.get(task.id)?.work?.head ?? null,
    runs: snapshot.testRuns.get(task.id) ?? [],
    risks: snapshot.progress.get(task.id)?.risks ?? null,
    stackedOn: snapshot.sessions.get(task.id)?.stackedOn ?? null,
    stack: stackIn(task.id, snapshot),
    overlaps: snapshot.overlaps,
    rounds: round === undefined ? [] : [round],
    feedback: pullRequest === null ? [] : (snapshot.feedback.get(pullRequest.id) ?? []),
  });
}

/** In a column beside the facts, the most telling first; what has no room is in the details. */
export function proofColumn(proof: Proof, rows: number, now: number, theme: Theme): Spans[] {
  const [newest] = proof.tests;
  const tests =
    newest === undefined ? [span('no tests were seen to run', DIM)] : testSpans(newest, now, theme);
  const risks = proof.risks === null ? null : risksWords(proof.risks);
  const rest = proofWords({ ...proof, gates: [], tests: [], risks: [], rounds: [] }, now);
  const gates = gateSpans(proof, theme);
  const lines: Spans[] = [
    ...(gates.length === 0 ? [] : [gates]),
    tests,
    ...(risks === null ? [] : [[span(plainLine(risks), theme.look('warning'))]]),
    ...rest.map(([label, text]) => [span(`${label} `, DIM), span(plainLine(text))]),
  ];
  return lines.slice(0, rows);
}

/** How the gates of the project stand, in one line; empty without gates. */
function gateSpans({ gates }: Pick<Proof, 'gates'>, theme: Theme): Span[] {
  const words = gatesWords(gates);
  if (words === null) return [];
  const isRed = gates.some(({ outcome }) => outcome === 'failed' || outcome === 'timed_out');
  const isSure = gates.every(({ outcome, stale }) => outcome === 'passed' && stale !== true);
  return [span(plainLine(words), theme.look(isRed ? 'bad' : isSure ? 'good' : 'warning'))];
}

/** How the gates stand, else how the newest tests went, where nothing else has room. */
export function testMark(proof: Proof, now: number, theme: Theme): Span[] {
  if (proof.gates.length > 0) return gateSpans(proof, theme);
  const [newest] = proof.tests;
  return newest === undefined ? [span('no tests seen', DIM)] : testSpans(newest, now, theme);
}

/** How many of the changed files are worth a look. */
export function riskMark({ risks }: Proof, theme: Theme): Span[] {
  const words = risks === null ? null : risksWords(risks);
  return words === null ? [] : [span(` · ${plainLine(words)}`, theme.look('warning'))];
}

function testSpans(run: Proof['tests'][number], now: number, theme: Theme): Span[] {
  const colors = { passed: 'good', failed: 'bad', unknown: 'warning' } as const;
  const look = run.editedSince ? theme.look('warning') : theme.look(colors[run.outcome]);
  return [span(plainLine(formatTestRun(run, now)), look)];
}
