import type { EventRow, NewEvent } from '#domain/event.ts';
import { statement } from './columns.ts';
import type { Db } from './open.ts';

export interface Events {
  /** Appends it and returns its id, or null when its uid was there already. Call inside the transaction of the change. */
  append(event: NewEvent): number | null;
  has(uid: string): boolean;
  /** The last `limit` events of a task, oldest first. */
  ofTask(taskId: number, limit: number): EventRow[];
  /** The last event of a task that is of one of these kinds; null for none. */
  lastOf(taskId: number, kinds: readonly string[]): EventRow | null;
  /** The last `limit` events of these kinds that a person caused, newest first; of one project, or of all without one. */
  ofPerson(kinds: readonly string[], projectId: number | null, limit: number): EventRow[];
}

const INSERT = `insert or ignore into events (uid, at, project_id, task_id, session_id, kind, source, data)
   values (@uid, @at, @projectId, @taskId, @sessionId, @kind, @source, @data)`;

const OF_TASK = `select id, at, project_id projectId, task_id taskId, session_id sessionId, kind, source, data
   from events where task_id = ? order by id desc limit ?`;

const LAST_OF = `select id, at, project_id projectId, task_id taskId, session_id sessionId, kind, source, data
   from events where task_id = ? and kind in (select value from json_each(?)) order by id desc limit 1`;

/** A person's last actions are near the end; among many thousands of events of hooks nothing older is searched for. */
const OF_PERSON = `select id, at, project_id projectId, task_id taskId, session_id sessionId, kind, source, data
   from events where source = 'person' and id > (select coalesce(max(id), 0) from events) - 50000
     and kind in (select value from json_each(@kinds)) and (@projectId is null or project_id = @projectId)
   order by id desc limit @limit`;

type Row = Omit<EventRow, 'data'> & { data: string };

function fromRow(row: Row): EventRow {
  return { ...row, data: JSON.parse(row.data) };
}

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
      const rows = statement(db, OF_TASK).all(taskId, limit) as Row[];
      return rows.reverse().map(fromRow);
    },
    lastOf(taskId, kinds) {
      const row = statement(db, LAST_OF).get(taskId, JSON.stringify(kinds)) as Row | undefined;
      return row === undefined ? null : fromRow(row);
    },
    ofPerson(kinds, projectId, limit) {
      const given = { kinds: JSON.stringify(kinds), projectId, limit };
      return (statement(db, OF_PERSON).all(given) as Row[]).map(fromRow);
    },
  };
}
