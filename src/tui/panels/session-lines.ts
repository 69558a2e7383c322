import type { Snapshot, TaskRow } from '#app.ts';
import type { Progress } from '#domain/progress.ts';
import type { PullRequest, ReviewVerdict } from '#domain/pull-request.ts';
import type { Session } from '#domain/session.ts';
import type { Todo } from '#domain/todo.ts';
import type { Usage } from '#domain/usage.ts';
import { formatClockTime } from '#format/clock-time.ts';
import { formatMinutes } from '#format/duration.ts';
import { formatMoney } from '#format/money.ts';
import { activitySign, checkSign, statusSign } from '#format/status.ts';
import { plainLine } from '#format/text.ts';
import { formatTokens } from '#format/tokens.ts';
import { formatChanges, formatDistance } from '#format/work.ts';
import { type Note, noteOf } from '#tui/attention.ts';
import { FEW_FACTS } from '#tui/layout.ts';
import { DIM, GLYPHS, type Theme } from '#tui/theme.ts';
import { cells } from '#tui/widgets/fit.ts';
import { type Span, type Spans, span, spread } from '#tui/widgets/line.tsx';

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
}

export function factsOf(snapshot: Snapshot, task: TaskRow): SessionFacts {
  return {
    task,
    note: noteOf(task, snapshot),
    defaultBranch: snapshot.projects.find(({ id }) => id === task.projectId)?.defaultBranch ?? '?',
    session: snapshot.sessions.get(task.id),
    progress: snapshot.progress.get(task.id),
    pullRequest: snapshot.pullRequests.get(task.id),
    usage: snapshot.usage.get(task.id),
  };
}

const SOURCE_WORDS = {
  claustre: 'claustre',
  hook: 'hook',
  sessions_file: 'sessions file',
  pane: 'pane',
} as const;

const REVIEW_WORDS = {
  required: 'review required',
  approved: 'approved',
  changes_requested: 'changes requested',
} as const;

/** The facts above the picture: always so many rows (five at least), so that nothing below them jumps. What is more than five is Claude's todos. */
export function sessionLines(
  facts: SessionFacts,
  { width, rows }: { width: number; rows: number },
  now: number,
  theme: Theme,
): Spans[] {
  const listed = rows - FEW_FACTS;
  const todos = listed > 0 ? todoLines(facts.session?.todos ?? [], listed, theme) : [];
  return [
    statusLine(facts, width, theme),
    activityLine(facts, width, now, theme),
    workLine(facts, width, now, theme),
    pullRequestLine(facts, width, now, theme),
    usageLine(facts, listed > 0, width, theme),
    ...Array.from({ length: Math.max(0, listed) }, (_, index) => todos[index] ?? []),
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
    if (note === null) return [span('no session', DIM)];
    const says = `${task.status === 'pending' ? 'waits' : 'no session'}: ${plainLine(note.text)}`;
    return [span(says, note.asks ? theme.look('warning') : DIM)];
  }
  const { name, detail, since, source } = session.activity;
  const sign = activitySign(name);
  const said =
    name === 'working'
      ? workingWords(facts, now)
      : detail === null || detail === ''
        ? ''
        : `: ${plainLine(detail)}`;
  const told = `  ${SOURCE_WORDS[source]}, ${formatClockTime(since, now)}`;
  // What Claude asks is said already; why the work needs a person is not.
  const reason = note?.asks && note.short !== name ? ` · ${plainLine(note.text)}` : '';
  return spread(
    [
      span(`${sign.symbol} ${sign.label}${said}`, theme.activity(name)),
      span(reason, theme.look('warning')),
    ],
    [span(told, DIM)],
    width,
  );
}

/** For how long a turn goes on, and what Claude does in it. */
function workingWords({ session, progress }: SessionFacts, now: number): string {
  const begun = Math.min(session?.activity.since ?? now, session?.promptedAt ?? now);
  const time = formatMinutes(now - begun);
  const doing = progress?.doing?.text ?? '';
  return `${time === '' ? '' : ` ${time}`}${doing === '' ? '' : ` · ${plainLine(doing)}`}`;
}

/** How far the work and its base are apart, what it changed, and when that was read. */
function workLine(
  { session, progress }: SessionFacts,
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
    ],
    [span(`  read ${formatClockTime(work.readAt, now)}`, DIM)],
    width,
  );
}

function pullRequestLine(
  { pullRequest }: SessionFacts,
  width: number,
  now: number,
  theme: Theme,
): Spans {
  if (pullRequest === undefined) return [span('no pull request', DIM)];
  const { readAt, staleReason } = pullRequest;
  const read =
    readAt === null ? 'not read yet' : `read ${formatClockTime(Date.parse(readAt), now)}`;
  const age =
    staleReason === null
      ? span(`  ${read}`, DIM)
      : span(
          readAt === null
            ? '  never read'
            : `  stale since ${formatClockTime(Date.parse(readAt), now)}`,
          theme.look('warning'),
        );
  const full = pullRequestFacts(pullRequest, false, theme);
  const fits = cellsOf(full) + cells(age.text) <= width;
  return spread(fits ? full : pullRequestFacts(pullRequest, true, theme), [age], width);
}

/** State, checks, review and whether it can be merged; in the short form without what the rest implies. */
function pullRequestFacts(
  { number, state, draft, checks, review, mergeable }: PullRequest,
  short: boolean,
  theme: Theme,
): Span[] {
  const word = draft && state === 'open' ? 'draft' : state;
  const { symbol, label } = checkSign(checks);
  const said = (verdict: ReviewVerdict): string =>
    short && verdict === 'required' ? 'needs review' : REVIEW_WORDS[verdict];
  return [
    span(`PR #${number} `, theme.look('info')),
    span(short && word === 'open' ? '' : `${word} · `),
    span(short ? `${symbol} CI` : label, checks === null ? DIM : theme.checks(checks)),
    span(` · ${review === null ? 'no review' : said(review)}`),
    span(
      ` · ${mergeable ?? 'mergeable unknown'}`,
      mergeable === 'conflicting' ? theme.look('bad') : {},
    ),
  ];
}

const cellsOf = (spans: Spans): number => spans.reduce((sum, { text }) => sum + cells(text), 0);

/** How much of what Claude has set itself to do is done, and what it has cost so far. */
function usageLine(
  { session, usage }: SessionFacts,
  isListed: boolean,
  width: number,
  theme: Theme,
): Spans {
  const left: Span[] = [];
  const todos = session?.todos ?? [];
  if (todos.length === 0) left.push(span('no todos', DIM));
  else {
    const done = todos.filter((todo) => todo.done).length;
    left.push(span(`todos ${done}/${todos.length}`));
    const next = todos.find((todo) => !todo.done);
    if (next === undefined) left.push(span(` ${GLYPHS.done}`, theme.look('good')));
    else if (!isListed) left.push(span(` ${GLYPHS.current} ${plainLine(next.subject)}`, DIM));
  }
  const tokens = `${figure(usage?.inputTokens, formatTokens)} in ${figure(usage?.outputTokens, formatTokens)} out`;
  const context = session?.contextPercent == null ? '–' : `${Math.round(session.contextPercent)}%`;
  const cost = figure(usage?.costUsd, formatMoney);
  return spread(left, [span(`  ${tokens} · ${cost} · context ${context}`, DIM)], width);
}

/** Claude's own list in at most so many rows: from the last one done on, so that the current one is always seen. */
export function todoLines(todos: readonly Todo[], rows: number, theme: Theme): Spans[] {
  const current = todos.findIndex((todo) => !todo.done);
  const from = Math.max(
    0,
    Math.min((current === -1 ? todos.length : current) - 1, todos.length - rows),
  );
  const shown = todos.slice(from, from + rows);
  const left = todos.length - from - shown.length;
  return shown.map(({ subject, done }, index): Spans => {
    const isCurrent = from + index === current;
    const sign = done ? GLYPHS.done : isCurrent ? GLYPHS.current : GLYPHS.open;
    const more = left > 0 && index === shown.length - 1 ? `  (${left} more)` : '';
    return [
      span(`${sign} `, isCurrent ? theme.look('good') : DIM),
      span(plainLine(subject), isCurrent ? {} : DIM),
      span(more, DIM),
    ];
  });
}

function figure(value: number | null | undefined, format: (value: number) => string): string {
  return value == null ? '–' : format(value);
}
