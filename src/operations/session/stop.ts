import type { App } from '#app.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import { applyTaskEvent } from '#operations/task/apply.ts';
import { lookAtSessions } from './look.ts';
import { endClaude } from './park.ts';

/** Why an attempt is stopped from outside: the task is held with this word until it may go on. */
export const STOPS = ['budget', 'looped'] as const;
export type Stop = (typeof STOPS)[number];

/** Claude ends its turn within moments of an Escape. */
const INTERRUPT_MS = 5_000;
const LOOK_MS = 200;

/**
 * Stops what runs in the session of a task: the turn is interrupted as a person would do it, the attempt ends uncharged, the task is interrupted
 * and held, Claude ends. Worktree, branch and conversation stay, and a launch goes on. The intent is written down first: `finishStops` does
 * what a crash leaves.
 */
export async function stopAttempt(
  app: App,
  { task, session }: { task: Task; session: Session },
  why: { code: Stop; phrase: string; remedy: string },
): Promise<void> {
  const { store, clock } = app;
  const begun = store.write(() => {
    const now = store.tasks.find(task.id);
    const open = store.sessions.openOf(task.id);
    if (now?.status !== 'working' || open?.id !== session.id || open.state !== 'open') return false;
    if (now.held !== null) return true;
    const { code, phrase, remedy } = why;
    const text = `It was stopped: ${phrase}. ${remedy}`;
    store.tasks.update(
      task.id,
      { held: code, errorCode: code, errorText: text },
      {
        ...{ kind: 'attempt.stop', source: 'supervisor', at: clock.iso() },
        ...{ projectId: task.projectId, sessionId: session.id, data: { code, reason: phrase } },
      },
    );
    return true;
  });
  if (begun) await finishStops(app);
}

/** Does what is left of stops that were begun. Costs one look at the open sessions when there are none. */
export async function finishStops(app: App): Promise<void> {
  for (const session of app.store.sessions.open()) {
    const task = app.store.tasks.find(session.taskId);
    if (task === null || session.state !== 'open' || !isStop(task.held)) continue;
    if (task.status === 'working') {
      await interrupt(app, session);
      release(app, session.id, task);
    }
    const over = session.activity.name === 'ended' || session.activity.name === 'lost';
    // What was interrupted must not be gone on with by a key that was meant for something else.
    if (!over && session.pane !== null) {
      await endClaude(app, session);
      await lookAtSessions(app, [task.id]);
    }
  }
}

function isStop(held: string | null): held is Stop {
  return STOPS.some((stop) => stop === held);
}

/** Claude at work takes one Escape; where it asks, the first one says no. */
async function interrupt(app: App, { id, taskId, pane }: Session): Promise<void> {
  const { store, clock, tmux } = app;
  if (pane === null) return;
  for (let pressed = 0; pressed < 2; pressed += 1) {
    const deadline = clock.now() + INTERRUPT_MS;
    const name = store.sessions.find(id)?.activity.name;
    if (name === 'idle' || name === 'ended' || name === 'lost' || name === 'limited') return;
    await tmux.sendKeys(pane, ['Escape']);
    while (clock.now() < deadline) {
      await clock.wait(LOOK_MS);
      await lookAtSessions(app, [taskId]);
      const now = store.sessions.find(id)?.activity.name;
      if (now !== 'working' && now !== 'starting') break;
    }
  }
}

function release({ store, clock }: App, sessionId: string, { id, held }: Task): void {
  const at = clock.iso();
  store.write(() => {
    if (store.tasks.find(id)?.status !== 'working') return;
    store.attempts.end(sessionId, at, `stopped: ${held}`, { errorCode: held, charged: false });
    const context = { at, source: 'supervisor' as const, sessionId };
    applyTaskEvent(store, id, 'lose', { ...context, data: { reason: `stopped: ${held}` } });
  });
}
