import type { App, Pane } from '#app.ts';
import { isRefusal, type Refusal } from '#domain/error.ts';

/** The supervisor's own tmux session; the underscore hides it from the list of sessions. */
export const SUPERVISOR_SESSION = '_supervisor';

/**
 * Keeps the program running: it is started again when it was killed or crashed, and not when it ended itself (exit code 0). The words are
 * fixed; node and script come as arguments. The pause keeps a program that cannot start from spinning.
 */
const LOOP = 'until "$0" "$1" supervise; do sleep 1; done';

/** No supervisor that runs is silent for this long: its loop cannot start it (a new node lies elsewhere), or it hangs. */
const SILENT_MS = 60_000;

/** Starts the supervisor when none runs. What goes wrong is logged and not passed on: whoever needs it next tries again. */
export async function ensureSupervisor(app: App): Promise<void> {
  try {
    const started = await startIfNeeded(app);
    if (isRefusal(started)) {
      app.log.error('The supervisor could not be started.', started.reason);
    }
  } catch (error) {
    app.log.error('The supervisor could not be started.', error);
  }
}

async function startIfNeeded({ tmux, paths, host }: App): Promise<Pane | Refusal | null> {
  const panes = (await tmux.panes()).filter((pane) => pane.session === SUPERVISOR_SESSION);
  // Its pane and not its heartbeat: a supervisor that is just being ended still has a fresh one.
  if (panes.some((pane) => !pane.dead) && !isSilent({ paths, host })) return null;
  // Through a file and not through tmux: arguments are visible to every user of the machine, and tmux takes only 16 kB of them.
  host.keepEnvironment(paths.environment);
  const program: [string, string, ...string[]] = ['/bin/sh', '-c', LOOP, paths.node, paths.main];
  const request = {
    name: SUPERVISOR_SESSION,
    cwd: paths.home,
    env: { CLAUSTRE_HOME: paths.home },
    argv: program,
  };
  return panes.length > 0
    ? tmux.respawn(request)
    : tmux.createSession({ ...request, columns: 80, rows: 24, label: 'supervisor' });
}

/** Whether a pane that runs holds no supervisor. One that was only just started has had no time to beat. */
function isSilent({ paths, host }: Pick<App, 'paths' | 'host'>): boolean {
  const beat = host.lastBeat(paths.heartbeat);
  if (beat !== null && beat.ageMs <= SILENT_MS) return false;
  // Kept anew at each start: its age is that of the last start.
  const start = host.lastBeat(paths.environment);
  return start !== null && start.ageMs > SILENT_MS;
}
