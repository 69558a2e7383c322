import type { TaskRow } from '#app.ts';
import type { View } from '#tui/view.ts';

/** So long after the last key the hands rest, and the rows may go where they belong by now. */
const REST_MS = 3_000;

/**
 * Keeps the rows in their places while a person is at it, so that nothing jumps under the cursor just before Enter. Returns what is to be called
 * with each key. The order is let go when no key came for a while, and never while a dialog or the filter is open.
 */
export function createHands(
  view: () => View,
  update: (change: (view: View, tasks: readonly TaskRow[]) => View) => void,
  restMs = REST_MS,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  const wait = (): void => {
    clearTimeout(timer);
    timer = setTimeout(rest, restMs).unref();
  };
  const rest = (): void => {
    const { dialog, filtering } = view();
    if (dialog !== null || filtering) wait();
    else update((now) => ({ ...now, kept: null }));
  };
  return () => {
    update((now, tasks) => (now.kept === null ? { ...now, kept: tasks } : now));
    wait();
  };
}

/** The kept order with one task in the place to which the person has just moved it; its status there stays the kept one. */
export function keepMoved(
  kept: readonly TaskRow[] | null,
  tasks: readonly TaskRow[],
  id: number,
): readonly TaskRow[] | null {
  const task = tasks.find((each) => each.id === id);
  const known = kept?.find((each) => each.id === id);
  if (kept === null || task === undefined || known === undefined) return kept;
  const { priority, position } = task;
  if (priority === known.priority && position === known.position) return kept;
  return kept.map((each) => (each === known ? { ...known, priority, position } : each));
}
