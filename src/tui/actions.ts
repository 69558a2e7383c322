import { isRefusal } from '#domain/error.ts';
import { call, type Input, questionOf } from './call.ts';
import type { Context } from './context.ts';
import { openAsk } from './dialogs/ask/open.ts';
import { openChecks } from './dialogs/checks/open.ts';
import { openDetails } from './dialogs/details/open.ts';
import { openDiff } from './dialogs/diff/open.ts';
import { openGraph } from './dialogs/graph/open.ts';
import { openHelp } from './dialogs/help/open.ts';
import { openHistory } from './dialogs/history/open.ts';
import { openStatistics } from './dialogs/page/statistics.ts';
import { openProjectForm } from './dialogs/project/open.ts';
import { openSubtasks } from './dialogs/subtasks/open.ts';
import { openEditTask, openNewFromTemplate, openNewTask } from './dialogs/task/open.ts';
import { openWaiting } from './dialogs/waiting/open.ts';
import { contextsOf } from './keys/contexts.ts';
import type { ActionId } from './keys/keymap.ts';
import { VIEW_ACTIONS } from './moves.ts';
import { OPERATION_ACTIONS } from './operation-actions.ts';
import { whyNot } from './rules.ts';
import { runOperation } from './run-operation.ts';
import { openEditor, openGitTool } from './terminal/own-program.ts';
import { selectedProject, selectedTask, selectTask } from './view.ts';
import { EMPTY_TEXT } from './widgets/text-edit.ts';

/** Does what a key of the lists stands for: changes the view, opens a dialog, or calls an operation. A refusal is said, never ignored. */
export function performAction(context: Context, action: ActionId): void {
  const { keymap, state, toasts } = context;
  const refusal = whyNot(action, state.get(), keymap);
  if (refusal !== undefined) {
    toasts.refuse(refusal);
    return;
  }
  const change = VIEW_ACTIONS[action];
  if (change !== undefined) {
    state.update(change);
    return;
  }
  if (OPERATION_ACTIONS[action]?.ask !== undefined) {
    openAsk(context, action);
    return;
  }
  if (OPERATION_ACTIONS[action] !== undefined) {
    void startOperation(context, action);
    return;
  }
  OTHER_ACTIONS[action]?.(context);
}

const OTHER_ACTIONS: Partial<Record<ActionId, (context: Context) => void>> = {
  quit: ({ terminal }) => terminal.exit(),
  attach: (context) => void attach(context),
  type: ({ typing }) => typing.begin(),
  mouse: toggleMouse,
  add_project: openProjectForm,
  new: openNewTask,
  new_from_template: openNewFromTemplate,
  edit: (context) => void openEditTask(context),
  details: (context) => void openDetails(context),
  history: openHistory,
  checks: openChecks,
  graph: openGraph,
  statistics: openStatistics,
  subtasks: (context) => void openSubtasks(context),
  diff: (context) => void openDiff(context),
  editor: (context) => void openEditor(context),
  git: (context) => void openGitTool(context),
  next_waiting: openWaiting,
  palette: ({ state }) =>
    state.update((view) => ({
      ...view,
      dialog: { kind: 'palette', filter: EMPTY_TEXT, selected: 0 },
    })),
  help(context) {
    const { view } = context.state.get();
    openHelp(context, view.filtering ? ['filter'] : contextsOf(view), null);
  },
  next_ready: (context) => void selectNextReady(context),
};

/** The input of an action's operation for what is selected; null when nothing is. */
function inputOf(context: Context, action: ActionId): Input | null {
  const { snapshot, view } = context.state.get();
  const definition = OPERATION_ACTIONS[action];
  if (definition === undefined) return null;
  if (definition.on === 'all') return {};
  if (definition.on === 'project') {
    const project = selectedProject(snapshot, view);
    return project === null ? null : definition.projectInput(project.name);
  }
  const row = selectedTask(snapshot, view);
  return row === null ? null : definition.input(row.id, row);
}

/** Asks first where the operation wants to ask, else runs it. */
async function startOperation(context: Context, action: ActionId): Promise<void> {
  const definition = OPERATION_ACTIONS[action];
  const input = inputOf(context, action);
  if (definition === undefined || input === null) return;
  if (!definition.asks) {
    await runOperation(context, action, input);
    return;
  }
  const question = await context.busy
    .run(`${definition.asking} …`, async () => {
      const operations = await context.operations();
      return questionOf(context.app, operations[definition.operation], input);
    })
    .catch((error: unknown) => {
      context.toasts.fail(error);
      return undefined;
    });
  if (question === undefined) return;
  if (isRefusal(question)) context.toasts.refuse(question);
  else if (question !== null) {
    // Whoever opened something meanwhile has turned to that.
    context.state.update((view) =>
      view.dialog === null && !view.filtering
        ? { ...view, dialog: { kind: 'confirm', action, input, question } }
        : view,
    );
  } else await runOperation(context, action, input);
}

/** Selects the task that would be launched next, or says that there is none. */
async function selectNextReady({ app, operations, state, toasts }: Context): Promise<void> {
  const { snapshot, view } = state.get();
  const project = selectedProject(snapshot, view);
  if (project === null) return;
  try {
    const output = await call(app, (await operations()).nextTask, { project: project.name });
    if (isRefusal(output)) toasts.refuse(output);
    else state.update((now, known) => selectTask(now, known, (output as { id: number }).id));
  } catch (error) {
    toasts.fail(error);
  }
}

/** Without the mouse of the dashboard, the terminal's own selection of text works. */
function toggleMouse({ state, toasts }: Context): void {
  state.update((view) => ({ ...view, mouse: !view.mouse }));
  const { mouse } = state.get().view;
  toasts.show(
    mouse ? 'Clicks and the wheel are the dashboard’s.' : 'The mouse selects text again.',
    'good',
  );
}

/** Goes into the session of the selected task; the whole terminal is tmux's until the person comes back. */
async function attach(context: Context): Promise<void> {
  const { app, operations, state, terminal, toasts } = context;
  const { snapshot, view } = state.get();
  const task = selectedTask(snapshot, view);
  if (task === null || view.away) return;
  try {
    const { attachSession } = await operations();
    let output: unknown;
    await terminal.lend(async () => {
      output = await call(app, attachSession, { task: task.id });
    });
    if (isRefusal(output)) toasts.refuse(output);
  } catch (error) {
    toasts.fail(error);
  }
  context.refresh();
}
