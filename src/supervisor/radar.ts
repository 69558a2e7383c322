import type { App } from '#app.ts';
import type { Overlap } from '#domain/overlap.ts';
import { measureOverlaps, newRadarMemory } from '#operations/overlap/measure.ts';
import type { Duty } from './duty.ts';
import type { OpenSessions } from './open-sessions.ts';

const LOOK_MS = 30_000;
/** A look that took long is not taken again before this many times as long has passed: git gets a twentieth of a core at most. */
const SHARE = 20;
/** With one session open, or none, nothing can overlap; a change in the database wakes the duty. */
const REST_MS = 60_000;

/** Sees which open worktrees touch the same files before they meet in a merge. */
export function radarDuty(app: App, open: OpenSessions): Duty {
  const { clock, store } = app;
  const memory = newRadarMemory();
  let nextAt = Number.NEGATIVE_INFINITY;
  return {
    name: 'radar',
    async run() {
      // Every commit of anything wakes it, its own too.
      const wait = nextAt - clock.now();
      if (wait > 0) return wait;
      const began = clock.now();
      const overlaps = await measureOverlaps(app, open.list(), memory);
      keep(store, overlaps);
      nextAt = clock.now() + Math.max(LOOK_MS, (clock.now() - began) * SHARE);
      return open.list().length > 1 ? nextAt - clock.now() : REST_MS;
    },
  };
}

/** Writes them when they say something new: each write wakes every dashboard. */
function keep(store: App['store'], overlaps: readonly Overlap[]): void {
  const told = (each: Overlap): string =>
    JSON.stringify([each.taskId, each.otherId, each.files, each.conflicts]);
  const known = store.overlaps.all();
  const texts = new Set(known.map(told));
  if (overlaps.length === known.length && overlaps.every((each) => texts.has(told(each)))) return;
  const before = new Map(known.map((each) => [told(each), each]));
  store.write(() => store.overlaps.replace(overlaps.map((each) => before.get(told(each)) ?? each)));
}
