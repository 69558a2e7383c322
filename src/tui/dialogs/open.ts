import type { TaskRow } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import type { EventRow } from '#domain/event.ts';
import { whyNotEdit } from '#domain/task.ts';
import type { TaskView } from '#domain/task-view.ts';
import { call } from '#tui/call.ts';
import type { Context } from '#tui/context.ts';
import { selectedProject, selectedTask } from '#tui/view.ts';
import type { Dialog } from './dialog.ts';
import { itemList } from './item-list.ts';
import { taskForm } from './task-form.ts';

const EVENTS_SHOWN = 50;

/** Opens the form for a new task, with what the project's settings say; or with what could not be saved the last time. */
export function openNewTask({ app, state, toasts }: Context): void {
  const { snapshot, view } = state.get();
  const project = selectedProject(snapshot, view);
  if (project === null) return;
  const kept = view.keptForm;
  if (kept !== null && kept.taskId === null && kept.project === project.name) {
    state.update((now) => ({ ...now, dialog: { ...kept, refusal: null }, keptForm: null }));
    return;
  }
  try {
    const { mode, push } = app.config.forProject(project.path).task;
    const dialog = taskForm(project.name, null, {
      prompt: '',
      mode,
      base: '',
      branch: '',
      push: project.remote === null ? 'local' : push,
      loop: false,
      subtasks: [],
    });
    state.update((now) => ({ ...now, dialog }));
  } catch (error) {
    toasts.fail(error);
  }
}

export function openEditTask(context: Context): Promise<void> {
  return openRead(context, (row, task) => {
    const { snapshot, view } = context.state.get();
    return taskForm(selectedProject(snapshot, view)?.name ?? task.project, task.id, {
      prompt: task.prompt,
      mode: task.mode,
      // What nobody chose stays empty: the view of a task says what it comes to.
      base: row.base ?? '',
      branch: row.branch ?? '',
      push: task.push,
      loop: task.loop,
      subtasks: task.subtasks,
    });
  });
}

export function openSubtasks(context: Context): Promise<void> {
  return openRead(context, (row, task) => ({
    kind: 'subtasks',
    taskId: task.id,
    list: itemList(task.subtasks),
    refusal: whyNotEdit(row)?.reason ?? null,
  }));
}

export async function openDetails(context: Context): Promise<void> {
  let events: EventRow[] = [];
  await openRead(
    context,
    (_, task) => ({ kind: 'details', taskId: task.id, task, events, top: 0 }),
    async (id) => {
      const { taskEvents } = await context.operations();
      const output = await call(context.app, taskEvents, { task: id, limit: EVENTS_SHOWN });
      if (!isRefusal(output)) events = output as EventRow[];
    },
  );
}

/** Reads the whole selected task, then opens what is made of it, unless the person went elsewhere meanwhile. */
async function openRead(
  { app, busy, operations, state, toasts }: Context,
  create: (row: TaskRow, task: TaskView) => Dialog,
  also?: (id: number) => Promise<void>,
): Promise<void> {
  const { snapshot, view } = state.get();
  const row = selectedTask(snapshot, view);
  if (row === null) return;
  try {
    await busy.run(`reading #${row.id} …`, async () => {
      const output = await call(app, (await operations()).showTask, { task: row.id });
      if (isRefusal(output)) {
        toasts.refuse(output);
        return;
      }
      await also?.(row.id);
      state.update((now) =>
        now.dialog === null && now.taskId === row.id
          ? { ...now, dialog: create(row, output as TaskView) }
          : now,
      );
    });
  } catch (error) {
    toasts.fail(error);
  }
}
