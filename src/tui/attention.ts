import type { Snapshot, TaskRow } from '#app.ts';
import { isAsking } from '#domain/activity.ts';
import { failedChecks } from '#domain/pull-request/checks.ts';
import { waits } from '#domain/task.ts';
import { type InboxEntry, inboxEntry } from '#domain/why.ts';

type Facts = Pick<Snapshot, 'sessions' | 'pullRequests'>;

/** Whether the next step is a person's. The same rule fills the inbox. */
export function needsYou(task: TaskRow, facts: Facts): boolean {
  return entryOf(task, facts) !== null;
}

/** What a task wants from a person now, or null. */
export function entryOf(task: TaskRow, { sessions, pullRequests }: Facts): InboxEntry | null {
  if (task.status === 'done' || task.status === 'draft') return null;
  const session = sessions.get(task.id) ?? null;
  return inboxEntry({ task, session, pullRequest: pullRequests.get(task.id) ?? null });
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
}

/** What Claude asks, why the task needs a person, or why it waits; null when its status says it all. */
export function noteOf(task: TaskRow, facts: Facts): Note | null {
  const reason = waits(task, task.openBefore);
  if (reason !== null) return { text: reason, short: reason, asks: task.held === 'setup failed' };
  const activity = facts.sessions.get(task.id)?.activity;
  if (activity !== undefined && task.status !== 'done') {
    const { name, detail } = activity;
    const text = detail === null || detail === '' ? name : `${name}: ${detail}`;
    const asks = isAsking(name) || name === 'limited' || name === 'lost';
    if (asks) return { text, short: name, asks };
  }
  const entry = entryOf(task, facts);
  if (entry !== null) return reasonOf(entry, task, facts);
  // "working" beside a working task says nothing new.
  const quiet = task.status !== 'working' || activity === undefined || activity.name === 'working';
  return quiet ? null : { text: activity.name, short: activity.name, asks: false };
}

function reasonOf({ kind }: InboxEntry, task: TaskRow, { pullRequests }: Facts): Note {
  const said = (short: string, text = short): Note => ({ text, short, asks: true });
  const pullRequest = pullRequests.get(task.id);
  switch (kind) {
    case 'conflict': {
      const base = pullRequest?.base ?? task.base;
      return said('conflicts', `conflicts with ${base ?? 'its base'}`);
    }
    case 'ci_failed': {
      const names = failedChecks(pullRequest?.checkRuns ?? []).slice(0, 3);
      if (names.length === 0) return said('checks failed');
      return said(`failed: ${names[0]}`, `failed: ${names.join(', ')}`);
    }
    case 'ready_to_merge':
      return said('ready to merge');
    case 'closed':
      return said('PR closed', 'pull request closed unmerged');
    case 'error':
      return said('failed', 'ended in an error');
    case 'unsure':
      return task.status === 'interrupted'
        ? said('session ended')
        : said('stopped', 'stopped without delivering');
    case 'setup_failed':
      return said('setup failed');
    default:
      return said(kind);
  }
}
