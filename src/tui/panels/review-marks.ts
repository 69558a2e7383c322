import type { Snapshot, TaskRow } from '#app.ts';
import type { GateRun } from '#domain/gate/gate.ts';
import { gateSign } from '#domain/gate/words.ts';
import { CHANGES_GATES } from '#domain/proof/risk.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import { staleness } from '#domain/pull-request/stale.ts';
import type { TurnKind } from '#domain/pull-request/turn.ts';
import { stackMark } from '#domain/stack.ts';
import { isReviewed } from '#domain/task.ts';
import { checkSign } from '#format/status.ts';
import { plainLine } from '#format/text.ts';
import { formatStale } from '#format/turn.ts';
import { stackIn } from '#tui/stack.ts';
import { DIM, GLYPHS, type Theme } from '#tui/theme.ts';
import { type Span, span } from '#tui/widgets/line.tsx';

/** Without it everything else in the row could be taken for what is so now. */
export const FIRST_RANK = 0;

/** A mark of a row, and how soon it is left out where there is no room for all: the lowest number stays longest. */
export interface Mark {
  readonly rank: number;
  readonly span: Span;
  /** The same in fewer cells, where there is no room for it. */
  readonly brief?: Span;
}

export type MarkFacts = Pick<
  Snapshot,
  | 'tasks'
  | 'sessions'
  | 'progress'
  | 'gateRuns'
  | 'pullRequests'
  | 'rounds'
  | 'roundCounts'
  | 'fixSettings'
  | 'hosts'
  | 'overlaps'
>;

interface Surroundings {
  readonly snapshot: MarkFacts;
  readonly theme: Theme;
  readonly now: number;
  /** What the note of the row is about already. */
  readonly said: TurnKind | null;
}

/** What a row says of the delivery of its task, from left to right. */
export function reviewMarks(task: TaskRow, { snapshot, theme, now, said }: Surroundings): Mark[] {
  const warning = theme.look('warning');
  const marks: Mark[] = [];
  const mark = (rank: number, text: string, look: Span['look'], brief?: string): void => {
    const shorter = brief === undefined ? {} : { brief: span(`  ${brief}`, look) };
    marks.push({ rank, span: span(`  ${text}`, look), ...shorter });
  };
  const known = snapshot.pullRequests.get(task.id);
  const quiet = task.status === 'done';
  if (!quiet) {
    const round = roundWords(task, snapshot);
    if (round !== null) mark(6, round, theme.quiet('info'));
    const stacked = snapshot.sessions.get(task.id)?.stackedOn ?? null;
    const stack = stackIn(task.id, snapshot);
    if (stacked !== null && stack !== null) {
      const ended = stack.kind === 'left';
      mark(ended ? 4 : 8, stackMark(stacked, stack), ended ? warning : DIM);
    }
    const others = overlapsOf(task, snapshot);
    if (others !== null) mark(7, others.text, others.conflicts ? warning : DIM);
    const gates = gateMark(task, snapshot);
    if (gates !== null) mark(4, gates.text, gates.red ? theme.look('bad') : warning);
    const behind = snapshot.progress.get(task.id)?.work?.behind ?? 0;
    if (isReviewed(task.status) && behind > 0) mark(9, `↓${behind}`, DIM);
  }
  if (known === undefined) return marks;
  const { checks, number, draft, queued, autoMerge, state } = known;
  if (!quiet) {
    const host = snapshot.hosts.find((each) => each.host === known.host) ?? null;
    const stale = staleness(known, host, now);
    if (stale !== null && said !== 'unread')
      mark(FIRST_RANK, formatStale(stale, now), warning, 'stale');
  }
  // The status and the note say both already.
  const isSaid =
    (checks === 'failed' && task.status === 'ci_failed') ||
    (checks === 'pending' && said === 'running');
  if (checks !== null && checks !== 'none' && checks !== 'skipped' && !isSaid) {
    const optional = checks === 'failed_optional' ? ' optional' : '';
    const text = `${checkSign(checks).symbol} CI`;
    mark(2, `${text}${optional}`, quiet ? DIM : theme.checks(checks), text);
  }
  if (state === 'open' && !quiet) {
    if (draft && said !== 'draft') mark(3, 'draft', DIM);
    if (said !== 'merging' && queued) mark(3, 'queued', DIM);
    else if (said !== 'merging' && autoMerge !== null) mark(3, 'auto', DIM);
  }
  mark(1, `PR #${number}`, quiet ? DIM : theme.look('pr_link'));
  if (!quiet) marks.push(...voices(known, theme));
  return marks;
}

/** Gates that do not pass for the commit that is there, else that the task changes what they prove; null when neither is so. */
function gateMark(
  { id }: TaskRow,
  { gateRuns, progress }: MarkFacts,
): { text: string; red: boolean } | null {
  const { work = null, risks = null } = progress.get(id) ?? {};
  const isNow = ({ headCommit }: GateRun): boolean =>
    work === null || work.head === null || work.head === headCommit;
  const red = (gateRuns.get(id) ?? []).filter(
    (run) => (run.outcome === 'failed' || run.outcome === 'timed_out') && isNow(run),
  );
  if (red.length > 0) {
    return {
      text: red.map((run) => `${gateSign(run)} ${plainLine(run.gate)}`).join(' '),
      red: true,
    };
  }
  return risks?.some(({ why }) => why === CHANGES_GATES)
    ? { text: 'changes gates', red: false }
    : null;
}

/** Behind the number, with one blank, so that what is read aloud knows what they count. */
function voices({ approvedBy, unresolvedThreads }: PullRequest, theme: Theme): Mark[] {
  const threads = unresolvedThreads ?? 0;
  const approved = { rank: 4, span: span(` ✓${approvedBy.length}`, theme.look('good')) };
  const open = { rank: 5, span: span(` ${GLYPHS.thread}${threads}`, theme.look('warning')) };
  return [...(approvedBy.length > 0 ? [approved] : []), ...(threads > 0 ? [open] : [])];
}

/** Which round of fixing or reviewing runs, or was the last of a task in review; of how many that may be used for fixing. */
function roundWords(
  { id, status, projectId }: TaskRow,
  { rounds, roundCounts, fixSettings }: MarkFacts,
): string | null {
  const round = rounds.get(id);
  if (round === undefined || !(isReviewed(status) || round.endedAt === null)) return null;
  const most = round.kind === 'fix' ? fixSettings.get(projectId)?.maxRounds : undefined;
  return `${round.kind} ${roundCounts.get(id) ?? 1}${most === undefined ? '' : `/${most}`}`;
}

function overlapsOf(
  { id }: TaskRow,
  { overlaps }: Pick<Snapshot, 'overlaps'>,
): { text: string; conflicts: boolean } | null {
  const pairs = overlaps.filter(({ taskId, otherId }) => taskId === id || otherId === id);
  const ids = pairs.map(({ taskId, otherId }) => (taskId === id ? otherId : taskId));
  const [first, ...more] = ids;
  if (first === undefined) return null;
  const others = more.length === 0 ? '' : ` +${more.length}`;
  return {
    text: `${GLYPHS.overlap} #${first}${others}`,
    conflicts: pairs.some(({ conflicts }) => conflicts !== null && conflicts.length > 0),
  };
}
