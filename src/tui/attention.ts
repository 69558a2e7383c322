import type { Snapshot, TaskRow } from '#app.ts';
import { isAsking } from '#domain/activity.ts';
import { waits } from '#domain/task.ts';
import { inboxEntry } from '#domain/why.ts';

type Facts = Pick<Snapshot, 'sessions' | 'pullRequests'>;

/** Whether the next step is a person's. The same rule fills the inbox. */
export function needsYou(task: TaskRow, { sessions, pullRequests }: Facts): boolean {
  if (task.status === 'done' || task.status === 'draft') return false;
  const session = sessions.get(task.id) ?? null;
  return inboxEntry({ task, session, pullRequest: pullRequests.get(task.id) ?? null }) !== null;
}

const counts = new WeakMap<object, ReadonlyMap<number, number>>();

/** How many tasks of each project need a person. Counted once for each snapshot. */
export function attentionOf(snapshot: Snapshot): ReadonlyMap<number, number> {
  const known = counts.get(snapshot);
  if (known !== undefined) return known;
  const found = new Map<number, number>();
  for (const task of snapshot.tasks) {
    if (!needsYou(task, snapshot)) continue;
    found.set(task.projectId, (found.get(task.projectId) ?? 0) + 1);
  }
  counts.set(snapshot, found);
  return found;
}

/** What the row of a task says beside its title: what Claude asks, or why the task waits. */
export function noteOf(
  task: TaskRow,
  { sessions }: Pick<Facts, 'sessions'>,
): { readonly text: string; readonly asks: boolean } | null {
  const reason = waits(task, task.openBefore);
  if (reason !== null) return { text: reason, asks: task.held === 'setup failed' };
  const activity = sessions.get(task.id)?.activity;
  if (activity === undefined || task.status === 'done') return null;
  const { name, detail } = activity;
  const text = detail === null || detail === '' ? name : `${name}: ${detail}`;
  if (isAsking(name) || name === 'limited' || name === 'lost') return { text, asks: true };
  // "working" beside a working task says nothing new.
  return task.status === 'working' && name !== 'working' ? { text: name, asks: false } : null;
}
