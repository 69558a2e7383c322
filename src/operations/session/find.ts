import type { App } from '#app.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import { findTask } from '#operations/task/find.ts';
import { lookAtSessions } from './look.ts';

export interface LiveSession {
  task: Task;
  project: Project;
  session: Session;
  /** tmux's `%n` of the pane that Claude runs in. */
  pane: string;
}

/** The session of a task whose pane is there now, looked at this moment; refuses when there is none, naming what starts it. */
export async function findLiveSession(app: App, taskId: number): Promise<LiveSession | Refusal> {
  await lookAtSessions(app, [taskId]);
  const found = findTask(app.store, taskId);
  if (isRefusal(found)) return found;
  const session = app.store.sessions.openOf(taskId);
  if (session === null || session.state !== 'open') {
    return refuse(`#${taskId} has no session.`, `Launch it: claustre launch ${taskId}`);
  }
  if (session.pane === null || session.activity.name === 'lost') {
    return refuse(
      `The pane of #${taskId} is gone.`,
      `Resume its conversation: claustre launch ${taskId}`,
    );
  }
  return { ...found, session, pane: session.pane };
}
