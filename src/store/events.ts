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
  /** Why the branch of an open session that is behind its base could not be moved the last time, by task id; those that could are absent. */
  heldMoves(): Map<number, string>;
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

const HELD_MOVES = `select taskId, reason from (
    select sessions.task_id taskId, (
      select iif(kind = 'session.rebase_held', json_extract(data, '$.reason'), null) from events
      where events.task_id = sessions.task_id and session_id = sessions.id and kind in ('session.rebase', 'session.rebase_held')
      order by events.id desc limit 1) reason
    from pull_requests join sessions using (task_id)
    where pull_requests.state = 'open' and pull_requests.merge_state = 'behind' and sessions.state = 'open')
  where reason is not null`;

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
    heldMoves() {
      const rows = statement(db, HELD_MOVES).all() as { taskId: number; reason: string }[];
      return new Map(rows.map(({ taskId, reason }) => [taskId, reason]));
    },
  };
}
