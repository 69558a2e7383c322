import type { App, Pane } from '#app.ts';
import {
  hasOrphans,
  hasReviewPane,
  loopedSessions,
  openReviewPanes,
} from '#operations/review/open-panes.ts';
import type { Duty } from './duty.ts';

/** Between two looks for panes: every commit wakes this duty, and one pane more or less is no hurry. */
const LOOK_MS = 2_000;
/** One that ends at once is not started again and again. */
const AGAIN_MS = 5_000;
const WATCH_MS = 5_000;
const REST_MS = 30_000;

/**
 * Sees to it that each task in review with its loop turned on has the pane in which the loop runs. `seen` are the panes as somebody saw them
 * last: while all stand there, tmux is not asked.
 */
export function reviewLoopsDuty(app: App, seen: () => readonly Pane[] | null): Duty {
  const started = new Map<string, number>();
  let lookedAt = Number.NEGATIVE_INFINITY;
  return {
    name: 'review-loops',
    async run() {
      const now = app.clock.now();
      const looped = loopedSessions(app);
      const orphaned = hasOrphans(app, looped);
      if (looped.length === 0 && !orphaned) return REST_MS;
      const panes = seen() ?? [];
      if (!orphaned && looped.every((each) => hasReviewPane(each, panes))) return WATCH_MS;
      if (now - lookedAt < LOOK_MS) return LOOK_MS - (now - lookedAt);
      lookedAt = now;
      const isDue = ({ id }: { id: string }): boolean =>
        now - (started.get(id) ?? Number.NEGATIVE_INFINITY) >= AGAIN_MS;
      for (const { id } of await openReviewPanes(app, looped, isDue)) started.set(id, now);
      // That a pane is gone is told by nobody.
      return WATCH_MS;
    },
  };
}
