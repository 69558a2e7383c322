import { useMemo } from 'react';
import { afterOf, afterWords } from '#domain/dependency.ts';
import type { EventRow } from '#domain/event.ts';
import { criterionSign } from '#domain/gate/words.ts';
import type { FeedbackProof } from '#domain/proof/proof.ts';
import type { CriterionView, TaskView } from '#domain/task-view.ts';
import { formatMoment } from '#domain/words/clock-time.ts';
import { formatMoney } from '#domain/words/money.ts';
import { formatDuration } from '#format/duration.ts';
import { portWords } from '#format/ports.ts';
import { feedbackHead, proofWords } from '#format/proof.ts';
import { activitySign, checkSign, statusSign } from '#format/status.ts';
import { type StoryLine, storyOf } from '#format/story.ts';
import { plainLine } from '#format/text.ts';
import { formatTokens } from '#format/tokens.ts';
import { formatTurn } from '#format/turn.ts';
import { workWords } from '#format/work.ts';
import type { DetailsDialog } from '#tui/dialogs/dialog.ts';
import type { DialogProps } from '#tui/dialogs/kind.ts';
import { firstRow, placeNote } from '#tui/dialogs/scroll.ts';
import { BOLD, DIM, type Theme } from '#tui/theme.ts';
import { cells, filled, wrap } from '#tui/widgets/fit.ts';
import { type Spans, span } from '#tui/widgets/line.tsx';
import { insideWidth, Panel } from '#tui/widgets/panel.tsx';

const LABEL_CELLS = 14;
/** A prompt of a megabyte is not laid out to its end for a look at it. */
const PROMPT_LINES = 2_000;
const PROMPT_CHARACTERS = 100_000;
const EVENT_LINES = 3;

export function DetailsPanel({ dialog, theme, area, view: { now } }: DialogProps<DetailsDialog>) {
  const { task, events } = dialog;
  const width = insideWidth(area.width);
  const rows = useMemo(
    () => detailLines(task, events, width, now, theme),
    [task, events, width, now, theme],
  );
  const room = Math.max(1, area.height - 2);
  const top = firstRow(dialog, rows.length, room);
  return (
    <Panel
      title={`#${task.id} ${plainLine(task.title)}`}
      note={placeNote(top, rows.length, room)}
      width={area.width}
      height={area.height}
      border={theme.look('border_focused')}
      titleLook={BOLD}
      lines={rows.slice(top, top + room)}
    />
  );
}

/** The whole task, as rows of at most `width` cells. */
function detailLines(
  task: TaskView,
  events: readonly EventRow[],
  width: number,
  now: number,
  theme: Theme,
): Spans[] {
  const head = (text: string): Spans => [span(text, { ...theme.look('text_accent'), bold: true })];
  const lines: Spans[] = [...factLines(task, width, now, theme), []];
  const feedback = task.proof?.feedback ?? [];
  if (feedback.length > 0) {
    lines.push(head('What reviewers said'), ...feedbackLines(feedback, width), []);
  }
  lines.push(head('Prompt'));
  const prompt = task.prompt.slice(0, PROMPT_CHARACTERS);
  const wrapped = prompt.trim() === '' ? [] : wrap(prompt, width, PROMPT_LINES);
  lines.push(
    ...(wrapped.length === 0 ? [[span('none', DIM)]] : wrapped.map((text) => [span(text)])),
  );
  if (task.subtasks.length > 0) {
    lines.push([], head('Subtasks'));
    task.subtasks.forEach(({ text, done }, index) => {
      const sign = statusSign(done ? 'done' : 'pending').symbol;
      wrap(`${index + 1}. ${text}`, width - 2, 20).forEach((part, at) => {
        lines.push([span(at === 0 ? `${sign} ` : '  ', DIM), span(part, done ? DIM : {})]);
      });
    });
  }
  if (task.criteria.length > 0) {
    lines.push([], head('Acceptance criteria'), ...criterionLines(task.criteria, width));
  }
  if (events.length > 0) {
    lines.push([], head('What happened, the newest first'));
    for (const line of storyOf(events).reverse()) lines.push(...storyLines(line, width, now));
  }
  return lines;
}

/** Each with its verdict; what was run and seen below it. */
function criterionLines(criteria: readonly CriterionView[], width: number): Spans[] {
  return criteria.flatMap((criterion) => [
    ...wrap(plainLine(criterion.text), width - 2, 20).map((part, at) => [
      span(at === 0 ? `${criterionSign(criterion)} ` : '  ', DIM),
      span(part),
    ]),
    ...wrap(plainLine(criterion.evidence ?? ''), width - 4, 4)
      .filter((part) => part !== '')
      .map((part) => [span(`    ${part}`, DIM)]),
  ]);
}

function factLines(task: TaskView, width: number, now: number, theme: Theme): Spans[] {
  const sign = statusSign(task.status);
  const { session, pullRequest, usage } = task;
  const facts: [string, string | null][] = [
    ['Turn', task.turn === null ? null : turnWords(task.turn, now)],
    ['Waits', task.waits],
    ['Pull request', pullRequest === null ? null : pullRequestWords(pullRequest)],
    ...(task.proof === null ? [] : proofWords(task.proof, now)),
    ['Session', session === null ? null : sessionWords(session, now)],
    ['Work', session === null || session.work === null ? null : workWords(session.work)],
    ['Project', task.project],
    ['Mode', task.mode],
    ['Push', task.push],
    ['Fixing', task.push === 'pr' && task.status !== 'done' ? FIX_WORDS[task.fix] : null],
    ['Loop', task.loop ? 'Claude also judges and answers what reviewers say, by itself' : null],
    ['Branch', `${task.branch ?? (task.status === 'done' ? '–' : '(auto)')} → ${task.base}`],
    ['Priority', String(task.priority)],
    ['After', afterWords(afterOf(task)) || null],
    ['Worktree', session?.worktree ?? null],
    ['Ports', session === null ? null : portWords(session)],
    [
      'Tokens',
      `${known(usage.inputTokens, formatTokens)} in, ${known(usage.outputTokens, formatTokens)} out`,
    ],
    ['Cost', known(usage.costUsd, formatMoney)],
    ['Worked', known(usage.workedMs, formatDuration)],
    ['Created', formatMoment(Date.parse(task.createdAt), now)],
    ['Started', task.startedAt === null ? null : formatMoment(Date.parse(task.startedAt), now)],
    [
      'Completed',
      task.completedAt === null ? null : formatMoment(Date.parse(task.completedAt), now),
    ],
  ];
  const lines: Spans[] = [
    [
      span(filled('Status', LABEL_CELLS), DIM),
      span(`${sign.symbol} ${sign.label}`, theme.status(task.status)),
    ],
  ];
  let last = '';
  for (const [label, text] of facts) {
    if (text === null) continue;
    wrap(plainLine(text), width - LABEL_CELLS, 4).forEach((part, index) => {
      const shown = index === 0 && label !== last ? label : '';
      lines.push([span(filled(shown, LABEL_CELLS), DIM), span(part)]);
    });
    last = label;
  }
  return lines;
}

const REVIEW_WORDS = {
  required: 'review required',
  approved: 'approved',
  changes_requested: 'changes requested',
} as const;

/** What is done about checks that fail, conflicts and comments. */
const FIX_WORDS = {
  off: 'off',
  ask: 'Claude is told when you say so',
  automatic: 'Claude is told by itself',
} as const;

function pullRequestWords(facts: NonNullable<TaskView['pullRequest']>): string {
  const { number, state, checks, review, mergeable, url } = facts;
  const parts = [
    state,
    checkSign(checks).label,
    review === null ? null : REVIEW_WORDS[review],
    mergeable,
  ];
  const said = parts.filter((part) => part !== null).join(', ');
  return `#${number}: ${said}; ${url}`;
}

const FEEDBACK_LINES = 3;

/** Who said what where, and what became of it; the first words below. */
function feedbackLines(feedback: readonly FeedbackProof[], width: number): Spans[] {
  return feedback.flatMap((each) => [
    ...wrap(plainLine(feedbackHead(each)), width, 2).map((part) => [span(part)]),
    ...wrap(plainLine(each.text), width - 2, FEEDBACK_LINES).map((part) => [
      span(`  ${part}`, DIM),
    ]),
  ]);
}

function turnWords({ of, text }: NonNullable<TaskView['turn']>, now: number): string {
  const said = formatTurn({ of, text }, now);
  return of === 'you' ? `yours: ${said}` : said;
}

function sessionWords(session: NonNullable<TaskView['session']>, now: number): string {
  const doing = session.activity === 'working' ? (session.doing?.text ?? null) : null;
  const said = doing ?? session.detail;
  const detail = said === null ? '' : `: ${said}`;
  const since = formatMoment(Date.parse(session.since), now);
  return `${activitySign(session.activity, session.parked).label}${detail} (${session.source.replace('_', ' ')}, ${since})`;
}

function storyLines({ at, text, source }: StoryLine, width: number, now: number): Spans[] {
  const room = width - LABEL_CELLS;
  const parts = wrap(plainLine(text), room, EVENT_LINES);
  // What hooks and the clock tell goes without saying.
  const by = source === 'person' ? '  by hand' : '';
  return parts.map((part, index) => {
    const hasRoom = index === parts.length - 1 && cells(part) + by.length <= room;
    return [
      span(filled(index === 0 ? formatMoment(at, now) : '', LABEL_CELLS), DIM),
      span(part),
      span(hasRoom ? by : '', DIM),
    ];
  });
}

function known(value: number | null, format: (value: number) => string): string {
  return value === null ? '–' : format(value);
}
