import type { Snapshot, TaskRow } from '#app.ts';
import { type Proof, proofOf } from '#domain/proof/proof.ts';
import { isReviewed } from '#domain/task.ts';
import { formatTestRun, proofWords, risksWords } from '#format/proof.ts';
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
  const rest = proofWords({ ...proof, tests: [], risks: [], rounds: [] }, now);
  const lines: Spans[] = [
    tests,
    ...(risks === null ? [] : [[span(plainLine(risks), theme.look('warning'))]]),
    ...rest.map(([label, text]) => [span(`${label} `, DIM), span(plainLine(text))]),
  ];
  return lines.slice(0, rows);
}

/** How the newest tests went, where nothing else has room. */
export function testMark({ tests: [newest] }: Proof, now: number, theme: Theme): Span[] {
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
