import { z } from 'zod';
import type { App } from '#app.ts';
import { isRefusal, type Refusal } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import { defineOperation } from '#operations/operation.ts';
import { lookAtSessions } from '#operations/session/look.ts';
import { endClaude } from '#operations/session/park.ts';
import { tasksInSessions } from '#operations/session/tasks-in-sessions.ts';
import { applyTaskEvent } from '#operations/task/apply.ts';
import { findProject } from '#operations/task/find.ts';
import { tasksAtWork } from './facts.ts';
import { pause } from './pause.ts';

const input = z.object({ project: z.string().optional() });

export interface Stopped {
  /** Name of the project; null for everything. */
  project: string | null;
  /** Tasks whose Claude was ended. */
  stopped: number[];
  /** Tasks that another process is just launching or ending. */
  busy: number[];
  says: string;
}

/** Pauses the queue and ends the Claudes of its autonomous tasks. Nothing is removed: `resume` goes on with their conversations. */
export const stopQueue = defineOperation({
  name: 'queue.stop',
  summary:
    'Pause, and end the Claudes of autonomous tasks that work; their work and conversations stay.',
  command: { usage: 'stop [project]', json: true, confirm: sayWhatStops },
  input,
  describe: ({ says }: Stopped) => says,
  async run(app, given): Promise<Stopped | Refusal> {
    const project = projectOf(app, given.project);
    if (isRefusal(project)) return project;
    pause(app, project, 'stopped');
    await lookAtSessions(app, null);
    const stopped: number[] = [];
    const busy: number[] = [];
    for (const task of atWork(app, project)) (stop(app, task) ? stopped : busy).push(task);
    await endClaudes(app, project);
    return { project: project?.name ?? null, stopped, busy, says: say(project, stopped, busy) };
  },
});

function projectOf({ store }: App, name: string | undefined): Project | null | Refusal {
  return name === undefined ? null : findProject(store, name);
}

function atWork({ store }: App, project: Project | null): number[] {
  return tasksAtWork(store)
    .filter(({ projectId }) => project === null || projectId === project.id)
    .map(({ id }) => id);
}

async function sayWhatStops(
  app: App,
  given: z.infer<typeof input>,
): Promise<string | null | Refusal> {
  const project = projectOf(app, given.project);
  if (isRefusal(project)) return project;
  const tasks = atWork(app, project);
  if (tasks.length === 0) return null;
  const what = project === null ? 'everything' : `the queue of ${project.name}`;
  return `Pause ${what} and end the Claude of ${names(tasks)}? Work and conversations stay.`;
}

/** Writes down that a task is stopped; false when another process is just moving its session. */
function stop({ store, clock }: App, taskId: number): boolean {
  return store.write(() => {
    const session = store.sessions.openOf(taskId);
    const task = store.tasks.find(taskId);
    if (task === null || session?.state !== 'open') return false;
    markStopped({ store, clock }, task, session);
    return true;
  });
}

/** Ends the Claudes of what is stopped, also of what an earlier call that was cut off had only written down. */
async function endClaudes(app: App, project: Project | null): Promise<void> {
  const stopped = tasksInSessions(app.store).filter(
    ({ task, session }) =>
      session.parkedAt !== null &&
      task.mode === 'autonomous' &&
      (project === null || task.projectId === project.id),
  );
  await Promise.all(stopped.map(({ session }) => endClaude(app, session)));
}

function markStopped(
  { store, clock }: Pick<App, 'store' | 'clock'>,
  { id }: Task,
  session: Session,
): void {
  const at = clock.iso();
  const now = clock.now();
  const detail = 'stopped with the queue';
  const activity = { name: 'ended', source: 'claustre', since: now, detail } as const;
  const event = { kind: 'session.park', source: 'person' as const, at, taskId: id };
  store.attempts.end(session.id, at, 'stopped');
  store.sessions.update(
    session.id,
    { parkedAt: now, activity },
    { ...event, data: { reason: detail } },
  );
  const context = { at, source: 'person' as const, sessionId: session.id };
  applyTaskEvent(store, id, 'lose', { ...context, data: { reason: detail } });
}

function say(project: Project | null, stopped: readonly number[], busy: readonly number[]): string {
  const what = project === null ? 'Everything' : `The queue of ${project.name}`;
  const again = project === null ? 'claustre resume' : `claustre resume ${project.name}`;
  const ended =
    stopped.length === 0
      ? 'No autonomous task worked.'
      : `Ended the Claude of ${names(stopped)}; ${again} goes on with their conversations.`;
  const left =
    busy.length === 0
      ? ''
      : ` Another process is just launching or ending ${names(busy)}: say it again in a moment.`;
  return `${what} is paused. ${ended}${left}`;
}

function names(tasks: readonly number[]): string {
  return tasks.map((id) => `#${id}`).join(', ');
}
