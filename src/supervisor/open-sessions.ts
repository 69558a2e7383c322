import type { App } from '#app.ts';
import type { Session } from '#domain/session.ts';

/** The open sessions, read again only after something was committed. */
export interface OpenSessions {
  list(): readonly Session[];
}

export function createOpenSessions({ store }: Pick<App, 'store'>): OpenSessions {
  let seen = '';
  let sessions: readonly Session[] = [];
  return {
    list() {
      const version = `${store.dataVersion()}:${store.ownChanges()}`;
      if (version !== seen) {
        sessions = store.sessions.open();
        seen = version;
      }
      return sessions;
    },
  };
}
