import type { GateRun } from '#domain/gate/gate.ts';
import { isParked } from '#domain/parking/park.ts';
import { isAtWork } from '#domain/pull-request/after-merge.ts';
import { type Feedback, isUndecided, newestStatement } from '#domain/pull-request/feedback.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import { type Turn, type TurnFacts, turnOf, whoseWords } from '#domain/pull-request/turn.ts';
import { limitedWords } from '#domain/queue/account.ts';
import { limitHold } from '#domain/queue/limit.ts';
import { waitWords } from '#domain/queue/ready.ts';
import type { Wait } from '#domain/queue/wait.ts';
import { isAsking } from './activity.ts';
import { errorRule } from './attempt/error-code.ts';
import { againWords, attemptStanding } from './attempt/standing.ts';
import type { Session } from './session.ts';
import type { Task } from './task.ts';
import type { Limit } from './usage.ts';

export const INBOX_KINDS = [
  'permission',
  'question',
  'plan',
  'setup_failed',
  'conflict',
  'ci_failed',
  'comments',
  'attention',
  'draft',
  'ready_to_merge',
  'closed',
  'error',
  'alarm',
  'budget',
  'limited',
  'unsure',
] as const;
export type InboxKind = (typeof INBOX_KINDS)[number];

/** One thing that waits for a person. */
export interface InboxEntry {
  kind: InboxKind;
  task: number;
  /** ISO time in UTC since when it waits. */
  since: string;
  text: string;
}

interface Facts
  extends Partial<Pick<TurnFacts, 'round' | 'feedback' | 'fix' | 'stack' | 'refresh'>> {
  task: Pick<Task, 'id' | 'title' | 'status' | 'mode' | 'held' | 'updatedAt' | 'push' | 'loop'> &
    Partial<Pick<Task, 'retryAt' | 'errorCode' | 'errorText'>>;
  session:
    | (Pick<Session, 'activity' | 'turnEndedAt' | 'judgedAt'> &
        Partial<Pick<Session, 'leftOut' | 'failure' | 'parkedAt' | 'alarm'>>)
    | null;
  /** The newest run of each gate. */
  gates?: readonly Pick<GateRun, 'gate' | 'outcome'>[];
  pullRequest: PullRequest | null;
  /** Limits of the account; where they are not given no limit is known to be over. */
  limits?: readonly Limit[];
  /** Milliseconds since 1970, for what depends on it. */
  now?: number;
}

/** What a task wants from a person now, or null. Derived, never stored. */
export function inboxEntry(facts: Facts): InboxEntry | null {
  const { task, session } = facts;
  const activity = session?.activity ?? null;
  const entry = (kind: InboxKind, since: string, text: string): InboxEntry => ({
    kind,
    task: task.id,
    since,
    text,
  });
  if (task.status === 'pending' && task.held === 'setup failed') {
    return entry('setup_failed', task.updatedAt, `The setup of "${task.title}" failed.`);
  }
  const stop = stoppedEntry(task, entry);
  if (stop !== null) return stop;
  if (activity !== null && task.status !== 'done') {
    const since = new Date(activity.since).toISOString();
    if (isAsking(activity.name)) {
      const kind = activity.name === 'plan' ? 'plan' : activity.name;
      return entry(kind as InboxKind, since, activity.detail ?? `Claude waits in "${task.title}".`);
    }
    if (activity.name === 'limited' && isLimitOver(facts)) {
      const text = `The usage limit that stopped "${task.title}" is over; claustre send ${task.id} continue goes on.`;
      return entry('limited', since, text);
    }
    const alarm = session?.alarm ?? null;
    if (alarm !== null && task.status === 'working') {
      return entry('alarm', since, `Claude may run in circles in "${task.title}": ${alarm}.`);
    }
    const left = leftOutOf(facts);
    if (left !== null) {
      const ways = `claustre send ${task.id} asks Claude for a new pull request, claustre done ${task.id} finishes it`;
      return entry('unsure', since, `"${task.title}" was merged, but ${left}; ${ways}.`);
    }
    const standing = session === null ? null : attemptStanding(task, session);
    if (standing?.of === 'clock') return null;
    if (standing !== null && task.status === 'working') {
      const way = `claustre send ${task.id} TEXT tells it how to go on`;
      return entry('unsure', since, `${standing.text} in "${task.title}"; ${way}.`);
    }
    if (session !== null && stopped(task, session)) {
      return entry('unsure', since, `Claude stopped in "${task.title}" without delivering.`);
    }
    const red = session === null ? null : redGate(facts, session);
    if (red !== null) return entry('attention', since, `"${task.title}": ${red}.`);
    if (activity.name === 'lost' && task.status === 'working') {
      return entry('unsure', since, `The session of "${task.title}" is gone.`);
    }
  }
  return fromStatus(facts, entry);
}

/** An attempt that was stopped: by a budget, which a person may raise, or because Claude ran in circles. */
function stoppedEntry({ status, held, updatedAt, errorText }: Facts['task'], entry: Entry) {
  if (status !== 'interrupted' || (held !== 'budget' && held !== 'looped')) return null;
  return entry(held === 'budget' ? 'budget' : 'alarm', updatedAt, errorText ?? 'It was stopped.');
}

/** Autonomous tasks go on by themselves then. */
function isLimitOver({ task, limits, now }: Facts): boolean {
  if (task.mode === 'autonomous' || limits === undefined || now === undefined) return false;
  return limitHold(limits, { reservePercent: 0 }, now) === null;
}

/** What the merge of its pull request left out, once Claude rests; null for nothing. */
function leftOutOf({ session, pullRequest }: Facts): string | null {
  if (session === null || pullRequest?.state !== 'merged' || isAtWork(session)) return null;
  return session.leftOut ?? null;
}

/** Nobody watches an autonomous task: one whose Claude waits at its prompt, and whose last turn was looked at, goes on only with a person. */
function stopped(task: Facts['task'], session: NonNullable<Facts['session']>): boolean {
  if (task.mode !== 'autonomous' || task.status !== 'working') return false;
  return isJudged(session);
}

/** Claude rests, and the work of its last turn was looked at. */
function isJudged(session: NonNullable<Facts['session']>): boolean {
  const { turnEndedAt, judgedAt } = session;
  return rests(session) && turnEndedAt !== null && turnEndedAt <= (judgedAt ?? 0);
}

/** Whether its Claude is at its prompt, or was before it was parked. */
function rests({ activity, parkedAt = null }: NonNullable<Facts['session']>): boolean {
  return activity.name === 'idle' || parkedAt !== null;
}

/** The gate that keeps a person's own task from being delivered, as a phrase. */
export function redGate(
  { task, gates = [] }: Pick<Facts, 'task' | 'gates'>,
  session: NonNullable<Facts['session']>,
): string | null {
  if (task.status !== 'working' || !isJudged(session)) return null;
  const red = gates.find(({ outcome }) => outcome !== null && outcome !== 'passed');
  return red === undefined ? null : `gate ${red.gate} fails`;
}

/** What ended it, with the evidence. */
function errorSentence({ title, errorText = null }: Facts['task']): string {
  if (errorText === null) return `"${title}" ended in an error.`;
  return `"${title}" ended in an error: ${errorText}${/[.?!…]$/.test(errorText) ? '' : '.'}`;
}

/** What a person can do about a task that ended in an error. */
function wayOutOfError({ id, errorCode = null }: Facts['task']): string {
  const rule = errorCode === null ? null : errorRule(errorCode);
  const first = rule?.remedy == null ? '' : ` ${rule.remedy}`;
  return `${first} \`claustre retry ${id}\` tries again, \`claustre attach ${id}\` shows its conversation.`;
}

type Entry = (kind: InboxKind, since: string, text: string) => InboxEntry;

function fromStatus(facts: Facts, entry: Entry): InboxEntry | null {
  const { task, session } = facts;
  switch (task.status) {
    case 'interrupted':
      // A person stopped it, and knows.
      if ((session?.parkedAt ?? null) !== null) return null;
      return entry(
        'unsure',
        task.updatedAt,
        `The session of "${task.title}" ended; launch resumes it.`,
      );
    case 'error':
      return entry('error', task.updatedAt, errorSentence(task));
    default:
      return fromTurn(facts, entry);
  }
}

/** A turn of a person's, as their inbox says it. What others do, and how old it is, changes nothing there. */
function fromTurn(facts: Facts, entry: Entry): InboxEntry | null {
  const { task, pullRequest, round = null, feedback = [], fix = null } = facts;
  const found = turnOf({ ...facts, round, feedback, fix, host: null, now: 0 });
  if (found?.of !== 'you') return null;
  const { title, updatedAt } = task;
  switch (found.kind) {
    case 'conflict':
      return entry('conflict', updatedAt, `"${title}" conflicts with its base.`);
    case 'ci_failed': {
      const names = found.text.startsWith('failed') ? found.text.replace(/^failed/, '') : '';
      return entry('ci_failed', updatedAt, `Checks of "${title}" failed${names}.`);
    }
    case 'comments':
      return entry('comments', saidAt(feedback) ?? updatedAt, `"${title}": ${found.text}.`);
    case 'closed': {
      const since = pullRequest?.readAt ?? updatedAt;
      return entry('closed', since, `The pull request of "${title}" was closed unmerged.`);
    }
    case 'ready_to_merge':
      return task.push === 'local'
        ? entry('ready_to_merge', updatedAt, `"${title}" is ready to read and merge.`)
        : entry('ready_to_merge', updatedAt, `"${title}" can be merged.`);
    case 'draft':
      return entry('draft', updatedAt, `The pull request of "${title}" is a draft to mark ready.`);
    default:
      return entry('attention', updatedAt, `"${title}": ${found.text}.`);
  }
}

/** When the newest word was said that nobody has decided about. */
function saidAt(feedback: readonly Feedback[]): string | null {
  const times = feedback.filter(isUndecided).map((each) => newestStatement(each)?.at ?? '');
  return times.toSorted().at(-1) ?? null;
}

/** A dialog before Claude's start is a question, too, but no hook waits for its answer. */
function wayToAnswer({ kind, task, text }: InboxEntry): string {
  if (kind !== 'permission' && kind !== 'plan') return '';
  const end = /[.?!…]$/.test(text) ? '' : '.';
  return `${end} \`claustre answer ${task}\` says yes, with --deny no.`;
}

/** Why it waits, what happened before that, and what to do about it. */
function waitSentences(id: number, wait: Wait, reason: string | null): string {
  const because = reason === null ? [] : [reason];
  const remedy = wait.remedy === null ? [] : [wait.remedy];
  return [`#${id} waits: ${wait.text}.`, ...because, ...remedy].join(' ');
}

/**
 * Why a task stands where it stands and what moves it on, in one or two sentences. `wait` is why it does not start by itself, `reason` what the
 * last launch said that failed.
 */
export function why(
  facts: Facts & { turn?: Turn | null },
  wait: Wait | null,
  reason: string | null = null,
): string {
  const { task, session, pullRequest, turn = null } = facts;
  const activity = session?.activity ?? null;
  if (wait !== null && waitWords(wait) !== null) {
    return waitSentences(task.id, wait, task.held === null ? null : reason);
  }
  const wanted = inboxEntry(facts);
  if (wanted !== null) {
    const way = wanted.kind === 'error' ? wayOutOfError(task) : wayToAnswer(wanted);
    return `#${task.id} needs you: ${wanted.text}${way}`;
  }
  const standing = session === null ? null : attemptStanding(task, session);
  if (standing !== null) return `#${task.id} is ${againWords(standing)}: ${standing.text}.`;
  switch (task.status) {
    case 'draft':
      return `#${task.id} is a draft; edit --submit makes it pending.`;
    case 'pending':
      return task.mode === 'autonomous' && wait === null
        ? `#${task.id} is ready and starts at once.`
        : `#${task.id} is ready; nothing but a launch is missing.`;
    case 'interrupted':
      return `#${task.id} was stopped at work; \`claustre launch ${task.id}\` goes on with it.`;
    case 'working':
      if (activity?.name === 'limited') return whyLimited(facts);
      if (session !== null && isParked(session)) {
        return `#${task.id} is yours: its Claude is parked. \`claustre attach ${task.id}\` wakes it.`;
      }
      return activity?.name === 'idle'
        ? `#${task.id} is yours: Claude ended its turn and waits at its prompt.`
        : `#${task.id} works${activity?.detail ? `: ${activity.detail}` : ''}.`;
    case 'done':
      return `#${task.id} is done.`;
    default: {
      const place = pullRequest === null ? '' : ` as ${pullRequest.url}`;
      const whose = turn === null ? '' : ` ${turnSentence(turn)}`;
      return `#${task.id} is in review${place}.${whose}`;
    }
  }
}

function whyLimited({ task, limits = [], now = 0 }: Facts): string {
  const then =
    task.mode === 'autonomous'
      ? 'It goes on by itself then.'
      : `\`claustre send ${task.id} continue\` goes on then.`;
  return `#${task.id} is held: ${limitedWords({ limits, now })}. ${then}`;
}

function turnSentence({ of, text }: Turn): string {
  if (of === null) return `Whose turn it is is not known: ${text}.`;
  return `It is ${whoseWords(of)} turn: ${text}.`;
}
