import type { NewEvent } from '#domain/event.ts';
import type { Subtask, Task, TaskStatus } from '#domain/task.ts';
import { bit, insertRow, selectList, statement, updateRow } from './columns.ts';
import type { Events } from './events.ts';
import type { Db } from './open.ts';
import { type Criteria, createCriteria } from './tasks/criteria.ts';
import { createDependencies, type Dependencies } from './tasks/dependencies.ts';
import { createSchedule, type Schedule } from './tasks/schedule.ts';

/** All but the prompt, which may be long and which no list shows. */
export const TASK_ROW_NAMES = [
  'id',
  'uuid',
  'projectId',
  'title',
  'status',
  'mode',
  'base',
  'branch',
  'push',
  'loop',
  'fix',
  'priority',
  'position',
  'held',
  'notBefore',
  'delaySecs',
  'every',
  'nextId',
  'failures',
  'retryAt',
  'errorCode',
  'errorText',
  'createdAt',
  'updatedAt',
  'startedAt',
  'completedAt',
] as const;
const COLUMNS = selectList([...TASK_ROW_NAMES, 'prompt']);

/** Each half finds its rows by an index of its own. */
const UNDER_WAY = [
  "status not in ('draft', 'pending', 'done')",
  "status = 'pending' and held is not null",
]
  .map((where) => `select ${selectList(TASK_ROW_NAMES)} from tasks where ${where}`)
  .join(' union all ');

const PENDING = `select ${selectList(TASK_ROW_NAMES)} from tasks where status = 'pending'`;

type Row = Omit<Task, 'loop'> & { loop: 0 | 1 };

export function taskFromRow<R extends { loop: 0 | 1 }>(
  row: R,
): Omit<R, 'loop'> & { loop: boolean } {
  return { ...row, loop: row.loop === 1 };
}

export type TaskChanges = Partial<Omit<Task, 'id' | 'uuid' | 'projectId' | 'createdAt' | 'status'>>;

export interface PastPrompt {
  readonly id: number;
  readonly prompt: string;
}

export interface Tasks extends Dependencies, Criteria, Schedule {
  find(id: number): Task | null;
  ofProject(projectId: number, status: TaskStatus | null): Task[];
  /** Those that are done, the newest first: `limit` of them after the first `skip`. */
  finished(
    projectId: number,
    window: { search: string; limit: number; skip: number },
  ): Pick<Task, 'id' | 'title' | 'completedAt'>[];
  /** Those that may wait for a person: neither drafts nor done, and of the pending ones only those that are held. */
  underWay(): Omit<Task, 'prompt'>[];
  /** Those that wait to be started, in no order. */
  pending(): Omit<Task, 'prompt'>[];
  add(task: Omit<Task, 'id'>, event: NewEvent): Task;
  update(id: number, changes: TaskChanges, event: NewEvent): void;
  /** Changes the status only if it still is `from`; returns whether it was. */
  setStatus(
    id: number,
    from: TaskStatus,
    to: TaskStatus,
    changes: TaskChanges,
    event: NewEvent,
  ): boolean;
  /** Takes the row out with everything that hangs on it. */
  remove(id: number, event: NewEvent): void;
  /** Puts a removed task back under its old id. */
  insert(task: Task, event: NewEvent): void;
  lastPosition(projectId: number): number;
  /** Prompts of a project with their tasks, the newest task first; `before` (an id) leads on to older ones. */
  prompts(projectId: number, before: number | null, limit: number): PastPrompt[];
  /** Tasks that are not done and work, or are to work, on this branch. */
  openOnBranch(projectId: number, branch: string): number[];

  subtasks(taskId: number): Subtask[];
  setSubtasks(taskId: number, texts: readonly string[], event: NewEvent): void;
  setSubtaskDone(id: number, done: boolean, event: NewEvent): void;
}

function row(changes: TaskChanges): Record<string, unknown> {
  const { loop, ...rest } = changes;
  return loop === undefined ? rest : { ...rest, loop: bit(loop) };
}

function rowsOf(db: Db, sql: string): Omit<Task, 'prompt'>[] {
  return (statement(db, sql).all() as Omit<Row, 'prompt'>[]).map(taskFromRow);
}

export function createTasks(db: Db, events: Events): Tasks {
  const insert = (task: Omit<Task, 'id'> & { id?: number }, event: NewEvent): number => {
    const id = insertRow(db, 'tasks', { ...task, loop: bit(task.loop) });
    events.append({ ...event, taskId: id, projectId: task.projectId });
    return id;
  };
  const own = {
    find(id: number): Task | null {
      const found = statement(db, `select ${COLUMNS} from tasks where id = ?`).get(id) as
        | Row
        | undefined;
      return found === undefined ? null : taskFromRow(found);
    },
    ofProject(projectId: number, status: TaskStatus | null): Task[] {
      const rows = statement(
        db,
        `select ${COLUMNS} from tasks where project_id = ? and (? is null or status = ?) order by position, id`,
      ).all(projectId, status, status) as Row[];
      return rows.map(taskFromRow);
    },
    finished: (
      projectId: number,
      window: { search: string; limit: number; skip: number },
    ): Pick<Task, 'id' | 'title' | 'completedAt'>[] =>
      statement(
        db,
        `select id, title, completed_at completedAt from tasks
         where project_id = @projectId and status = 'done' and instr(lower(title), lower(@search)) > 0
         order by completed_at desc, id desc limit @limit offset @skip`,
      ).all({ projectId, ...window }) as Pick<Task, 'id' | 'title' | 'completedAt'>[],
    underWay: () => rowsOf(db, UNDER_WAY),
    pending: () => rowsOf(db, PENDING),
    add: (task: Omit<Task, 'id'>, event: NewEvent): Task => ({ ...task, id: insert(task, event) }),
    insert: (task: Task, event: NewEvent): void => void insert(task, event),
    update(id: number, changes: TaskChanges, event: NewEvent): void {
      updateRow(db, 'tasks', { name: 'id', value: id }, row({ ...changes, updatedAt: event.at }));
      events.append({ ...event, taskId: id });
    },
    setStatus(
      id: number,
      from: TaskStatus,
      to: TaskStatus,
      changes: TaskChanges,
      event: NewEvent,
    ): boolean {
      const current = statement(db, 'select status from tasks where id = ?').pluck().get(id);
      if (current !== from) return false;
      const values = { ...row({ ...changes, updatedAt: event.at }), status: to };
      updateRow(db, 'tasks', { name: 'id', value: id }, values);
      events.append({ ...event, taskId: id, data: { ...event.data, from, to } });
      return true;
    },
    remove(id: number, event: NewEvent): void {
      statement(db, 'delete from tasks where id = ?').run(id);
      events.append({ ...event, taskId: id });
    },
    lastPosition(projectId: number): number {
      return statement(db, 'select coalesce(max(position), 0) from tasks where project_id = ?')
        .pluck()
        .get(projectId) as number;
    },
    openOnBranch: (projectId: number, branch: string) =>
      statement(
        db,
        `select id from tasks where project_id = ? and status <> 'done' and (branch = ? or id in
           (select task_id from sessions where branch = ? and state <> 'closed')) order by id`,
      )
        .pluck()
        .all(projectId, branch, branch) as number[],
  };
  return {
    ...own,
    ...createPrompts(db),
    ...createSubtasks(db, events),
    ...createDependencies(db, events),
    ...createCriteria(db, events),
    ...createSchedule(db),
  };
}

function createPrompts(db: Db): Pick<Tasks, 'prompts'> {
  return {
    prompts: (projectId, before, limit) =>
      statement(
        db,
        `select id, prompt from tasks
         where project_id = ? and prompt <> '' and (? is null or id < ?) order by id desc limit ?`,
      ).all(projectId, before, before, limit) as PastPrompt[],
  };
}

function createSubtasks(
  db: Db,
  events: Events,
): Pick<Tasks, 'subtasks' | 'setSubtasks' | 'setSubtaskDone'> {
  return {
    subtasks(taskId) {
      const rows = statement(
        db,
        'select id, task_id taskId, text, done, position from subtasks where task_id = ? order by position, id',
      ).all(taskId) as (Omit<Subtask, 'done'> & { done: 0 | 1 })[];
      return rows.map((found) => ({ ...found, done: found.done === 1 }));
    },
    setSubtasks(taskId, texts, event) {
      // What stays under the same words keeps whether it is done.
      const done = statement(db, 'select text from subtasks where task_id = ? and done = 1')
        .pluck()
        .all(taskId) as string[];
      statement(db, 'delete from subtasks where task_id = ?').run(taskId);
      texts.forEach((text, position) => {
        insertRow(db, 'subtasks', { taskId, text, done: bit(done.includes(text)), position });
      });
      events.append({ ...event, taskId, data: { ...event.data, subtasks: texts.length } });
    },
    setSubtaskDone(id, done, event) {
      updateRow(db, 'subtasks', { name: 'id', value: id }, { done: bit(done) });
      events.append(event);
    },
  };
}
