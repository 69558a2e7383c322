import type { After } from './dependency.ts';
import { type Refusal, refuse } from './error.ts';
import type { EventRow } from './event.ts';
import { type Subtask, type Task, type TaskStatus, whyNotEdit } from './task.ts';
import type { TrashEntry } from './trash.ts';

/** Fields of a task's row that are put back as they were. */
export type TaskValues = Partial<
  Omit<Task, 'id' | 'uuid' | 'projectId' | 'createdAt' | 'updatedAt' | 'status'>
>;

/** One thing that is done to take an action back. */
export type UndoStep =
  | { do: 'values'; taskId: number; values: TaskValues }
  | { do: 'subtasks'; taskId: number; subtasks: Pick<Subtask, 'text' | 'done'>[] }
  | { do: 'criteria'; taskId: number; criteria: string[] }
  | { do: 'after'; taskId: number; after: (number | After)[] }
  /** The status goes back from `to` to `from`, with the fields that had changed along. */
  | { do: 'status'; taskId: number; from: TaskStatus; to: TaskStatus; values: TaskValues }
  /** The session comes back out of the trash: worktree, branch, files and conversation. */
  | { do: 'session'; taskId: number; trash: number }
  /** The row of a task without a session comes back out of the trash. */
  | { do: 'row'; taskId: number; trash: number }
  | { do: 'project'; projectId: number; name: string };

/** What a person did by one key or command, and how it is taken back. */
export interface Action {
  /** Its events, newest first. */
  events: number[];
  taskId: number | null;
  projectId: number | null;
  /** "the kill of #3", for sentences. */
  name: string;
  /** Empty when it cannot be taken back; `never` says why then. */
  steps: UndoStep[];
  never: string | null;
}

/** Kinds of events that matter here: what can be undone, what can not although a person would expect it, and what was undone. */
export const UNDO_KINDS = [
  'task.move',
  'task.edit',
  'task.submit',
  'task.redraft',
  'task.kill',
  'task.finish',
  'task.remove',
  'task.merge',
  'project.remove',
  'action.undo',
] as const;

/** The actions that these events of a person tell of and that were not undone, newest first. The events are given newest first, too. */
export function actionsOf(events: readonly EventRow[]): Action[] {
  const undone = new Set(
    events.flatMap(({ kind, data }) => (kind === 'action.undo' ? numbers(data.undoes) : [])),
  );
  const found: Action[] = [];
  let last: unknown;
  for (const event of events) {
    if (event.kind === 'action.undo' || undone.has(event.id)) continue;
    // What another operation did along the way.
    if (event.data.by !== undefined) continue;
    const { together } = event.data;
    const before = found.at(-1);
    if (together !== undefined && together === last && before !== undefined) join(before, event);
    else found.push(actionOf(event));
    last = together;
  }
  return found;
}

function join(action: Action, event: EventRow): void {
  const { steps, never } = actionOf(event);
  action.events.push(event.id);
  action.steps.push(...steps);
  action.never ??= never;
}

function actionOf(event: EventRow): Action {
  const { id, taskId, projectId } = event;
  const steps = stepsOf(event);
  const action = { events: [id], taskId, projectId, name: nameOf(event) };
  return typeof steps === 'string'
    ? { ...action, steps: [], never: steps }
    : { ...action, steps, never: null };
}

const NAMES: Readonly<Record<string, string>> = {
  'task.move': 'the move of',
  'task.edit': 'the change of',
  'task.submit': 'the submission of',
  'task.redraft': 'making a draft of',
  'task.kill': 'the kill of',
  'task.finish': '"done" of',
  'task.remove': 'the deletion of',
  'task.merge': 'the merge of',
};

function nameOf({ kind, taskId, data }: EventRow): string {
  if (kind === 'project.remove') return `forgetting project "${projectOf(data)?.name ?? '?'}"`;
  return `${NAMES[kind] ?? kind} #${taskId ?? '?'}`;
}

const TOO_OLD = 'it was recorded before there was an undo';

/** How the event's change is taken back, or why it never can be. */
function stepsOf({ kind, taskId, sessionId, data }: EventRow): UndoStep[] | string {
  if (kind === 'project.remove') {
    const project = projectOf(data);
    return project === null
      ? TOO_OLD
      : [{ do: 'project', projectId: project.id, name: project.name }];
  }
  if (taskId === null) return TOO_OLD;
  const trash = typeof data.trash === 'number' ? data.trash : null;
  switch (kind) {
    case 'task.merge':
      return 'its work is in the base branch already';
    case 'task.remove': {
      if (trash === null) return TOO_OLD;
      return [{ do: data.ended === true ? 'session' : 'row', taskId, trash }];
    }
    case 'task.kill':
    case 'task.finish':
      if (sessionId === null) return statusStep(taskId, data);
      return trash === null
        ? 'its worktree was gone before, and nothing was left to save'
        : [{ do: 'session', taskId, trash }];
    case 'task.submit':
    case 'task.redraft':
      return statusStep(taskId, data);
    default:
      return editSteps(taskId, data);
  }
}

function statusStep(taskId: number, { from, to, before }: EventRow['data']): UndoStep[] | string {
  if (before === undefined) return TOO_OLD;
  const values = before as TaskValues;
  return [{ do: 'status', taskId, from: from as TaskStatus, to: to as TaskStatus, values }];
}

function editSteps(taskId: number, { before }: EventRow['data']): UndoStep[] | string {
  if (typeof before !== 'object' || before === null) return TOO_OLD;
  const { subtasks, criteria, after, ...values } = before as {
    criteria?: string[];
    subtasks?: Pick<Subtask, 'text' | 'done'>[];
    after?: (number | After)[];
  } & TaskValues;
  return [
    ...(Object.keys(values).length === 0 ? [] : [{ do: 'values' as const, taskId, values }]),
    ...(criteria === undefined ? [] : [{ do: 'criteria' as const, taskId, criteria }]),
    ...(subtasks === undefined ? [] : [{ do: 'subtasks' as const, taskId, subtasks }]),
    ...(after === undefined ? [] : [{ do: 'after' as const, taskId, after }]),
  ];
}

function projectOf({ project }: EventRow['data']): { id: number; name: string } | null {
  return typeof project === 'object' && project !== null
    ? (project as { id: number; name: string })
    : null;
}

function numbers(value: unknown): number[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'number') : [];
}

/** What is so now with what a step is about. */
export interface UndoFacts {
  task: Task | null;
  hasSession: boolean;
  /** The entry of the trash that the step names. */
  entry: TrashEntry | null;
  /** Another project has the name by now. */
  nameTaken: boolean;
}

/** Texts that Claude was given with the task. */
const TEXTS = ['title', 'prompt', 'mode', 'base', 'branch'];

/** Why a step of the action must not be done any more: something newer would be lost by it. Undefined when it may. */
export function whyNotUndo(
  action: Action,
  step: UndoStep,
  { task, hasSession, entry, nameTaken }: UndoFacts,
): Refusal | undefined {
  const no = (why: string, hint?: string): Refusal =>
    refuse(`${capital(action.name)} is not undone: ${why}.`, hint);
  if (step.do === 'project') {
    return nameTaken
      ? no(`another project is called "${step.name}" by now`, 'Remove that one first.')
      : undefined;
  }
  const id = step.taskId;
  if (step.do === 'row') {
    if (task !== null) return no(`#${id} is there already`);
    return entry === null ? no('the trash holds it no more') : undefined;
  }
  if (step.do === 'session') {
    if (hasSession) return no(`#${id} was launched again`, `It works on: claustre show ${id}`);
    return entry === null ? no('the trash holds it no more') : undefined;
  }
  if (task === null) return no(`#${id} is gone`);
  if (step.do === 'status') {
    return task.status === step.to ? undefined : no(`#${id} has another status since`);
  }
  const texts = step.do === 'subtasks' || (step.do === 'values' && hasTexts(step.values));
  const wrong = texts ? whyNotEdit(task) : undefined;
  return wrong === undefined ? undefined : no('Claude has its texts already', wrong.hint);
}

function hasTexts(values: TaskValues): boolean {
  return Object.keys(values).some((key) => TEXTS.includes(key));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
