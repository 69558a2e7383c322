import type { NewEvent } from '#domain/event.ts';
import type { FixSpent } from '#domain/pull-request/fix.ts';
import type { Round } from '#domain/pull-request/round.ts';
import { insertRow, selectList, statement, updateRow } from './columns.ts';
import type { Events } from './events.ts';
import type { Db } from './open.ts';

const COLUMNS = selectList([
  'id',
  'taskId',
  'pullRequestId',
  'kind',
  'evidence',
  'headCommit',
  'startedAtMs',
  'sentAtMs',
  'endedAtMs',
  'outcome',
  'note',
  'costUsd',
]);

type Row = Omit<Round, 'evidence' | 'startedAt' | 'sentAt' | 'endedAt'> & {
  evidence: string;
  startedAtMs: number;
  sentAtMs: number | null;
  endedAtMs: number | null;
};

function fromRow({ startedAtMs, sentAtMs, endedAtMs, evidence, ...rest }: Row): Round {
  return {
    ...rest,
    evidence: JSON.parse(evidence),
    startedAt: startedAtMs,
    sentAt: sentAtMs,
    endedAt: endedAtMs,
  };
}

type Changes = Partial<Omit<Round, 'id' | 'taskId'>>;

function toRow({ evidence, startedAt, sentAt, endedAt, ...rest }: Changes): object {
  return {
    ...rest,
    ...(evidence === undefined ? {} : { evidence: JSON.stringify(evidence) }),
    ...(startedAt === undefined ? {} : { startedAtMs: startedAt }),
    ...(sentAt === undefined ? {} : { sentAtMs: sentAt }),
    ...(endedAt === undefined ? {} : { endedAtMs: endedAt }),
  };
}

export interface Rounds {
  find(id: number): Round | null;
  /** Of a task, the oldest first. */
  of(taskId: number): Round[];
  /** The one that has not ended. */
  openOf(taskId: number): Round | null;
  /** All that have not ended. */
  open(): Round[];
  /** The newest of each task. */
  latest(): Round[];
  /** What fix rounds have used, by the pull request's id; those that had none are absent. */
  spent(): Map<number, FixSpent>;
  /** How many of the kind of its newest each task has had. */
  counts(): Map<number, number>;
  /** Throws when the task has one that has not ended: ask openOf in the same transaction. */
  add(round: Omit<Round, 'id'>, event: NewEvent): Round;
  update(id: number, changes: Changes, event: NewEvent | null): void;
}

export function createRounds(db: Db, events: Events): Rounds {
  const many = (where: string, ...values: unknown[]): Round[] =>
    (
      statement(db, `select ${COLUMNS} from rounds where ${where} order by id`).all(
        ...values,
      ) as Row[]
    ).map(fromRow);
  return {
    find: (id) => many('id = ?', id)[0] ?? null,
    of: (taskId) => many('task_id = ?', taskId),
    openOf: (taskId) => many('task_id = ? and ended_at_ms is null', taskId)[0] ?? null,
    open: () => many('ended_at_ms is null'),
    latest: () => many('id in (select max(id) from rounds group by task_id)'),
    spent() {
      const rows = statement(
        db,
        `select pull_request_id id, sum(unsent = 0) rounds, sum(unsent) unsent, coalesce(sum(ended_at_ms - started_at_ms), 0) ms,
           coalesce(sum(cost_usd), 0) costUsd
         from (select *, coalesce(outcome = 'failed' and sent_at_ms is null, 0) unsent from rounds)
         where kind = 'fix' and pull_request_id is not null group by pull_request_id`,
      ).all() as (FixSpent & { id: number })[];
      return new Map(rows.map(({ id, ...spent }) => [id, spent]));
    },
    counts() {
      const rows = statement(
        db,
        `select task_id taskId, count(*) count from rounds join
           (select task_id newest_of, kind newest_kind from rounds
            where id in (select max(id) from rounds group by task_id))
         on newest_of = task_id and newest_kind = kind group by task_id`,
      ).all() as { taskId: number; count: number }[];
      return new Map(rows.map(({ taskId, count }) => [taskId, count]));
    },
    add(round, event) {
      const id = insertRow(db, 'rounds', { taskId: round.taskId, ...toRow(withoutTask(round)) });
      events.append({ ...event, taskId: round.taskId });
      return { ...round, id };
    },
    update(id, changes, event) {
      updateRow(db, 'rounds', { name: 'id', value: id }, { ...toRow(changes) });
      if (event !== null) events.append(event);
    },
  };
}

function withoutTask({ taskId: _, ...round }: Omit<Round, 'id'>): Changes {
  return round;
}
