import type { Snapshot, TaskRow } from '#app.ts';
import { afterWords } from '#domain/dependency.ts';

/** What could not be read is read again after this, whether anybody tells of a change or not. */
const AGAIN_MS = 1_000;

/** At most this often is anything read again, however often something changes. */
const INTERVAL_MS = 100;

export interface Refresh {
  /** Reads again at once; nothing once it was stopped. */
  now(): void;
  stop(): void;
}

/**
 * Brings what was committed, here or by another process, to the screen. The first change is read at once, those that follow within a
 * tenth of a second together. `onChange` is called only when something differs; `onTrouble` with what keeps it from being read, each time
 * anew until it can be read again, and then with null.
 */
export function createRefresh(
  read: () => Snapshot,
  changes: (callback: () => void) => () => void,
  current: () => Snapshot,
  onChange: (snapshot: Snapshot) => void,
  onTrouble: (error: unknown) => void,
): Refresh {
  let timer: NodeJS.Timeout | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  let failed = false;
  let stopped = false;
  const look = (): void => {
    timer = undefined;
    readAt = performance.now();
    try {
      const before = current();
      const after = reuse(before, read());
      if (failed) onTrouble(null);
      failed = false;
      if (after !== before) onChange(after);
    } catch (error) {
      failed = true;
      onTrouble(error);
      clearTimeout(timer);
      timer = setTimeout(look, AGAIN_MS);
    }
  };
  const hint = (): void => {
    if (timer !== undefined) return;
    const wait = readAt + INTERVAL_MS - performance.now();
    if (wait <= 0) look();
    else timer = setTimeout(look, wait);
  };
  const stop = changes(hint);
  return {
    now() {
      clearTimeout(timer);
      // An operation that ends after the dashboard reports here too; what failed would be read again for ever.
      if (!stopped) look();
    },
    stop() {
      stopped = true;
      stop();
      clearTimeout(timer);
    },
  };
}

/** The new snapshot with everything that did not change taken from the old one; the old one itself when nothing did. */
export function reuse(before: Snapshot, after: Snapshot): Snapshot {
  const merged: Snapshot = {
    projects: reuseEqual(before.projects, after.projects),
    tasks: reuseTasks(before.tasks, after.tasks),
    sessions: reuseMap(before.sessions, after.sessions),
    progress: reuseMap(before.progress, after.progress),
    testRuns: reuseMap(before.testRuns, after.testRuns),
    requests: reuseEqual(before.requests, after.requests),
    pullRequests: reuseMap(before.pullRequests, after.pullRequests),
    feedback: reuseMap(before.feedback, after.feedback),
    rounds: reuseMap(before.rounds, after.rounds),
    spent: reuseMap(before.spent, after.spent),
    roundCounts: reuseMap(before.roundCounts, after.roundCounts),
    fixSettings: reuseMap(before.fixSettings, after.fixSettings),
    heldMoves: reuseMap(before.heldMoves, after.heldMoves),
    hosts: reuseEqual(before.hosts, after.hosts),
    overlaps: reuseEqual(before.overlaps, after.overlaps),
    usage: reuseMap(before.usage, after.usage),
    limits: reuseEqual(before.limits, after.limits),
    queue: reuseEqual(before.queue, after.queue),
    shortMemory: reuseEqual(before.shortMemory, after.shortMemory),
    budgetWaits: reuseMap(before.budgetWaits, after.budgetWaits),
    queueSettings: reuseMap(before.queueSettings, after.queueSettings),
    delays: reuseMap(before.delays, after.delays),
    gateRuns: reuseMap(before.gateRuns, after.gateRuns),
  };
  const keys = Object.keys(merged) as (keyof Snapshot)[];
  return keys.every((key) => merged[key] === before[key]) ? before : merged;
}

function reuseTasks(before: TaskRow[], after: TaskRow[]): TaskRow[] {
  // Ids are in order in both nearly always; a map is made only when they are not.
  let known: Map<number, TaskRow> | undefined;
  let same = before.length === after.length;
  const merged = after.map((row, index) => {
    let old = before[index];
    if (old?.id !== row.id) {
      known ??= new Map(before.map((each) => [each.id, each]));
      old = known.get(row.id);
      same = false;
    }
    if (old !== undefined && sameRow(old, row)) return old;
    same = false;
    return row;
  });
  return same ? before : merged;
}

function sameRow(one: TaskRow, other: TaskRow): boolean {
  for (const key of Object.keys(other) as (keyof TaskRow)[]) {
    if (key !== 'openBefore' && one[key] !== other[key]) return false;
  }
  return afterWords(one.openBefore) === afterWords(other.openBefore);
}

function reuseEqual<T>(before: T, after: T): T {
  return JSON.stringify(before) === JSON.stringify(after) ? before : after;
}

function reuseMap<T>(before: Map<number, T>, after: Map<number, T>): Map<number, T> {
  let same = before.size === after.size;
  const merged = new Map<number, T>();
  for (const [key, value] of after) {
    const old = before.get(key);
    const kept = old !== undefined && JSON.stringify(old) === JSON.stringify(value) ? old : value;
    if (kept !== old) same = false;
    merged.set(key, kept);
  }
  return same ? before : merged;
}
