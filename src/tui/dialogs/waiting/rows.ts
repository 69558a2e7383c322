import type { Snapshot, TaskRow } from '#app.ts';
import { isAsking } from '#domain/activity.ts';
import type { Request } from '#domain/claude/request.ts';
import type { InboxEntry, InboxKind } from '#domain/inbox.ts';
import { entryOf, noteOf, offersFix } from '#tui/attention.ts';
import type { ActionId } from '#tui/keys/keymap.ts';

/** One thing that waits for a person. Equal requests of several sessions are one. */
export interface WaitingRow {
  readonly key: string;
  readonly kind: InboxKind;
  /** Milliseconds since 1970: since when the oldest of it waits. */
  readonly since: number;
  readonly tasks: readonly TaskRow[];
  readonly text: string;
  /** The same in the list, where only its beginning may have room. */
  readonly brief: string;
  /** Why, in a few words, for a list in which that would be cut off; null where `brief` begins with it. */
  readonly reason: string | null;
  readonly requests: readonly Request[];
  /** What a yes does; null where only going there helps. */
  readonly yes: Yes | null;
  /** It was seen, and does not wait any more. */
  readonly over: boolean;
}

export interface Yes {
  readonly label: string;
  /** The action of the task; null answers the requests. */
  readonly action: ActionId | null;
}

const known = new WeakMap<Snapshot, readonly WaitingRow[]>();

/** Everything that waits for a person, of all projects, oldest first. Made once for each snapshot. */
export function waitingRows(snapshot: Snapshot): readonly WaitingRow[] {
  const found = known.get(snapshot) ?? makeRows(snapshot);
  known.set(snapshot, found);
  return found;
}

function makeRows(snapshot: Snapshot): WaitingRow[] {
  const rows: WaitingRow[] = [];
  const groups = new Map<string, { task: TaskRow; request: Request }[]>();
  const sessions = new Set(snapshot.requests.map(({ sessionId }) => sessionId));
  for (const task of snapshot.tasks) {
    const entry = entryOf(task, snapshot);
    if (entry === null) continue;
    const session = snapshot.sessions.get(task.id);
    const asks = session !== undefined && isAsking(session.activity.name);
    if (!asks || !sessions.has(session.id)) {
      rows.push(entryRow(entry, task, snapshot));
      continue;
    }
    for (const request of snapshot.requests.filter((each) => each.sessionId === session.id)) {
      const same = request.sameAs ?? request.id;
      groups.set(same, [...(groups.get(same) ?? []), { task, request }]);
    }
  }
  for (const group of groups.values()) rows.push(requestRow(group));
  return rows.sort((a, b) => a.since - b.since);
}

function entryRow({ kind, since, text }: InboxEntry, task: TaskRow, facts: Snapshot): WaitingRow {
  const activity = facts.sessions.get(task.id)?.activity.name;
  const asks = activity !== undefined && isAsking(activity);
  const note = asks ? null : noteOf(task, facts, Date.now());
  return {
    key: `${kind} ${task.id}`,
    kind,
    since: Date.parse(since),
    tasks: [task],
    text,
    // The sentence names the task in its middle.
    brief: note === null ? text : `${task.title}: ${note.text}`,
    reason: note?.short ?? null,
    requests: [],
    yes: yesTo(kind, task, facts),
    over: false,
  };
}

function yesTo(kind: InboxKind, task: TaskRow, facts: Snapshot): Yes | null {
  switch (kind) {
    case 'setup_failed':
    case 'error':
      return { label: 'retry', action: 'retry' };
    case 'ready_to_merge':
      return { label: 'merge…', action: 'merge' };
    case 'conflict':
    case 'ci_failed':
    case 'comments':
      return offersFix(task, facts, Date.now()) ? { label: 'fix', action: 'fix' } : null;
    case 'attention':
    case 'draft':
      return { label: 'open', action: 'open' };
    case 'closed':
      return { label: 'done…', action: 'done' };
    case 'alarm':
    case 'unsure':
      return facts.sessions.get(task.id)?.activity.name === 'lost' || task.status === 'interrupted'
        ? { label: 'resume', action: 'launch' }
        : null;
    default:
      return null;
  }
}

const LABELS = { permission: 'allow', question: 'send', plan: 'approve' } as const;

function requestRow(group: readonly { task: TaskRow; request: Request }[]): WaitingRow {
  const sorted = [...group].sort((a, b) => a.request.askedAt - b.request.askedAt);
  const requests = sorted.map(({ request }) => request);
  const [first] = requests as [Request, ...Request[]];
  return {
    // Not what is asked: an equal request that comes later must not be answered by a key meant for this one.
    key: first.id,
    kind: first.kind,
    since: first.askedAt,
    tasks: [...new Set(sorted.map(({ task }) => task))],
    text: first.detail,
    brief: first.detail,
    reason: null,
    requests,
    yes: requests.some(({ waiter }) => waiter !== null)
      ? { label: LABELS[first.kind], action: null }
      : null,
    over: false,
  };
}

/** Whether a yes can hold for the session: Claude offers that in each that asks. */
export function offersAlways({ requests }: WaitingRow): boolean {
  return requests.length > 0 && requests.every(({ always }) => always !== null);
}

/** How many tasks wait in these rows: the same number as in the title bar, however many rows one of them has. */
export function tasksIn(rows: readonly WaitingRow[]): number {
  return new Set(rows.flatMap(({ tasks, over }) => (over ? [] : tasks.map(({ id }) => id)))).size;
}

/** Whether words of the person's own are an answer: to the only question of a row they are. */
export function takesOwnWords({ requests }: WaitingRow): boolean {
  return requests[0]?.questions.length === 1;
}

/** The rows that were seen, in their places, as they are now; what came since stands below them. */
export function withSeen(
  live: readonly WaitingRow[],
  seen: readonly WaitingRow[],
): readonly WaitingRow[] {
  const now = new Map(live.map((row) => [row.key, row]));
  const before = new Set(seen.map(({ key }) => key));
  return [
    ...seen.map((row) => now.get(row.key) ?? { ...row, yes: null, over: true }),
    ...live.filter(({ key }) => !before.has(key)),
  ];
}
