import { z } from 'zod';
import type { App } from '#app.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import { type Action, actionsOf, UNDO_KINDS, type UndoStep, whyNotUndo } from '#domain/undo.ts';
import { defineOperation } from '#operations/operation.ts';
import { findProject } from '#operations/task/find.ts';
import { restoreTask } from '#operations/task/restore.ts';
import { takeBack } from './take-back.ts';

interface Undone {
  /** The task that it was about; null when it was about a project. */
  id: number | null;
  /** What was undone, as "the kill of #3". */
  action: string;
  says: string;
}

/** So many actions are looked through for one that was not undone yet. */
const LOOKED_AT = 500;

/**
 * Takes back the last action of a person that was not taken back yet: a delete, kill, done, edit or move, from whichever window or command.
 * Refuses when something newer would be lost by it, and goes to no older one then: what a person does not see coming is no undo.
 */
export const undoAction = defineOperation({
  name: 'action.undo',
  summary: 'Undo the last delete, kill, done, change of status, edit or move.',
  command: {
    usage: 'undo [project]',
    json: true,
    options: [{ flags: '--dry-run', summary: 'only say what would be undone' }],
  },
  input: z.object({ project: z.string().optional(), dryRun: z.boolean().optional() }),
  describe: (undone: Undone) => undone.says,
  async run(app, given): Promise<Undone | Refusal> {
    const { store } = app;
    const project = given.project === undefined ? null : findProject(store, given.project);
    if (isRefusal(project)) return project;
    const within = project?.id ?? null;
    const action = lastAction(app, within);
    if (isRefusal(action)) return action;
    const wrong = whyNot(app, action);
    if (wrong !== undefined) return wrong;
    const { taskId: id, name } = action;
    if (given.dryRun) return { id, action: name, says: `This would undo ${name}.` };
    const back = action.steps.find((step) => step.do === 'session');
    const more = back === undefined ? null : await bringBack(app, back);
    if (isRefusal(more)) return more;
    const written = store.write(() => {
      // Another process may have undone it, or done something else, since it was looked at.
      if (back === undefined && !isStillLast(app, within, action)) return busyElsewhere();
      return takeBack(app, action);
    });
    if (isRefusal(written)) return written;
    return { id, action: name, says: `Undid ${name}.${more === null ? '' : ` ${more}`}` };
  },
});

function lastAction(app: App, projectId: number | null): Action | Refusal {
  const { events, trash } = app.store;
  // What was restored by hand since needs no undo.
  const isBack = (step: UndoStep): boolean =>
    (step.do === 'session' || step.do === 'row') && trash.find(step.trash)?.restoredAt != null;
  const found = actionsOf(events.ofPerson(UNDO_KINDS, projectId, LOOKED_AT)).find(
    ({ steps }) => !steps.some(isBack),
  );
  if (found === undefined) return refuse('There is nothing to undo.');
  if (found.never === null) return found;
  return refuse(`The last thing was ${found.name}, which cannot be undone: ${found.never}.`);
}

function whyNot({ store }: App, action: Action): Refusal | undefined {
  for (const step of action.steps) {
    const taskId = 'taskId' in step ? step.taskId : null;
    const wrong = whyNotUndo(action, step, {
      task: taskId === null ? null : store.tasks.find(taskId),
      hasSession: taskId !== null && store.sessions.openOf(taskId) !== null,
      entry: 'trash' in step ? store.trash.find(step.trash) : null,
      nameTaken: step.do === 'project' && store.projects.findByName(step.name) !== null,
    });
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function isStillLast(app: App, projectId: number | null, action: Action): boolean {
  const now = lastAction(app, projectId);
  return !isRefusal(now) && now.events.join() === action.events.join();
}

function busyElsewhere(): Refusal {
  return refuse('Something else was done just now.', 'Look at it, then undo again.');
}

/** Brings the session back; returns what is there again, in a sentence. */
async function bringBack(
  app: App,
  { taskId, trash }: Extract<UndoStep, { do: 'session' }>,
): Promise<string | Refusal> {
  const restored = await restoreTask.run(app, { task: taskId, trash });
  return isRefusal(restored) ? restored : restored.says;
}
