import type { EventRow, NewEvent } from '#domain/event.ts';
import { statement } from './columns.ts';
import type { Db } from './open.ts';

export interface Events {
  /** Appends it and returns its id, or null when its uid was there already. Call inside the transaction of the change. */
  append(event: NewEvent): number | null;
  has(uid: string): boolean;
  /** The last `limit` events of a task, oldest first. */
  ofTask(taskId: number, limit: number): EventRow[];
}

const INSERT = `insert or ignore into events (uid, at, project_id, task_id, session_id, kind, source, data)
   values (@uid, @at, @projectId, @taskId, @sessionId, @kind, @source, @data)`;

const OF_TASK = `select id, at, project_id projectId, task_id taskId, session_id sessionId, kind, source, data
   from events where task_id = ? order by id desc limit ?`;

export function createEvents(db: Db): Events {
  return {
    append(event) {
      const result = statement(db, INSERT).run({
        uid: event.uid ?? null,
        at: event.at,
        projectId: event.projectId ?? null,
        taskId: event.taskId ?? null,
        sessionId: event.sessionId ?? null,
        kind: event.kind,
        source: event.source,
        data: JSON.stringify(event.data ?? {}),
      });
      return result.changes === 0 ? null : Number(result.lastInsertRowid);
    },
    has: (uid) => statement(db, 'select 1 from events where uid = ?').get(uid) !== undefined,
    ofTask(taskId, limit) {
      const rows = statement(db, OF_TASK).all(taskId, limit) as (Omit<EventRow, 'data'> & {
        data: string;
      })[];
      return rows.reverse().map((row) => ({ ...row, data: JSON.parse(row.data) }));
    },
  };
}
