import type { App } from '#app.ts';
import type { Session } from '#domain/session.ts';
import { type Due, dueOfStacks, dueSiblings, follow, sayHeld } from '#operations/stack/follow.ts';
import type { Duty } from './duty.ts';
import { createLanes, PATIENCE_MS } from './lanes.ts';
import type { OpenSessions } from './open-sessions.ts';

const REST_MS = 60_000;
/** How often it is looked for others that fell behind: what they are read from changes no faster. */
const SIBLINGS_MS = 5_000;
/** What was refused is tried again after these, unless a fact of it changes before. */
const AGAIN_MS = [10_000, 30_000, 120_000, 300_000];

interface Tried {
  mark: string;
  times: number;
  nextAt: number;
}

/**
 * Keeps stacked branches on their parents, brings them where those were merged, and others that fell behind up to their base, one at a time.
 * Projects beside each other: each has a remote of its own.
 */
export function stacksDuty(app: App, open: OpenSessions, lanes = createLanes()): Duty {
  const tried = new Map<string, Tried>();
  let lookedAt = Number.NEGATIVE_INFINITY;
  return {
    name: 'stacks',
    async run() {
      const sessions = open.list();
      for (const id of tried.keys()) if (!sessions.some((each) => each.id === id)) tried.delete(id);
      const now = app.clock.now();
      const siblings = now - lookedAt < SIBLINGS_MS ? [] : dueSiblings(app, sessions);
      if (now - lookedAt >= SIBLINGS_MS) lookedAt = now;
      const due = [...dueOfStacks(app, sessions), ...siblings];
      const projects = Map.groupBy(due, ({ session }) => projectOf(app, session));
      const work = [...projects].map(
        ([project, all]) => [project, () => attemptAll(app, all, tried)] as const,
      );
      if (await lanes.run(new Map(work))) return PATIENCE_MS;
      const tries = due.flatMap(({ session }) => tried.get(session.id)?.nextAt ?? []);
      return Math.max(250, Math.min(now + REST_MS, ...tries) - app.clock.now());
    },
  };
}

function projectOf({ store }: App, { taskId }: Session): string {
  return String(store.tasks.find(taskId)?.projectId);
}

async function attemptAll(app: App, due: readonly Due[], tried: Map<string, Tried>): Promise<void> {
  for (const each of due) {
    const before = tried.get(each.session.id);
    const again = before?.mark === each.mark ? before : null;
    if (again !== null && again.nextAt > app.clock.now()) continue;
    tried.set(each.session.id, await attempt(app, each, again?.times ?? 0));
  }
}

async function attempt(app: App, due: Due, times: number): Promise<Tried> {
  let reason: string | null;
  try {
    reason = await follow(app, due);
  } catch (error) {
    app.log.error(`The branch of #${due.session.taskId} could not be moved.`, error);
    reason = 'Something went wrong; the log of the supervisor says what.';
  }
  if (reason !== null) sayHeld(app, due, reason);
  const wait = AGAIN_MS[Math.min(times, AGAIN_MS.length - 1)] ?? REST_MS;
  return { mark: due.mark, times: times + 1, nextAt: app.clock.now() + wait };
}
