import type { App } from '#app.ts';
import type { Project } from '#domain/project.ts';
import { type AccountFacts, lastStartOf } from '#domain/queue/account.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import { tasksInSessions } from '#operations/session/tasks-in-sessions.ts';

/** What is known of the account and of what works, for whatever goes on by itself in a session that is open already. */
export interface GoOnFacts extends AccountFacts {
  open: { task: Task; session: Session }[];
  /** How many autonomous tasks work. */
  working: number;
  maxSessions: number;
  isPaused(project: Pick<Project, 'id'>['id']): boolean;
}

export function goOnFacts({ store, config, clock }: App): GoOnFacts {
  const { queue } = config.settings;
  const pausedAll = store.queue.read().pausedAt !== null;
  const open = tasksInSessions(store);
  const own = open.filter(({ task }) => task.mode === 'autonomous').map(({ session }) => session);
  return {
    open,
    working: own.filter(({ activity: { name } }) => name === 'working' || name === 'starting')
      .length,
    maxSessions: queue.maxSessions,
    settings: queue,
    limits: store.attempts.limits(),
    lastStartAt: lastStartOf(own),
    now: clock.now(),
    isPaused: (id) => pausedAll || store.projects.find(id)?.queue === 'paused',
  };
}
