import type { App, TmuxClient } from '#app.ts';
import { ClaustreError, isRefusal } from '#domain/error.ts';
import type { Session } from '#domain/session.ts';
import { lookAt } from '#operations/session/look.ts';
import type { Duty } from './duty.ts';
import type { OpenSessions } from './open-sessions.ts';

/** How often panes and Claude's own files are compared with what is recorded. */
const LOOK_MS = 1_000;
/** With nothing open there is nothing to look at until a change wakes the duty. */
const REST_MS = 30_000;

/** Keeps what is recorded of open sessions true: panes through one control-mode client, which spawns nothing. */
export function sessionsDuty(app: App, open: OpenSessions): Duty & { close(): void } {
  let client: TmuxClient | null = null;
  let closed = false;
  const labels = new Map<string, string>();
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
      for (const session of sessions) lookAt(app, session, panes);
      if (connected !== null) await label(app, connected, open.list(), labels);
      return LOOK_MS;
    },
    close() {
      closed = true;
      client?.close();
    },
  };
}

/** Keeps tmux's own list of sessions, in its status line, as true as the dashboard. */
async function label(
  app: App,
  client: TmuxClient,
  sessions: readonly Session[],
  labels: Map<string, string>,
): Promise<void> {
  for (const session of sessions) {
    const text = `#${session.taskId} ${session.activity.name}`;
    if (labels.get(session.id) === text || session.state !== 'open') continue;
    labels.set(session.id, text);
    const title = app.store.tasks.find(session.taskId)?.title ?? '';
    try {
      await client.setLabel(session.id, `${text} ${title}`);
    } catch (error) {
      // It was ended between the look and the label.
      if (!(error instanceof ClaustreError) || error.code !== 'not_found') throw error;
    }
  }
}
