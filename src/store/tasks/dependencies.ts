import { type After, isMet, toAfter, type Until } from '#domain/dependency.ts';
import type { NewEvent } from '#domain/event.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import type { TaskStatus } from '#domain/task.ts';
import { insertRow, statement } from '#store/columns.ts';
import type { Events } from '#store/events.ts';
import type { Db } from '#store/open.ts';

export interface Dependencies {
  /** All edges of a project's tasks, or of everything without a project. */
  dependencies(projectId: number | null): { taskId: number; afterId: number; until: Until }[];
  after(taskId: number): After[];
  /** A bare number means that the task has to be done; of two for the same task the last counts. */
  setAfter(taskId: number, after: readonly (number | After)[], event: NewEvent): void;
  /** What this one still waits for. */
  openBefore(taskId: number): After[];
  /** What all tasks still wait for, by task id; those that wait for nothing are absent. */
  allOpenBefore(): Map<number, After[]>;
}

type Row = { taskId: number; id: number; until: Until; status: TaskStatus } & {
  [Name in 'state' | 'checks' | 'mergeable']: PullRequest[Name] | null;
};

const OPEN = `select d.task_id taskId, d.after_id id, d.until, t.status, p.state, p.checks, p.mergeable
  from dependencies d join tasks t on t.id = d.after_id and (t.status <> 'done' or d.until = 'merged')
  left join pull_requests p on p.id =
    case d.until when 'done' then null else (select max(id) from pull_requests where task_id = t.id) end
  where @taskId is null or d.task_id = @taskId order by d.after_id`;

/** What a task waits for, met or not. */
export function afterOf(db: Db, taskId: number): After[] {
  const sql = 'select after_id id, until from dependencies where task_id = ? order by after_id';
  return statement(db, sql).all(taskId) as After[];
}

export function createDependencies(db: Db, events: Events): Dependencies {
  const open = (taskId: number | null): (After & { taskId: number })[] =>
    (statement(db, OPEN).all({ taskId }) as Row[]).flatMap((row) => {
      const { id, until, status, state, checks, mergeable } = row;
      const pullRequest = state === null ? null : { state, checks, mergeable };
      return isMet(until, { status, pullRequest }) ? [] : [{ taskId: row.taskId, id, until }];
    });
  return {
    dependencies: (projectId) =>
      statement(
        db,
        `select task_id taskId, after_id afterId, until from dependencies
         where ? is null or task_id in (select id from tasks where project_id = ?)`,
      ).all(projectId, projectId) as { taskId: number; afterId: number; until: Until }[],
    after: (taskId) => afterOf(db, taskId),
    setAfter(taskId, after, event) {
      const edges = new Map(after.map((each) => [toAfter(each).id, toAfter(each)]));
      statement(db, 'delete from dependencies where task_id = ?').run(taskId);
      for (const { id, until } of edges.values()) {
        insertRow(db, 'dependencies', { taskId, afterId: id, until });
      }
      events.append({ ...event, taskId, data: { ...event.data, after: [...edges.values()] } });
    },
    openBefore: (taskId) => open(taskId).map(({ id, until }) => ({ id, until })),
    allOpenBefore() {
      const found = new Map<number, After[]>();
      for (const { taskId, id, until } of open(null)) {
        const known = found.get(taskId);
        if (known === undefined) found.set(taskId, [{ id, until }]);
        else known.push({ id, until });
      }
      return found;
    },
  };
}
