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

/** When a person last turned the review loop of a task on or off: rounds from before count no more. */
const LOOP_SET = `select task_id, cast(round(max(unixepoch(at, 'subsec')) * 1000) as integer) at_ms from events
  where kind = 'task.edit' and source = 'person' and task_id in (select task_id from rounds where kind = 'review')
    and exists (select 1 from json_each(data, '$.fields') where value = 'loop') group by task_id`;

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
  /** What rounds have used, by the pull request's id; those that had none are absent. */
  spent(): Map<number, FixSpent>;
  /** When something was pushed last by a round, in milliseconds since 1970, by the open pull request's id. */
  pushedAt(): Map<number, number>;
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
        `select pull_request_id id, sum(is_fix and not unsent) rounds, sum(is_fix and unsent) unsent,
           coalesce(sum(iif(is_fix, ended_at_ms - started_at_ms, 0)), 0) ms,
           coalesce(sum(iif(is_fix, cost_usd, 0)), 0) costUsd,
           sum(not is_fix and outcome is not 'stopped' and started_at_ms >= coalesce(anew.at_ms, 0)) reviewRounds
         from (select *, kind = 'fix' is_fix, coalesce(outcome = 'failed' and sent_at_ms is null, 0) unsent from rounds)
           left join (${LOOP_SET}) anew using (task_id)
         where pull_request_id is not null group by pull_request_id`,
      ).all() as (FixSpent & { id: number })[];
      return new Map(rows.map(({ id, ...spent }) => [id, spent]));
    },
    pushedAt() {
      const rows = statement(
        db,
        `select pull_request_id id, max(ended_at_ms) at from rounds join pull_requests on pull_requests.id = pull_request_id
         where outcome = 'pushed' and state = 'open' group by pull_request_id`,
      ).all() as { id: number; at: number }[];
      return new Map(rows.map(({ id, at }) => [id, at]));
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
