import type { GateRun } from '#domain/gate/gate.ts';
import { redWords } from '#domain/gate/words.ts';
import { isAtWork } from '#domain/pull-request/after-merge.ts';
import { type Feedback, isUndecided, newestStatement } from '#domain/pull-request/feedback.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import { type TurnFacts, turnOf } from '#domain/pull-request/turn.ts';
import { limitHold } from '#domain/queue/limit.ts';
import { isAsking } from './activity.ts';
import { attemptStanding } from './attempt/standing.ts';
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

/** What is known of a task, of which it follows whether it wants something from a person. */
export interface InboxFacts
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
export function inboxEntry(facts: InboxFacts): InboxEntry | null {
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
  // Of a launch of their own a person was told at once.
  if (task.status === 'pending' && task.held === 'launch failed' && task.mode === 'autonomous') {
    const text = `"${task.title}" could not be launched; claustre why ${task.id} says why.`;
    return entry('error', task.updatedAt, text);
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
function stoppedEntry({ status, held, updatedAt, errorText }: InboxFacts['task'], entry: Entry) {
  if (status !== 'interrupted' || (held !== 'budget' && held !== 'looped')) return null;
  return entry(held === 'budget' ? 'budget' : 'alarm', updatedAt, errorText ?? 'It was stopped.');
}

/** Autonomous tasks go on by themselves then. */
function isLimitOver({ task, limits, now }: InboxFacts): boolean {
  if (task.mode === 'autonomous' || limits === undefined || now === undefined) return false;
  return limitHold(limits, { reservePercent: 0 }, now) === null;
}

/** What the merge of its pull request left out, once Claude rests; null for nothing. */
function leftOutOf({ session, pullRequest }: InboxFacts): string | null {
  if (session === null || pullRequest?.state !== 'merged' || isAtWork(session)) return null;
  return session.leftOut ?? null;
}

/** Nobody watches an autonomous task: one whose Claude waits at its prompt, and whose last turn was looked at, goes on only with a person. */
function stopped(task: InboxFacts['task'], session: NonNullable<InboxFacts['session']>): boolean {
  if (task.mode !== 'autonomous' || task.status !== 'working') return false;
  return isJudged(session);
}

/** Claude rests, and the work of its last turn was looked at. */
function isJudged(session: NonNullable<InboxFacts['session']>): boolean {
  const { turnEndedAt, judgedAt } = session;
  return rests(session) && turnEndedAt !== null && turnEndedAt <= (judgedAt ?? 0);
}

/** Whether its Claude is at its prompt, or was before it was parked. */
function rests({ activity, parkedAt = null }: NonNullable<InboxFacts['session']>): boolean {
  return activity.name === 'idle' || parkedAt !== null;
}

/** The gate that keeps a person's own task from being delivered, as a phrase. */
export function redGate(
  { task, gates = [] }: Pick<InboxFacts, 'task' | 'gates'>,
  session: NonNullable<InboxFacts['session']>,
): string | null {
  if (task.status !== 'working' || !isJudged(session)) return null;
  const red = gates.find(({ outcome }) => outcome !== null && outcome !== 'passed');
  return red === undefined ? null : `gate ${red.gate} ${redWords(red)}`;
}

/** What ended it, with the evidence. */
function errorSentence({ title, errorText = null }: InboxFacts['task']): string {
  if (errorText === null) return `"${title}" ended in an error.`;
  return `"${title}" ended in an error: ${errorText}${/[.?!…]$/.test(errorText) ? '' : '.'}`;
}

type Entry = (kind: InboxKind, since: string, text: string) => InboxEntry;

function fromStatus(facts: InboxFacts, entry: Entry): InboxEntry | null {
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
function fromTurn(facts: InboxFacts, entry: Entry): InboxEntry | null {
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
