import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import { compareTasks } from '#domain/task-order.ts';
import { type AccountFacts, accountWait } from './account.ts';

/** A task whose Claude was stopped by a usage limit, and its session. */
export interface Limited {
  task: Pick<Task, 'id' | 'mode' | 'status' | 'held' | 'priority' | 'position' | 'completedAt'>;
  session: Pick<Session, 'activity'>;
}

/** What decides who goes on after a reset. */
export interface LimitedFacts extends AccountFacts {
  limited: readonly Limited[];
  /** How many autonomous tasks work, without those that are limited. */
  working: number;
  maxSessions: number;
}

/** Tasks in the order in which they are told to go on; `until` is when to look again, null when a change will tell. */
export interface GoOn {
  tasks: number[];
  until: number | null;
}

/**
 * Which tasks may be told to go on now: none while a limit holds, no more than there are slots, and one after the other. Of a supervised
 * task that is a person's word.
 */
export function whoGoesOn(facts: LimitedFacts): GoOn {
  const { limited, working, maxSessions } = facts;
  const mine = limited.filter(
    ({ task }) => task.mode === 'autonomous' && task.status === 'working' && task.held === null,
  );
  if (mine.length === 0) return { tasks: [], until: null };
  const wait = accountWait(facts);
  if (wait !== null) return { tasks: [], until: wait.until };
  if (working >= maxSessions) return { tasks: [], until: null };
  const ordered = mine.map(({ task }) => task).toSorted(compareTasks);
  return { tasks: ordered.map(({ id }) => id), until: null };
}
