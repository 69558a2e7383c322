import {
  type Activity,
  type ActivityName,
  type ActivitySource,
  isAsking,
} from '#domain/activity.ts';
import type { NewEvent } from '#domain/event.ts';
import type { Session } from '#domain/session.ts';
import { countWorked } from './attempts.ts';
import { bit, insertRow, selectList, statement, updateRow } from './columns.ts';
import type { Events } from './events.ts';
import type { Db } from './open.ts';
import type { Requests } from './requests.ts';

const NAMES = [
  'id',
  'taskId',
  'state',
  'movedBy',
  'movedAtMs',
  'endReason',
  'branch',
  'ownBranch',
  'worktree',
  'base',
  'stackedOn',
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
  'judgedAtMs',
  'mustProve',
  'failure',
  'leftOut',
  'parkedAtMs',
  'port',
  'portCount',
  'runner',
  'alarm',
  'todos',
  'model',
  'contextPercent',
  'createdAt',
  'closedAt',
] as const;
const COLUMNS = selectList(NAMES);

type Row = Omit<
  Session,
  | 'movedAt'
  | 'ownBranch'
  | 'activity'
  | 'reportedAt'
  | 'promptedAt'
  | 'turnEndedAt'
  | 'turnBehind'
  | 'mustProve'
  | 'lookedAt'
  | 'judgedAt'
  | 'parkedAt'
  | 'todos'
> & {
  movedAtMs: number;
  ownBranch: 0 | 1;
  activity: ActivityName;
  activitySource: ActivitySource;
  activitySinceMs: number;
  activityDetail: string | null;
  reportedAtMs: number | null;
  promptedAtMs: number | null;
  turnEndedAtMs: number | null;
  turnBehind: 0 | 1;
  mustProve: 0 | 1;
  lookedAtMs: number | null;
  judgedAtMs: number | null;
  parkedAtMs: number | null;
  todos: string;
};

function fromRow(row: Row): Session {
  const {
    movedAtMs,
    activity,
    activitySource,
    activitySinceMs,
    activityDetail,
    reportedAtMs,
    promptedAtMs,
    turnEndedAtMs,
    lookedAtMs,
    judgedAtMs,
    parkedAtMs,
    ...rest
  } = row;
  return {
    ...rest,
    movedAt: movedAtMs,
    ownBranch: row.ownBranch === 1,
    turnBehind: row.turnBehind === 1,
    mustProve: row.mustProve === 1,
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
    judgedAt: judgedAtMs,
    parkedAt: parkedAtMs,
    todos: JSON.parse(row.todos),
  };
}

export type SessionChanges = Partial<Omit<Session, 'id' | 'taskId' | 'state' | 'movedAt'>>;

/** What a change of state may bring along; the time of the move is always named. */
type Move = Pick<Session, 'state' | 'movedAt'> & SessionChanges;

function toRow(changes: Partial<Session>): Record<string, unknown> {
  const { movedAt, activity, ownBranch, turnBehind, mustProve, todos, ...rest } = changes;
  const { reportedAt, promptedAt, turnEndedAt, lookedAt, judgedAt, parkedAt, ...plain } = rest;
  return {
    ...plain,
    ...(movedAt === undefined ? {} : { movedAtMs: movedAt }),
    ...(ownBranch === undefined ? {} : { ownBranch: bit(ownBranch) }),
    ...(turnBehind === undefined ? {} : { turnBehind: bit(turnBehind) }),
    ...(mustProve === undefined ? {} : { mustProve: bit(mustProve) }),
    ...(todos === undefined ? {} : { todos: JSON.stringify(todos) }),
    ...(activity === undefined ? {} : activityColumns(activity)),
    ...(reportedAt === undefined ? {} : { reportedAtMs: reportedAt }),
    ...(promptedAt === undefined ? {} : { promptedAtMs: promptedAt }),
    ...(turnEndedAt === undefined ? {} : { turnEndedAtMs: turnEndedAt }),
    ...(lookedAt === undefined ? {} : { lookedAtMs: lookedAt }),
    ...(judgedAt === undefined ? {} : { judgedAtMs: judgedAt }),
    ...(parkedAt === undefined ? {} : { parkedAtMs: parkedAt }),
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

/** Whoever changes a session so that it asks nothing any more closes the requests that it had open, by the same call. */
export interface Sessions {
  find(id: string): Session | null;
  /** The one session of a task that is not closed. */
  openOf(taskId: number): Session | null;
  /** The newest session of a task, closed or not. */
  lastOf(taskId: number): Session | null;
  /** Of every session that the task has had. */
  idsOf(taskId: number): string[];
  /** Whether a session of this task has made the branch. */
  madeBranch(taskId: number, branch: string): boolean;
  /** How many the tasks of a project ever had. */
  countOf(projectId: number): number;
  /** All that are not closed, oldest first. */
  open(): Session[];
  add(session: Session, event: NewEvent): void;
  /**
   * Changes the state only if the row still is as it was read: in that state, since that time. Returns the session as it is then, or null when
   * somebody else was faster and nothing was written. The time of a move is always later than that of the one before.
   */
  move(was: Pick<Session, 'id' | 'state' | 'movedAt'>, to: Move, event: NewEvent): Session | null;
  /** Changes columns; with event null it is part of a change whose event another call of the same transaction appends. */
  update(id: string, changes: SessionChanges, event: NewEvent | null): void;
}

/** Whether a session with these changes asks nothing of a person any more. */
function asksNothing({ activity, state }: Partial<Session>): boolean {
  if (state === 'closing' || state === 'closed') return true;
  return activity !== undefined && !isAsking(activity.name);
}

export function createSessions(db: Db, events: Events, requests: Requests): Sessions {
  const one = (where: string, ...values: unknown[]): Session | null => {
    const row = statement(db, `select ${COLUMNS} from sessions where ${where}`).get(...values) as
      | Row
      | undefined;
    return row === undefined ? null : fromRow(row);
  };
  return {
    find: (id) => one('id = ?', id),
    openOf: (taskId) => one("task_id = ? and state <> 'closed'", taskId),
    lastOf: (taskId) => one('task_id = ? order by created_at desc, rowid desc limit 1', taskId),
    idsOf: (taskId) =>
      statement(db, 'select id from sessions where task_id = ?').pluck().all(taskId) as string[],
    madeBranch: (taskId, branch) =>
      one('task_id = ? and branch = ? and own_branch = 1 limit 1', taskId, branch) !== null,
    countOf: (projectId) =>
      statement(
        db,
        'select count(*) from sessions where task_id in (select id from tasks where project_id = ?)',
      )
        .pluck()
        .get(projectId) as number,
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
    move(was, to, event) {
      const now = one('id = ?', was.id);
      if (now === null || now.state !== was.state || now.movedAt !== was.movedAt) return null;
      const next = { ...to, movedAt: Math.max(to.movedAt, now.movedAt + 1) };
      if (to.activity !== undefined) countWorked(db, was.id, to.activity.since);
      updateRow(db, 'sessions', { name: 'id', value: was.id }, toRow(next));
      if (asksNothing(next)) requests.closeOf(was.id, next.movedAt);
      events.append({ ...event, taskId: now.taskId, sessionId: was.id });
      return { ...now, ...next };
    },
    update(id, changes, event) {
      if (changes.activity !== undefined) countWorked(db, id, changes.activity.since);
      updateRow(db, 'sessions', { name: 'id', value: id }, toRow(changes));
      const { activity } = changes;
      if (activity !== undefined && asksNothing({ activity })) requests.closeOf(id, activity.since);
      if (event !== null) events.append({ ...event, sessionId: id });
    },
  };
}
