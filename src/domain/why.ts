import { isParked } from '#domain/parking/park.ts';
import { isAtWork } from '#domain/pull-request/after-merge.ts';
import { type Feedback, isUndecided, newestStatement } from '#domain/pull-request/feedback.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import { type Turn, type TurnFacts, turnOf, whoseWords } from '#domain/pull-request/turn.ts';
import { isAsking } from './activity.ts';
import type { After } from './dependency.ts';
import type { Session } from './session.ts';
import { type Task, waits } from './task.ts';

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

interface Facts extends Partial<Pick<TurnFacts, 'round' | 'feedback' | 'fix' | 'stack'>> {
  task: Pick<Task, 'id' | 'title' | 'status' | 'mode' | 'held' | 'updatedAt' | 'push' | 'loop'>;
  session:
    | (Pick<Session, 'activity' | 'turnEndedAt' | 'lookedAt'> &
        Partial<Pick<Session, 'leftOut' | 'parkedAt'>>)
    | null;
  pullRequest: PullRequest | null;
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
  if (activity !== null && task.status !== 'done') {
    const since = new Date(activity.since).toISOString();
    if (isAsking(activity.name)) {
      const kind = activity.name === 'plan' ? 'plan' : activity.name;
      return entry(kind as InboxKind, since, activity.detail ?? `Claude waits in "${task.title}".`);
    }
    const left = leftOutOf(facts);
    if (left !== null) {
      const ways = `claustre send ${task.id} asks Claude for a new pull request, claustre done ${task.id} finishes it`;
      return entry('unsure', since, `"${task.title}" was merged, but ${left}; ${ways}.`);
    }
    if (session !== null && stopped(task, session)) {
      return entry('unsure', since, `Claude stopped in "${task.title}" without delivering.`);
    }
    if (activity.name === 'lost' && task.status === 'working') {
      return entry('unsure', since, `The session of "${task.title}" is gone.`);
    }
  }
  return fromStatus(facts, entry);
}

/** What the merge of its pull request left out, once Claude rests; null for nothing. */
function leftOutOf({ session, pullRequest }: Facts): string | null {
  if (session === null || pullRequest?.state !== 'merged' || isAtWork(session)) return null;
  return session.leftOut ?? null;
}

/** Nobody watches an autonomous task: one whose Claude waits at its prompt, and whose last turn was looked at, goes on only with a person. */
function stopped(task: Facts['task'], session: NonNullable<Facts['session']>): boolean {
  if (task.mode !== 'autonomous' || task.status !== 'working') return false;
  const { turnEndedAt, lookedAt } = session;
  return rests(session) && turnEndedAt !== null && turnEndedAt <= (lookedAt ?? 0);
}

/** Whether its Claude is at its prompt, or was before it was parked. */
function rests({ activity, parkedAt = null }: NonNullable<Facts['session']>): boolean {
  return activity.name === 'idle' || parkedAt !== null;
}

type Entry = (kind: InboxKind, since: string, text: string) => InboxEntry;

function fromStatus(facts: Facts, entry: Entry): InboxEntry | null {
  const { task } = facts;
  switch (task.status) {
    case 'interrupted':
      return entry(
        'unsure',
        task.updatedAt,
        `The session of "${task.title}" ended; launch resumes it.`,
      );
    case 'error':
      return entry('error', task.updatedAt, `"${task.title}" ended in an error.`);
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

function remedy(task: Pick<Task, 'id' | 'held'>): string {
  switch (task.held) {
    case 'setup failed':
      return ` See \`claustre logs ${task.id} --setup\`; \`claustre retry ${task.id}\` runs it again.`;
    case 'launch failed':
      return ` \`claustre retry ${task.id}\` tries again.`;
    case 'killed':
      return ` \`claustre launch ${task.id}\` starts it again.`;
    default:
      return '';
  }
}

/** A dialog before Claude's start is a question, too, but no hook waits for its answer. */
function wayToAnswer({ kind, task, text }: InboxEntry): string {
  if (kind !== 'permission' && kind !== 'plan') return '';
  const end = /[.?!…]$/.test(text) ? '' : '.';
  return `${end} \`claustre answer ${task}\` says yes, with --deny no.`;
}

/** Why a task stands where it stands and what moves it on, in one or two sentences. */
export function why(
  facts: Facts & { turn?: Turn | null },
  openBefore: readonly After[],
  reason: string | null = null,
): string {
  const { task, session, pullRequest, turn = null } = facts;
  const activity = session?.activity ?? null;
  const waiting = waits(task, openBefore);
  if (waiting !== null) {
    const because = reason === null ? '' : ` ${reason}`;
    return `#${task.id} waits: ${waiting}.${because}${remedy(task)}`;
  }
  const wanted = inboxEntry(facts);
  if (wanted !== null) return `#${task.id} needs you: ${wanted.text}${wayToAnswer(wanted)}`;
  switch (task.status) {
    case 'draft':
      return `#${task.id} is a draft; edit --submit makes it pending.`;
    case 'pending':
      return `#${task.id} is ready; nothing but a launch is missing.`;
    case 'working':
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

function turnSentence({ of, text }: Turn): string {
  if (of === null) return `Whose turn it is is not known: ${text}.`;
  return `It is ${whoseWords(of)} turn: ${text}.`;
}
