import type { App, TmuxClient } from '#app.ts';
import { ClaustreError } from '#domain/error.ts';
import { isParked } from '#domain/parking/park.ts';
import type { Session } from '#domain/session.ts';
import { activitySign } from '#format/status.ts';
import { inboxEntries } from '#operations/notification/waiting.ts';

/** Keeps what tmux shows of the sessions as true as the dashboard: its tabs, and how much waits for a person. */
export interface Labels {
  /** Says what changed since it was said last; reads nothing while nothing was committed. */
  tell(client: TmuxClient, sessions: readonly Session[]): Promise<void>;
  /** Nothing counts as said any more. */
  forget(): void;
}

export function createLabels(app: Pick<App, 'store' | 'config' | 'clock'>): Labels {
  const { store } = app;
  const said = new Map<string, string>();
  let needs: number | null = null;
  let seen = '';
  return {
    async tell(client, sessions) {
      const version = `${store.dataVersion()}:${store.ownChanges()}`;
      if (version === seen) return;
      const entries = inboxEntries(app);
      const asking = new Set(entries.map(({ task }) => task));
      for (const session of sessions) await tellOne(store, client, session, said, asking);
      if (needs !== entries.length) await client.setNeeds(entries.length);
      needs = entries.length;
      // What failed on the way is said again at the next look.
      seen = version;
      const open = new Set(sessions.map(keyOf));
      for (const key of said.keys()) if (!open.has(key)) said.delete(key);
    },
    forget() {
      said.clear();
      needs = null;
      seen = '';
    },
  };
}

/** A session that was restored or resumed has a tmux session that may be new: its labels are said again. */
function keyOf({ id, movedAt }: Session): string {
  return `${id} ${movedAt}`;
}

async function tellOne(
  store: App['store'],
  client: TmuxClient,
  session: Session,
  said: Map<string, string>,
  asking: ReadonlySet<number>,
): Promise<void> {
  if (session.state !== 'open') return;
  const asks = asking.has(session.taskId);
  const title = store.tasks.find(session.taskId)?.title ?? '';
  const text = `${activitySign(session.activity.name, isParked(session)).symbol} #${session.taskId} ${title}`;
  const whole = `${asks} ${text}`;
  const key = keyOf(session);
  if (said.get(key) === whole) return;
  said.set(key, whole);
  try {
    await client.setLabel(session.id, { text, asks });
  } catch (error) {
    said.delete(key);
    // It was ended between the look and the label.
    if (!(error instanceof ClaustreError) || error.code !== 'not_found') throw error;
  }
}
