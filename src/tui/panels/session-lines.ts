import type { Snapshot, TaskRow } from '#app.ts';
import { isParked } from '#domain/parking/park.ts';
import type { Progress } from '#domain/progress.ts';
import type { Proof } from '#domain/proof/proof.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import type { Session } from '#domain/session.ts';
import type { Usage } from '#domain/usage.ts';
import { formatClockTime, formatMoment } from '#domain/words/clock-time.ts';
import { formatMoney } from '#domain/words/money.ts';
import { formatDuration, formatMinutes } from '#format/duration.ts';
import { activitySign, statusSign } from '#format/status.ts';
import { plainLine } from '#format/text.ts';
import { formatTokens } from '#format/tokens.ts';
import { formatChanges, formatDistance } from '#format/work.ts';
import { type Note, noteOf } from '#tui/attention.ts';
import { FACT_ROWS } from '#tui/layout.ts';
import { DIM, GLYPHS, type Theme } from '#tui/theme.ts';
import { cells } from '#tui/widgets/fit.ts';
import { fitSpans, type Span, type Spans, span, spread } from '#tui/widgets/line.tsx';
import { proofColumn, proofIn, riskMark, testMark } from './proof-lines.ts';
import { pullRequestLine } from './pull-request-line.ts';
import { todoColumn, todoCount } from './todo-lines.ts';

export interface SessionFacts {
  readonly task: TaskRow;
  /** Why it needs a person or waits, as its row says it. */
  readonly note: Note | null;
  /** Where the work goes when the task names no base. */
  readonly defaultBranch: string;
  readonly session: Session | undefined;
  readonly progress: Progress | undefined;
  readonly pullRequest: PullRequest | undefined;
  readonly usage: Usage | undefined;
  /** Null of a task that is not in review. */
  readonly proof: Proof | null;
}

export function factsOf(snapshot: Snapshot, task: TaskRow, now: number): SessionFacts {
  return {
    task,
    note: noteOf(task, snapshot, now),
    defaultBranch: snapshot.projects.find(({ id }) => id === task.projectId)?.defaultBranch ?? '?',
    session: snapshot.sessions.get(task.id),
    progress: snapshot.progress.get(task.id),
    pullRequest: snapshot.pullRequests.get(task.id),
    usage: snapshot.usage.get(task.id),
    proof: proofIn(task, snapshot),
  };
}

const SOURCE_WORDS = {
  claustre: 'claustre',
  hook: 'hook',
  sessions_file: 'sessions file',
  pane: 'pane',
} as const;

/** From this width on Claude's todos, or what speaks for a merge, have a column of their own. */
const COLUMN_FROM = 110;
const COLUMN_SHARE = 0.35;
const GAP = '   ';

export function listsTodos(width: number): boolean {
  return width >= COLUMN_FROM;
}

/** The facts above the picture: always so many rows (four or five), so that nothing below them jumps. */
export function sessionLines(
  facts: SessionFacts,
  { width, rows }: { width: number; rows: number },
  now: number,
  theme: Theme,
): Spans[] {
  if (!listsTodos(width)) return factLines(facts, { width, rows, listed: false }, now, theme);
  const side = Math.floor(width * COLUMN_SHARE);
  const main = width - side - GAP.length;
  const { proof, session } = facts;
  const column =
    proof === null
      ? todoColumn(session?.todos ?? [], rows, theme)
      : proofColumn(proof, rows, now, theme);
  return factLines(facts, { width: main, rows, listed: true }, now, theme).map((line, index) => [
    ...fitSpans(line, main),
    span(GAP),
    ...(column[index] ?? []),
  ]);
}

interface Room {
  width: number;
  rows: number;
  /** The todos stand beside them. */
  listed: boolean;
}

function factLines(facts: SessionFacts, room: Room, now: number, theme: Theme): Spans[] {
  const { width, rows, listed } = room;
  const low = rows < FACT_ROWS;
  return [
    statusLine(facts, width, theme),
    activityLine(facts, width, now, theme),
    ...(low ? [] : [workLine(listed ? { ...facts, proof: null } : facts, width, now, theme)]),
    pullRequestLine(facts.pullRequest, width, low ? workMark(facts, theme) : null, now, theme),
    usageLine(facts, { listed, width, now, theme }),
  ];
}

function statusLine(
  { task, session, pullRequest, defaultBranch }: SessionFacts,
  width: number,
  theme: Theme,
): Spans {
  const sign = statusSign(task.status);
  // The branch of a session that is over is not known here; nothing will be chosen any more for a task that is done.
  const last = task.status === 'done' ? (pullRequest?.head ?? '–') : '(auto)';
  const branch = session?.branch ?? task.branch ?? last;
  const base = session?.base ?? task.base ?? defaultBranch;
  const left = [
    span(`${sign.symbol} ${sign.label}`, theme.status(task.status)),
    span(`  ${plainLine(branch)} → ${plainLine(base)}`),
    ...(session?.port == null ? [] : [span(`  :${session.port}`, DIM)]),
  ];
  return spread(
    left,
    [span(`  ${task.mode} · ${task.push}${task.loop ? ' · loop' : ''}`, DIM)],
    width,
  );
}

function activityLine(facts: SessionFacts, width: number, now: number, theme: Theme): Spans {
  const { session, task, note } = facts;
  if (session === undefined) {
    if (note === null) return [span(endWords(facts, now), DIM)];
    const says = `${task.status === 'pending' ? 'waits' : 'no session'}: ${plainLine(note.text)}`;
    return [span(says, note.asks ? theme.look('warning') : DIM)];
  }
  const { name, detail, since, source } = session.activity;
  const sign = activitySign(name, isParked(session));
  const said =
    name === 'working'
      ? workingWords(facts, now)
      : detail === null || detail === ''
        ? ''
        : `: ${plainLine(detail)}`;
  const told = `  ${SOURCE_WORDS[source]}, ${formatClockTime(since, now)}`;
  // What Claude asks is said already; whose turn it is, and why the work needs a person, is not.
  const isSaid = note === null || note.short === name || !(note.asks || note.sign !== undefined);
  const reason = isSaid
    ? ''
    : ` · ${note.sign === undefined ? '' : `${note.sign} `}${plainLine(note.text)}`;
  const left = [
    span(`${sign.symbol} ${sign.label}${said}`, theme.activity(name)),
    span(reason, note?.asks ? theme.look('warning') : DIM),
  ];
  // Why it is whose turn counts more than who told of it.
  const needed = left.reduce((sum, { text }) => sum + cells(text), 0);
  const fits = reason === '' || needed + cells(told) <= width;
  return spread(left, fits ? [span(told, DIM)] : [], width);
}

/** When the task was done, and how long Claude worked on it; of any other task without a session only that. */
function endWords({ task, usage }: SessionFacts, now: number): string {
  if (task.status !== 'done' || task.completedAt === null) return 'no session';
  const worked = usage?.workedMs == null ? '' : ` · worked ${formatDuration(usage.workedMs)}`;
  return `done ${formatMoment(Date.parse(task.completedAt), now)}${worked}`;
}

/** The prompt began the turn, unless that turn is over: Claude also goes on by itself, when something ended that it had left running. */
function turnBegan({ activity, promptedAt, turnEndedAt }: Session): number {
  const isItsPrompt = promptedAt !== null && promptedAt >= (turnEndedAt ?? 0);
  return isItsPrompt ? Math.min(promptedAt, activity.since) : activity.since;
}

/** For how long a turn goes on, and what Claude does in it. */
function workingWords({ session, progress }: SessionFacts, now: number): string {
  const time = session === undefined ? '' : formatMinutes(now - turnBegan(session));
  const doing = progress?.doing?.text ?? '';
  return `${time === '' ? '' : ` ${time}`}${doing === '' ? '' : ` · ${plainLine(doing)}`}`;
}

/** How far the work and its base are apart, what it changed, and when that was read. */
function workLine(
  { session, progress, proof }: SessionFacts,
  width: number,
  now: number,
  theme: Theme,
): Spans {
  if (session === undefined) return [span('no worktree', DIM)];
  const work = progress?.work ?? null;
  if (work === null) return [span('work –', DIM)];
  const isBehind = work.behind !== null && work.behind > 0;
  return spread(
    [
      span(formatDistance(work), isBehind ? theme.look('warning') : {}),
      span(` · ${formatChanges(work)}`),
      ...(proof === null ? [] : riskMark(proof, theme)),
    ],
    [span(`  read ${formatClockTime(work.readAt, now)}`, DIM)],
    width,
  );
}

/** The numbers of the work as far as they have room beside the pull request. */
function workMark({ progress }: SessionFacts, theme: Theme): Span[] {
  const work = progress?.work ?? null;
  if (work === null) return [];
  const isBehind = work.behind !== null && work.behind > 0;
  return [
    span(`  ${formatDistance(work)}`, isBehind ? theme.look('warning') : {}),
    span(` +${work.added} −${work.deleted}`),
  ];
}

/** What Claude works on next of its own list, and what it has cost so far. */
function usageLine(
  { session, usage, proof }: SessionFacts,
  { listed, width, now, theme }: { listed: boolean; width: number; now: number; theme: Theme },
): Spans {
  const tokens = `${figure(usage?.inputTokens, formatTokens)} in ${figure(usage?.outputTokens, formatTokens)} out`;
  const context = session?.contextPercent == null ? '–' : `${Math.round(session.contextPercent)}%`;
  const cost = figure(usage?.costUsd, formatMoney);
  const figures = `${tokens} · ${cost} · context ${context}`;
  if (listed) {
    const worked = figure(usage?.workedMs, formatDuration);
    return [span(`${figures} · worked ${worked}`, DIM)];
  }
  if (proof !== null)
    return spread(testMark(proof, now, theme), [span(`  ${figures}`, DIM)], width);
  const todos = session?.todos ?? [];
  const next = todos.find((todo) => !todo.done);
  const left = [...todoCount(todos, theme)];
  if (next !== undefined) left.push(span(` ${GLYPHS.current} ${plainLine(next.subject)}`, DIM));
  return spread(left, [span(`  ${figures}`, DIM)], width);
}

function figure(value: number | null | undefined, format: (value: number) => string): string {
  return value == null ? '–' : format(value);
}
