import type { App } from '#app.ts';
import { type After, toAfter } from '#domain/dependency.ts';
import type { RemovedTask } from '#domain/trash.ts';
import type { Action, UndoStep } from '#domain/undo.ts';
import { putBack } from '#operations/task/restore.ts';

type Event = { kind: string; source: 'person'; at: string; projectId: number | null };

/** Writes everything of an undo that is a matter of the database alone, and the event that tells of it. Call it inside `store.write`. */
export function takeBack(app: App, action: Action): void {
  const { store, clock } = app;
  const { events, taskId, projectId, name } = action;
  const at = clock.iso();
  // Not a kind that could be undone again: each undo goes one action further back.
  const event: Event = { kind: 'action.undo', source: 'person', at, projectId };
  for (const step of action.steps) takeStepBack(app, step, { ...event, kind: 'task.undo' });
  store.events.append({ ...event, taskId, data: { undoes: events, action: name } });
}

function takeStepBack(app: App, step: UndoStep, event: Event): void {
  const { store } = app;
  switch (step.do) {
    case 'values':
      store.tasks.update(step.taskId, step.values, event);
      break;
    case 'subtasks':
      setSubtasks(app, step, event);
      break;
    case 'criteria':
      store.tasks.setCriteria(step.taskId, step.criteria, event);
      break;
    case 'after':
      store.tasks.setAfter(step.taskId, existing(app, step.after), event);
      break;
    case 'status':
      // Back where it came from: the one change of status that no table names, since the table led here from there.
      store.tasks.setStatus(step.taskId, step.to, step.from, step.values, event);
      // What was kept so that it could be restored has nothing to restore any more.
      for (const id of store.trash.bareOf(step.taskId)) {
        store.trash.update(
          id,
          { restoredAt: event.at },
          { ...event, kind: 'trash.restore', taskId: step.taskId },
        );
      }
      break;
    case 'row':
      putRowBack(app, step, event);
      break;
    case 'project':
      store.projects.revive(step.projectId, step.name, { ...event, kind: 'project.restore' });
      break;
    case 'session':
      // `restore` brought it back.
      break;
    default:
      step satisfies never;
  }
}

function setSubtasks(
  { store }: App,
  { taskId, subtasks }: Extract<UndoStep, { do: 'subtasks' }>,
  event: Event,
): void {
  const texts = subtasks.map(({ text }) => text);
  store.tasks.setSubtasks(taskId, texts, event);
  const now = store.tasks.subtasks(taskId);
  subtasks.forEach(({ done }, place) => {
    const row = now[place];
    if (row !== undefined && row.done !== done) {
      store.tasks.setSubtaskDone(row.id, done, { ...event, taskId });
    }
  });
}

function existing({ store }: App, after: readonly (number | After)[]): After[] {
  return after.map(toAfter).filter(({ id }) => store.tasks.find(id) !== null);
}

/** The row alone: work that an older entry of the trash holds stays there. */
function putRowBack(
  app: App,
  { taskId, trash }: Extract<UndoStep, { do: 'row' }>,
  event: Event,
): void {
  const { store } = app;
  const entry = store.trash.find(trash);
  if (entry === null || entry.task === null) return;
  const removed = JSON.parse(entry.task) as RemovedTask;
  putBack(app, removed, removed.task.status, { ...event, projectId: entry.projectId });
  const bare = entry.ref === null ? { restoredAt: event.at } : {};
  store.trash.update(
    trash,
    { task: null, ...bare },
    { ...event, kind: 'trash.restore', taskId, projectId: entry.projectId },
  );
}
