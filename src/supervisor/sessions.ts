import type { App, Pane, TmuxClient } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import { lookAt } from '#operations/session/look.ts';
import type { Duty } from './duty.ts';
import { createLabels } from './labels.ts';
import type { OpenSessions } from './open-sessions.ts';

/** How often panes and Claude's own files are compared with what is recorded. */
const LOOK_MS = 1_000;
/** With nothing open there is nothing to look at until a change wakes the duty. */
const REST_MS = 30_000;

export interface SessionsDuty extends Duty {
  /** The panes as they were seen last; null before the first look. */
  panes(): readonly Pane[] | null;
  close(): void;
}

/** Keeps what is recorded of open sessions true: panes through one control-mode client, which spawns nothing. */
export function sessionsDuty(app: App, open: OpenSessions): SessionsDuty {
  let client: TmuxClient | null = null;
  let seen: readonly Pane[] | null = null;
  let closed = false;
  const labels = createLabels(app);
  const connect = async (): Promise<TmuxClient | null> => {
    if (client !== null) return client;
    const made = await app.tmux.connect();
    if (isRefusal(made)) {
      app.log.info('No control client.', { reason: made.reason });
      return null;
    }
    // An open connection would keep a process alive that was told to end meanwhile.
    if (closed) {
      made.close();
      return null;
    }
    client = made;
    made.onClose(() => {
      if (client === made) client = null;
      // A new server knows nothing of what was said to the old one.
      labels.forget();
    });
    return made;
  };
  return {
    name: 'sessions',
    async run() {
      const sessions = open.list();
      // Asking a server that has just ended would start it again.
      if (sessions.length === 0 || closed) return REST_MS;
      const connected = await connect();
      const panes = connected === null ? await app.tmux.panes() : await connected.panes();
      seen = panes;
      for (const session of sessions) lookAt(app, session, panes);
      if (connected !== null) await labels.tell(connected, open.list());
      return LOOK_MS;
    },
    panes: () => seen,
    close() {
      closed = true;
      client?.close();
    },
  };
}
