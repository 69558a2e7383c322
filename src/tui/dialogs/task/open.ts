import { afterOf } from '#domain/dependency.ts';
import { isRefusal } from '#domain/error.ts';
import { writeAfter } from '#domain/form/after.ts';
import { writeStarts } from '#domain/form/starts.ts';
import { localOffsetAt } from '#domain/queue/wall-clock.ts';
import { DEFAULT_PRIORITY } from '#domain/task.ts';
import type { Context } from '#tui/context.ts';
import { showDialog } from '#tui/dialogs/kind.ts';
import { openRead } from '#tui/dialogs/open-read.ts';
import { selectedProject } from '#tui/view.ts';
import { withAfterPicker } from './after-picker.ts';
import { type TaskForm, taskForm } from './form.ts';
import { templatePicker } from './template-picker.ts';

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
      priority: DEFAULT_PRIORITY,
      after: '',
      starts: '',
      repeats: '',
      subtasks: [],
      criteria: [],
    });
    state.update((now) => ({ ...now, dialog }));
  } catch (error) {
    toasts.fail(error);
  }
}

/** The same, with a template to be chosen first. */
export function openNewFromTemplate(context: Context): void {
  openNewTask(context);
  const { dialog } = context.state.get().view;
  if (dialog?.kind === 'task') openPicker(context, dialog);
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
      priority: task.priority,
      after: writeAfter(afterOf(task)),
      starts: writeStarts(task, localOffsetAt),
      repeats: task.every ?? '',
      subtasks: task.subtasks,
      criteria: task.criteria.map(({ text }) => ({ text, done: false })),
    });
  });
}

/** Lets the person choose the tasks of the project that it waits for. */
export function openAfterPicker(context: Context, form: TaskForm): void {
  const { state, toasts } = context;
  const { projects, tasks } = state.get().snapshot;
  const project = projects.find(({ name }) => name === form.project);
  const own = tasks.filter(({ projectId }) => projectId === project?.id);
  const choosing = withAfterPicker(form, own);
  if (isRefusal(choosing)) toasts.refuse(choosing);
  else showDialog(context, choosing);
}

/** Lets the person choose a template for the form; says what to do where there is none. */
export function openPicker(context: Context, form: TaskForm): void {
  const { app, state, toasts } = context;
  const project = state.get().snapshot.projects.find(({ name }) => name === form.project);
  if (project === undefined) return;
  try {
    const { templates } = app.config.forProject(project.path);
    if (templates.length > 0) showDialog(context, { ...form, picker: templatePicker(templates) });
    else
      toasts.show('There is no template yet. Write one into config.toml: [[templates]]', 'warning');
  } catch (error) {
    toasts.fail(error);
  }
}
