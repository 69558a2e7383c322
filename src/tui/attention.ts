import type { Snapshot, TaskRow } from '#app.ts';
import { isAsking } from '#domain/activity.ts';
import { againWords, attemptStanding } from '#domain/attempt/standing.ts';
import { type InboxEntry, inboxEntry, redGate } from '#domain/inbox.ts';
import { isParked } from '#domain/parking/park.ts';
import { refreshOf } from '#domain/pull-request/behind.ts';
import {
  type FixState,
  findingsForPerson,
  fixPolicy,
  fixState,
  NOTHING_SPENT,
  UNSAID_FIX_SETTINGS,
} from '#domain/pull-request/fix.ts';
import { type Turn, type TurnKind, turnOf } from '#domain/pull-request/turn.ts';
import { limitedWords } from '#domain/queue/account.ts';
import { waitWords } from '#domain/queue/ready.ts';
import type { Wait } from '#domain/queue/wait.ts';
import { isReviewed } from '#domain/task.ts';
import { formatMoment } from '#domain/words/clock-time.ts';
import { turnNote } from '#tui/panels/turn-note.ts';
import { type QueueSnapshot, waitIn } from '#tui/panels/wait-note.ts';
import { stackIn } from './stack.ts';

type Facts = Pick<
  Snapshot,
  | 'tasks'
  | 'sessions'
  | 'pullRequests'
  | 'feedback'
  | 'rounds'
  | 'spent'
  | 'fixSettings'
  | 'heldMoves'
  | 'limits'
  | 'hosts'
  | 'gateRuns'
>;

/** What a note needs to know beside that: what the queue would do. */
export type NoteFacts = Facts & QueueSnapshot;

/** Whether the next step is a person's. The same rule fills the inbox. */
export function needsYou(task: TaskRow, facts: Facts): boolean {
  return entryOf(task, facts) !== null;
}

/** What a task wants from a person now, or null. */
export function entryOf(task: TaskRow, facts: Facts): InboxEntry | null {
  if (task.status === 'done' || task.status === 'draft') return null;
  const session = facts.sessions.get(task.id) ?? null;
  const now = Date.now();
  const { limits } = facts;
  const gates = facts.gateRuns.get(task.id) ?? [];
  return inboxEntry({ ...reviewFacts(task, facts, now), task, session, gates, limits, now });
}

function fixFacts(task: TaskRow, facts: Facts, now: number) {
  const pullRequest = facts.pullRequests.get(task.id) ?? null;
  const round = facts.rounds.get(task.id) ?? null;
  const feedback = pullRequest === null ? [] : (facts.feedback.get(pullRequest.id) ?? []);
  return {
    ...{ task, pullRequest, round, feedback, now },
    session: facts.sessions.get(task.id) ?? null,
    spent: (pullRequest && facts.spent.get(pullRequest.id)) ?? NOTHING_SPENT,
    limits: facts.limits,
    settings: facts.fixSettings.get(task.projectId) ?? UNSAID_FIX_SETTINGS,
  };
}

function reviewFacts(task: TaskRow, facts: Facts, now: number) {
  const known = fixFacts(task, facts, now);
  const { pullRequest, round, feedback } = known;
  const refresh = refreshOf(task, known.session, pullRequest, {
    policy: fixPolicy(task, known.settings),
    held: facts.heldMoves.get(task.id) ?? null,
  });
  const stack = stackIn(task.id, facts);
  return { pullRequest, round, feedback, fix: fixState(known), stack, refresh };
}

/** The gate that keeps the work of a task from being delivered, as a phrase; null for none. */
export function redGateOf(
  task: TaskRow,
  { sessions, gateRuns }: Pick<Facts, 'sessions' | 'gateRuns'>,
): string | null {
  const session = sessions.get(task.id);
  return session === undefined
    ? null
    : redGate({ task, gates: gateRuns.get(task.id) ?? [] }, session);
}

/** Whether Claude can be told to fix something of a task, by a person's word. */
export function canFix(task: TaskRow, facts: Facts, now: number): boolean {
  const known = fixFacts(task, facts, now);
  return fixState(known).kind !== 'none' || findingsForPerson(known).length > 0;
}

/** Where the fixing of a task stands at this time. */
function fixIn(task: TaskRow, facts: Facts, now: number): FixState {
  return fixState(fixFacts(task, facts, now));
}

/** Whether Claude is offered to fix what stands against it: where that is switched off a person has to ask for it. */
export function offersFix(task: TaskRow, facts: Facts, now: number): boolean {
  return task.push !== 'local' && fixIn(task, facts, now).kind !== 'off';
}

/** Whose turn a task is at this time; null when it is not in review. */
export function turnIn(task: TaskRow, facts: Facts, now: number): Turn | null {
  return turnFrom(task, reviewFacts(task, facts, now), facts, now);
}

function turnFrom(
  task: TaskRow,
  review: ReturnType<typeof reviewFacts>,
  facts: Facts,
  now: number,
): Turn | null {
  const host = facts.hosts.find((each) => each.host === review.pullRequest?.host) ?? null;
  return turnOf({ ...review, task, session: facts.sessions.get(task.id) ?? null, host, now });
}

interface Waiting {
  readonly entries: readonly InboxEntry[];
  readonly counts: ReadonlyMap<number, number>;
}

const waiting = new WeakMap<object, Waiting>();

/** Looked up once for each snapshot. */
function waitingOf(snapshot: Snapshot): Waiting {
  const known = waiting.get(snapshot);
  if (known !== undefined) return known;
  const entries: InboxEntry[] = [];
  const counts = new Map<number, number>();
  for (const task of snapshot.tasks) {
    const entry = entryOf(task, snapshot);
    if (entry === null) continue;
    entries.push(entry);
    counts.set(task.projectId, (counts.get(task.projectId) ?? 0) + 1);
  }
  const found = { entries, counts };
  waiting.set(snapshot, found);
  return found;
}

/** Everything that needs a person, in no order. The same list for the same snapshot. */
export function waitingIn(snapshot: Snapshot): readonly InboxEntry[] {
  return waitingOf(snapshot).entries;
}

/** How many tasks of each project need a person. */
export function attentionOf(snapshot: Snapshot): ReadonlyMap<number, number> {
  return waitingOf(snapshot).counts;
}

/** What the row of a task says beside its title. */
export interface Note {
  readonly text: string;
  /** The same where there is little room. */
  readonly short: string;
  /** It is the person's turn, or something went wrong. */
  readonly asks: boolean;
  /** Before it, where it is somebody else's turn. */
  readonly sign?: string;
  /** Of a task in review: what it is about, so that no mark beside it says the same. */
  readonly kind?: TurnKind;
}

/**
 * What Claude asks, whose turn a review is, why the task needs a person, or why it waits; null when its status says it all. `now` in
 * milliseconds since 1970.
 */
export function noteOf(task: TaskRow, facts: NoteFacts, now: number): Note | null {
  const waiting = waitNote(task, facts, now);
  if (waiting !== null) return waiting;
  const session = facts.sessions.get(task.id);
  const standing = session === undefined ? null : attemptStanding(task, session);
  if (standing?.of === 'clock') {
    const text = againWords(standing, now);
    return { text: `${text}: ${standing.text}`, short: text, asks: false };
  }
  const activity = session?.activity;
  if (activity !== undefined && task.status !== 'done') {
    const { name, detail } = activity;
    const text = detail === null || detail === '' ? name : `${name}: ${detail}`;
    // With the work out, whose turn it is counts, and where that is Claude's, fixing says what it waits for.
    const stopped = (name === 'limited' || name === 'lost') && !isReviewed(task.status);
    if (name === 'limited' && stopped) {
      const { limits } = facts;
      return { text: limitedWords({ limits, now }), short: name, asks: task.mode !== 'autonomous' };
    }
    if (isAsking(name) || stopped) return { text, short: name, asks: true };
  }
  const review = reviewFacts(task, facts, now);
  const turn = turnFrom(task, review, facts, now);
  if (turn !== null) return turnNote(turn, review, now);
  const entry = entryOf(task, facts);
  if (entry !== null) return reasonOf(entry, task, redGateOf(task, facts));
  // "working" beside a working task says nothing new.
  if (task.status !== 'working' || session === undefined) return null;
  const does = isParked(session) ? 'parked' : session.activity.name;
  return does === 'working' ? null : { text: does, short: does, asks: false };
}

/** Why it does not start by itself, with what is too long for a narrow row left out of the short form. */
function waitNote(task: TaskRow, facts: NoteFacts, now: number): Note | null {
  const wait = waitIn(task, facts, now);
  const text = waitWords(wait);
  if (wait === null || text === null) return null;
  return { text, short: shortWait(wait, now), asks: needsYou(task, facts) };
}

/** Of a time the moment is enough, of what holds everything that it does: the rest stands above all rows and in the details. */
function shortWait({ kind, text, until }: Wait, now: number): string {
  const moment = until === null ? null : formatMoment(until, now);
  switch (kind) {
    case 'held':
      return text;
    case 'paused':
    case 'project_paused':
      return 'paused';
    case 'at':
    case 'delay':
      return moment === null ? text : `at ${moment}`;
    case 'limit':
      return moment === null ? 'usage limit' : `limit until ${moment}`;
    case 'after':
      // What stands in the way tells more than what it waits for.
      return text.replace(/^.*; /, '').replace(/^after (#\d+).*, which /, '$1 ');
    default:
      return text.split(': ')[0] ?? text;
  }
}

function reasonOf({ kind }: InboxEntry, task: TaskRow, gate: string | null): Note {
  const said = (short: string, text = short): Note => ({ text, short, asks: true });
  switch (kind) {
    case 'error':
      return said(
        'failed',
        task.errorText === null ? 'ended in an error' : `failed: ${task.errorText}`,
      );
    case 'unsure':
      return task.status === 'interrupted'
        ? said('session ended')
        : said('stopped', 'stopped without delivering');
    case 'setup_failed':
      return said('setup failed');
    case 'attention':
      return said(gate ?? kind);
    case 'limited':
      return said('limit over', 'its usage limit is over');
    case 'budget':
      return said('budget', 'stopped by a budget');
    case 'alarm':
      return task.status === 'interrupted'
        ? said('looped', 'stopped: it ran in circles')
        : said('in circles?', 'may run in circles');
    default:
      return said(kind);
  }
}
