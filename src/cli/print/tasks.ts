import { STATUS_COLORS } from '#cli/style.ts';
import { formatTable } from '#cli/table.ts';
import { afterOf, afterWords } from '#domain/dependency.ts';
import { criterionSign } from '#domain/gate/words.ts';
import { spanWords } from '#domain/queue/span.ts';
import { repeatWords } from '#domain/queue/time.ts';
import type { CriterionView, TaskView } from '#domain/task-view.ts';
import type { Todo } from '#domain/todo.ts';
import { formatMoment } from '#domain/words/clock-time.ts';
import { formatMoney } from '#domain/words/money.ts';
import { formatDuration } from '#format/duration.ts';
import { portWords } from '#format/ports.ts';
import { feedbackHead, proofWords } from '#format/proof.ts';
import { formatRelativeTime } from '#format/relative-time.ts';
import { activitySign, checkSign, statusSign } from '#format/status.ts';
import { plainLine, plainText } from '#format/text.ts';
import { formatTokens } from '#format/tokens.ts';
import { formatTurn } from '#format/turn.ts';
import { workWords } from '#format/work.ts';
import type { Sheet } from './result.ts';

/** Of a longer prompt only the beginning is shown. */
const PROMPT_LINES = 40;
const PROMPT_CHARACTERS = 4_000;

/** What is not known stays empty: `?` in most rows would say little. */
const COST = {
  title: 'COST',
  cell: ({ usage }: TaskView) => (usage.costUsd === null ? '' : formatMoney(usage.costUsd)),
  side: 'end',
} as const;

/** The tasks of a project, one line each. */
export function printTasks(tasks: readonly TaskView[], sheet: Sheet): string {
  if (tasks.length === 0) return 'There are no tasks.';
  return formatTable(
    tasks,
    [
      { title: 'ID', cell: (task) => `#${task.id}`, side: 'end' },
      {
        title: 'STATUS',
        cell: ({ status }) => `${statusSign(status).symbol} ${statusSign(status).label}`,
        paint: ({ status }, text) => sheet.paint(STATUS_COLORS[status], text),
      },
      { title: 'TITLE', cell: (task) => task.title, least: 20 },
      {
        title: 'NOW',
        cell: (task) => now(task, sheet),
        paint: (_, text) => sheet.paint('dim', text),
        least: 12,
      },
      ...(tasks.some(({ usage }) => usage.costUsd !== null) ? [COST] : []),
    ],
    sheet,
  );
}

/** What there is to know beside the status, in a few words. */
function now(task: TaskView, sheet: Sheet): string {
  if (task.waits !== null) return task.waits;
  const { session, pullRequest } = task;
  if (task.error !== null) return task.error.text ?? '';
  if (task.status === 'done') return ago(task.completedAt, sheet);
  if (pullRequest !== null && task.status !== 'working') {
    const said =
      task.turn === null ? checkSign(pullRequest.checks).label : nowTurn(task.turn, sheet);
    return `PR ${pullRequest.number}, ${said}`;
  }
  if (task.turn !== null && task.status !== 'working') return nowTurn(task.turn, sheet);
  if (session === null) return '';
  return `${activitySign(session.activity, session.parked).label} ${ago(session.since, sheet)}`;
}

function nowTurn(turn: NonNullable<TaskView['turn']>, { now: at }: Sheet): string {
  return turn.of === 'you' ? `you: ${formatTurn(turn, at)}` : formatTurn(turn, at);
}

function ago(iso: string | null, { now: at }: Sheet): string {
  return iso === null ? '' : formatRelativeTime(Date.parse(iso), at);
}

function stackedWords({ session }: TaskView): string {
  const on = session?.stackedOn ?? null;
  return on === null ? '' : `, stacked on #${on}`;
}

/** Everything about one task. */
export function printTask(task: TaskView, sheet: Sheet): string {
  const { symbol, label } = statusSign(task.status);
  const status = sheet.paint(STATUS_COLORS[task.status], `${symbol} ${label}`);
  const facts: [string, string | null][] = [
    ['project', task.project],
    ['turn', turnWords(task, sheet)],
    ['waits', task.waits],
    ['error', errorWords(task)],
    ['after', afterWords(afterOf(task)) || null],
    ['starts', startsWords(task, sheet)],
    ['repeats', repeatsWords(task)],
    [
      'mode',
      `${task.mode}, push ${task.push}, priority ${task.priority}${task.loop ? ', review loop' : ''}`,
    ],
    [
      'branch',
      task.branch === null
        ? `not named yet, from ${task.base}`
        : `${task.branch} from ${task.base}${stackedWords(task)}`,
    ],
    ...sessionFacts(task, sheet),
    ['pull request', pullRequestLine(task, sheet)],
    ...(task.proof === null ? [] : proofWords(task.proof, sheet.now).map(lowered)),
    ['usage', usageLine(task)],
    ['created', ago(task.createdAt, sheet)],
    ['started', ago(task.startedAt, sheet)],
    ['completed', ago(task.completedAt, sheet)],
  ];
  const lines = facts
    .filter((fact): fact is [string, string] => fact[1] !== null && fact[1] !== '')
    .map(([name, value]) => `${sheet.paint('dim', name.padEnd(14))}${plainLine(value)}`);
  const title = sheet.paint('bold', plainLine(task.title));
  const parts = [`#${task.id} ${title}\n${status}`, lines.join('\n')];
  if (task.subtasks.length > 0) {
    parts.push(
      task.subtasks.map(({ done, text }) => `${done ? '✓' : '☐'} ${plainLine(text)}`).join('\n'),
    );
  }
  if (task.criteria.length > 0) parts.push(task.criteria.map(criterionLine).join('\n'));
  parts.push(...feedbackPart(task));
  if (task.prompt.trim() !== '') parts.push(promptStart(task.prompt));
  return parts.join('\n\n');
}

function criterionLine(criterion: CriterionView): string {
  const { text, evidence } = criterion;
  const seen = evidence === null ? '' : `: ${evidence}`;
  return `${criterionSign(criterion)} ${plainLine(`${text}${seen}`)}`;
}

/** The prompt as far as a person reads it here; what was cut off is said. */
function promptStart(prompt: string): string {
  const text = plainText(prompt).trimEnd();
  const lines = text.slice(0, PROMPT_CHARACTERS).split('\n').slice(0, PROMPT_LINES);
  // Not inside a character that takes two code units.
  const shown = lines.join('\n').replace(/[\ud800-\udbff]$/, '');
  if (shown.length === text.length) return text;
  const bytes = new TextEncoder().encode(prompt).length;
  return `${shown.trimEnd()}\n… (${formatBytes(bytes)} in all; --json has all of it)`;
}

function formatBytes(bytes: number): string {
  return bytes < 1_000 ? `${bytes} bytes` : `${Math.round(bytes / 1_000)} kB`;
}

const lowered = ([label, text]: [string, string]): [string, string] => [label.toLowerCase(), text];

function startsWords({ notBefore, delaySecs }: TaskView, { now: at }: Sheet): string | null {
  const delay = delaySecs === 0 ? null : `${spanWords(delaySecs * 1_000)} after what it waits for`;
  const moment = notBefore === null ? null : `at ${formatMoment(Date.parse(notBefore), at)}`;
  return [moment, delay].filter((part) => part !== null).join(', and ') || null;
}

function repeatsWords({ every, nextId }: TaskView): string | null {
  if (every === null) return null;
  return nextId === null ? repeatWords(every) : `${repeatWords(every)}: #${nextId} comes next`;
}

function turnWords({ turn }: TaskView, { now: at }: Sheet): string | null {
  if (turn === null) return null;
  return turn.of === 'you' ? `yours: ${formatTurn(turn, at)}` : formatTurn(turn, at);
}

function errorWords({ error }: TaskView): string | null {
  if (error === null) return null;
  return error.code === null ? error.text : `${error.text ?? 'ended'} (${error.code})`;
}

function feedbackPart({ proof }: TaskView): string[] {
  const feedback = proof?.feedback ?? [];
  if (feedback.length === 0) return [];
  return [
    feedback
      .map((each) => `${plainLine(feedbackHead(each))}\n  ${plainLine(each.text)}`)
      .join('\n'),
  ];
}

function sessionFacts({ session }: TaskView, sheet: Sheet): [string, string | null][] {
  if (session === null) return [];
  const detail = session.detail === null ? '' : `: ${session.detail}`;
  const { label } = activitySign(session.activity, session.parked);
  const source = session.source === 'sessions_file' ? 'sessions file' : session.source;
  return [
    ['session', `${label}${detail}, ${ago(session.since, sheet)} (says ${source})`],
    ['does', session.activity === 'working' ? (session.doing?.text ?? null) : null],
    ['work', session.work === null ? null : workWords(session.work)],
    ['todos', todoWords(session.todos)],
    ['worktree', session.worktree],
    ['ports', portWords(session)],
    ['tmux', `${session.tmux.session} on socket ${session.tmux.socket}`],
  ];
}

function pullRequestLine({ pullRequest }: TaskView, sheet: Sheet): string | null {
  if (pullRequest === null) return null;
  const { number, state, checks, review, mergeable, readAt, staleReason, url } = pullRequest;
  const parts = [
    state,
    checkSign(checks).label,
    review === null ? null : review.replace('_', ' '),
    mergeable ?? 'mergeability unknown',
    readAt === null ? 'not read yet' : `read ${ago(readAt, sheet)}`,
    staleReason === null ? null : `stale: ${staleReason}`,
  ];
  return `#${number} ${parts.filter((part) => part !== null).join(', ')} ${url}`;
}

function todoWords(todos: readonly Todo[]): string | null {
  if (todos.length === 0) return null;
  const next = todos.find(({ done }) => !done);
  const done = todos.filter((todo) => todo.done).length;
  return `${done} of ${todos.length} done${next === undefined ? '' : `, next: ${next.subject}`}`;
}

function usageLine({ usage, session }: TaskView): string | null {
  const { inputTokens, outputTokens, costUsd, workedMs } = usage;
  const known = [inputTokens, outputTokens, costUsd, workedMs].some((each) => each !== null);
  if (!known) return null;
  const parts = [
    `${formatTokens(inputTokens)} in, ${formatTokens(outputTokens)} out`,
    formatMoney(costUsd),
    workedMs === null ? null : `worked ${formatDuration(workedMs)}`,
    session?.contextPercent == null ? null : `context ${Math.round(session.contextPercent)}%`,
  ];
  return parts.filter((part) => part !== null).join(', ');
}
