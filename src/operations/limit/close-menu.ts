import type { App } from '#app.ts';
import type { Session } from '#domain/session.ts';

/** Claude opens its menu some moments after it reported the limit. */
const LOOK_MS = 1_000;
/** A menu that stays open, or behind which somebody sits, is looked at again after this. */
const AGAIN_MS = 10_000;
/** So long after the limit was reported Claude has opened its menu, if it does. */
const OPENS_MS = 30_000;
/** The second time is for a key that was lost with whoever pressed it. */
const MOST_TIMES = 2;

/**
 * Closes the menu that Claude opens when a usage limit is reached: while it is open Claude neither takes a prompt nor tells when the limit
 * ends. Only in exactly that state, and only where nobody is at the session. Returns the milliseconds until it is worth to look again; null
 * when nothing is to be closed.
 */
export async function closeLimitMenus(app: App): Promise<number | null> {
  const { store, clock } = app;
  const limited = store.sessions
    .open()
    .filter(({ state, activity }) => state === 'open' && activity.name === 'limited');
  const waits: number[] = [];
  for (const session of limited) {
    const pressed = timesPressed(app, session);
    if (pressed.length >= MOST_TIMES) continue;
    if (hasMenu(app, session)) {
      waits.push(AGAIN_MS);
      const last = pressed.at(-1) ?? Number.NEGATIVE_INFINITY;
      if (clock.now() - last >= AGAIN_MS && !(await isAttached(app, session))) {
        await close(app, session);
      }
    } else if (pressed.length === 0 && clock.now() - session.activity.since < OPENS_MS) {
      waits.push(LOOK_MS);
    }
  }
  return waits.length === 0 ? null : Math.min(...waits);
}

function hasMenu({ claude, host }: App, { id, pane, pid }: Session): boolean {
  if (pane === null || pid === null) return false;
  const environment = claude.readEnvironment(id) ?? host.environment;
  const reading = claude.readSessionsFile(pid, environment);
  return reading?.status === 'waiting' && reading.waitingFor === 'dialog open';
}

/** When it was closed since this limit was reported; milliseconds since 1970. */
function timesPressed({ store }: App, { id, taskId, activity }: Session): number[] {
  return store.events
    .ofTask(taskId, 50)
    .filter(({ kind, sessionId }) => kind === 'limit.close_menu' && sessionId === id)
    .map(({ at }) => Date.parse(at))
    .filter((at) => at >= activity.since);
}

async function isAttached({ tmux }: App, { id }: Session): Promise<boolean> {
  return (await tmux.clients()).some(({ session }) => session === id);
}

async function close({ store, tmux, clock }: App, { id, taskId, pane }: Session): Promise<void> {
  const event = { kind: 'limit.close_menu', source: 'supervisor' as const, at: clock.iso() };
  store.write(() => store.events.append({ ...event, taskId, sessionId: id }));
  if (pane !== null) await tmux.sendKeys(pane, ['Escape']);
}
