import { z } from 'zod';
import type { App } from '#app.ts';
import { isOver, toAfter } from '#domain/dependency.ts';
import { isRefusal, type Refusal } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import { removedHold } from '#domain/queue/impact.ts';
import type { Task } from '#domain/task.ts';
import type { RemovedTask, TrashEntry } from '#domain/trash.ts';
import { withImpact } from '#operations/dependency/impact.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { endSession } from '#operations/session/end.ts';
import { forgetMoves } from '#operations/stack/forget.ts';
import { addBareEntry, type Ended, sayEnded, sayWhatEnds } from './end-and-apply.ts';
import { findTask } from './find.ts';

const input = z.object({ task: taskId });

/** Like kill, and the task's row goes to the trash too. */
export const removeTask = defineOperation({
  name: 'task.remove',
  summary: 'Save the work, end Claude, and move the task itself to the trash.',
  command: {
    usage: 'remove-task <task>',
    json: true,
    confirm: async (app, { task }: z.infer<typeof input>) =>
      withImpact(app.store, task, 'remove', await sayWhatEnds(app, task, 'Remove', null)),
  },
  input,
  describe: (ended: Ended) => sayEnded(ended, 'Removed'),
  async run(app, given): Promise<Ended | Refusal> {
    const found = findTask(app.store, given.task);
    if (isRefusal(found)) return found;
    const { task, project } = found;
    const session = app.store.sessions.openOf(task.id);
    if (session === null) await forgetMoves(app, task, project);
    const saved =
      session === null
        ? null
        : await endSession(app, task, project, session, {
            reason: 'remove-task',
            source: 'person',
            event: null,
          });
    if (isRefusal(saved)) return saved;
    return { id: task.id, title: task.title, trash: moveToTrash(app, task, project, saved?.id) };
  },
});

/**
 * Writes the row as JSON into the trash entry of its work, or into one of its own, and takes it out of the tasks. What hangs on it goes along:
 * its steps, whom it waits for and who waits for it, its pull request, what it has used, the comments on its diff, and the session that the
 * entry is of. Events of one action carry the same `together`.
 */
export function moveToTrash(
  app: Pick<App, 'store' | 'clock'>,
  task: Task,
  project: Pick<Project, 'id'>,
  entryId: number | undefined,
  together?: string,
): TrashEntry | null {
  const { store, clock } = app;
  return store.write(() => {
    const id =
      entryId ?? store.trash.lastOf(task.id)?.id ?? addBareEntry(app, task, project, 'remove-task');
    const sessionId = store.trash.find(id)?.sessionId ?? null;
    const edges = store.tasks.dependencies(null);
    const row: RemovedTask = {
      task,
      subtasks: store.tasks.subtasks(task.id),
      criteria: store.tasks.criteria(task.id),
      after: store.tasks.after(task.id),
      before: edges
        .filter((edge) => edge.afterId === task.id)
        .map(({ taskId: id, until }) => ({ id, until })),
      pullRequest: store.pullRequests.of(task.id),
      attempts: store.attempts.ofTask(task.id),
      session: sessionId === null ? null : store.sessions.find(sessionId),
      comments: store.comments.ofTask(task.id),
    };
    const event = { source: 'person' as const, at: clock.iso(), taskId: task.id };
    store.trash.update(id, { task: JSON.stringify(row) }, { ...event, kind: 'trash.add' });
    const data = {
      title: task.title,
      trash: id,
      // Whether a session ended with it, or an older entry of the trash took the row along.
      ended: entryId !== undefined,
      ...(together === undefined ? {} : { together }),
    };
    holdThoseAfter(store, row, event);
    store.tasks.remove(task.id, { ...event, projectId: project.id, kind: 'task.remove', data });
    return store.trash.find(id);
  });
}

/** What waited for a task that is gone must not start as if that were done: it is held until a person says what it waits for now. */
function holdThoseAfter(
  store: App['store'],
  { task, before, pullRequest }: RemovedTask,
  event: { source: 'person'; at: string },
): void {
  for (const { id, until } of before.map(toAfter)) {
    const waiting = store.tasks.find(id);
    if (waiting === null || waiting.held !== null) continue;
    if (waiting.status !== 'pending' && waiting.status !== 'draft') continue;
    if (isOver(until, { status: task.status, pullRequest })) continue;
    const held = removedHold(task.id);
    const { projectId } = waiting;
    store.tasks.update(id, { held }, { ...event, projectId, kind: 'task.hold', data: { held } });
  }
}
