import type { App } from '#app.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';

/** Every open session with its task. One whose task is just being removed is left out. */
export function tasksInSessions({
  sessions,
  tasks,
}: Pick<App['store'], 'sessions' | 'tasks'>): { task: Task; session: Session }[] {
  return sessions.open().flatMap((session) => {
    const task = tasks.find(session.taskId);
    return task === null ? [] : [{ task, session }];
  });
}
