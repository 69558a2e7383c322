import type { Activity, ActivityName, ActivitySource } from '#domain/activity.ts';
import type { NewEvent } from '#domain/event.ts';
import type { Session } from '#domain/session.ts';
import { bit, insertRow, selectList, statement, updateRow } from './columns.ts';
import type { Events } from './events.ts';
import type { Db } from './open.ts';

const NAMES = [
  'id',
  'taskId',
  'state',
  'branch',
  'ownBranch',
  'worktree',
  'base',
  'baseCommit',
  'socket',
  'pane',
  'serverPid',
  'pid',
  'claudeSessionId',
  'transcriptPath',
  'activity',
  'activitySource',
  'activitySinceMs',
  'activityDetail',
  'reportedAtMs',
  'promptedAtMs',
  'turnEndedAtMs',
  'turnBehind',
  'lookedAtMs',
  'todos',
  'model',
  'contextPercent',
  'createdAt',
  'closedAt',
] as const;
const COLUMNS = selectList(NAMES);

type Row = Omit<
  Session,
  | 'ownBranch'
  | 'activity'
  | 'reportedAt'
  | 'promptedAt'
  | 'turnEndedAt'
  | 'turnBehind'
  | 'lookedAt'
  | 'todos'
> & {
  ownBranch: 0 | 1;
  activity: ActivityName;
  activitySource: ActivitySource;
  activitySinceMs: number;
  activityDetail: string | null;
  reportedAtMs: number | null;
  promptedAtMs: number | null;
  turnEndedAtMs: number | null;
  turnBehind: 0 | 1;
  lookedAtMs: number | null;
  todos: string;
};

function fromRow(row: Row): Session {
  const {
    activity,
    activitySource,
    activitySinceMs,
    activityDetail,
    reportedAtMs,
    promptedAtMs,
    turnEndedAtMs,
    lookedAtMs,
    ...rest
  } = row;
  return {
    ...rest,
    ownBranch: row.ownBranch === 1,
    turnBehind: row.turnBehind === 1,
    activity: {
      name: activity,
      source: activitySource,
      since: activitySinceMs,
      detail: activityDetail,
    },
    reportedAt: reportedAtMs,
    promptedAt: promptedAtMs,
    turnEndedAt: turnEndedAtMs,
    lookedAt: lookedAtMs,
    todos: JSON.parse(row.todos),
  };
}

export type SessionChanges = Partial<Omit<Session, 'id' | 'taskId'>>;

function toRow(changes: SessionChanges): Record<string, unknown> {
  const { activity, ownBranch, turnBehind, todos, ...rest } = changes;
  const { reportedAt, promptedAt, turnEndedAt, lookedAt, ...plain } = rest;
  return {
    ...plain,
    ...(ownBranch === undefined ? {} : { ownBranch: bit(ownBranch) }),
    ...(turnBehind === undefined ? {} : { turnBehind: bit(turnBehind) }),
    ...(todos === undefined ? {} : { todos: JSON.stringify(todos) }),
    ...(activity === undefined ? {} : activityColumns(activity)),
    ...(reportedAt === undefined ? {} : { reportedAtMs: reportedAt }),
    ...(promptedAt === undefined ? {} : { promptedAtMs: promptedAt }),
    ...(turnEndedAt === undefined ? {} : { turnEndedAtMs: turnEndedAt }),
    ...(lookedAt === undefined ? {} : { lookedAtMs: lookedAt }),
  };
}

function activityColumns(activity: Activity): Record<string, unknown> {
  return {
    activity: activity.name,
    activitySource: activity.source,
    activitySinceMs: activity.since,
    activityDetail: activity.detail,
  };
}

export interface Sessions {
  find(id: string): Session | null;
  /** The one session of a task that is not closed. */
  openOf(taskId: number): Session | null;
  /** The newest session of a task, closed or not. */
  lastOf(taskId: number): Session | null;
  /** All that are not closed, oldest first. */
  open(): Session[];
  add(session: Session, event: NewEvent): void;
  /** Changes columns; with event null it is part of a change whose event another call of the same transaction appends. */
  update(id: string, changes: SessionChanges, event: NewEvent | null): void;
}

export function createSessions(db: Db, events: Events): Sessions {
  const one = (where: string, value: unknown): Session | null => {
    const row = statement(db, `select ${COLUMNS} from sessions where ${where}`).get(value) as
      | Row
      | undefined;
    return row === undefined ? null : fromRow(row);
  };
  return {
    find: (id) => one('id = ?', id),
    openOf: (taskId) => one("task_id = ? and state <> 'closed'", taskId),
    lastOf: (taskId) => one('task_id = ? order by created_at desc, rowid desc limit 1', taskId),
    open: () =>
      (
        statement(
          db,
          `select ${COLUMNS} from sessions where state <> 'closed' order by created_at, rowid`,
        ).all() as Row[]
      ).map(fromRow),
    add(session, event) {
      const { id, taskId, createdAt, ...changes } = session;
      insertRow(db, 'sessions', { id, taskId, createdAt, ...toRow(changes) });
      events.append({ ...event, taskId, sessionId: id });
    },
    update(id, changes, event) {
      updateRow(db, 'sessions', { name: 'id', value: id }, toRow(changes));
      if (event !== null) events.append({ ...event, sessionId: id });
    },
  };
}
