import type { ParentFacts } from '#domain/queue/after.ts';
import type { Met } from '#domain/queue/time.ts';
import { statement } from '#store/columns.ts';
import type { Db } from '#store/open.ts';
import { afterOf } from './dependencies.ts';

export interface Schedule {
  /** From when on the delay of pending tasks that have one is counted, by task id. Whether something is still open is not looked at here. */
  delays(): Map<number, Met>;
  /** Tasks that may stand in the way of others: in an error, held, drafts, or with a pull request that ended otherwise than they did. */
  troubled(): Map<number, ParentFacts>;
  /** Tasks that repeat and have ended, for which the next one was not made yet. */
  toRepeat(): number[];
  /** Pending tasks that were made as a next occurrence, with the task before them. */
  repeated(): { id: number; beforeId: number }[];
}

/**
 * A green pull request was met when its checks, its mergeability or its task's status changed last: whatever that was, it was green from then
 * on. What nobody wrote the time of counts from the last change of the parent.
 */
const MET = `select t.id, max(case
    when d.after_id is null then t.created_at
    when p.state = 'merged' and (d.until = 'merged' or parent.status <> 'done')
      then coalesce(p.merged_at, parent.updated_at)
    when parent.status = 'done' then coalesce(parent.completed_at, parent.updated_at)
    else coalesce((select max(e.at) from events e where e.task_id = parent.id and
      (json_type(e.data, '$.to') = 'text' or json_type(e.data, '$.to.checks') is not null
        or json_type(e.data, '$.to.mergeable') is not null)), parent.updated_at)
  end) at
  from tasks t left join dependencies d on d.task_id = t.id left join tasks parent on parent.id = d.after_id
  left join pull_requests p on p.id = (select max(id) from pull_requests where task_id = parent.id)
  where t.status = 'pending' and t.delay_secs > 0 group by t.id`;

/** Each part finds its rows by an index of its own. */
const TROUBLED = `select t.id, t.status, t.held, p.state pullRequest from tasks t
  left join pull_requests p on p.id = (select max(id) from pull_requests where task_id = t.id)
  where t.id in (
    select id from tasks where status not in ('draft', 'pending', 'done') and status = 'error'
    union all select id from tasks where status = 'draft'
    union all select id from tasks where status = 'pending' and held is not null
    union all select task_id from pull_requests where state <> 'merged' and state = 'closed'
    union all select after_id from dependencies where until = 'merged')`;

export function createSchedule(db: Db): Schedule {
  return {
    delays() {
      const rows = statement(db, MET).all() as { id: number; at: string }[];
      return new Map(
        rows.map(({ id, at }) => [id, { at: Date.parse(at), after: afterOf(db, id) }]),
      );
    },
    troubled() {
      const rows = statement(db, TROUBLED).all() as ParentFacts[];
      return new Map(rows.map((row) => [row.id, row]));
    },
    toRepeat: () =>
      statement(
        db,
        `select id from tasks where every is not null and next_id is null and status in ('done', 'error') order by id`,
      )
        .pluck()
        .all() as number[],
    repeated: () =>
      statement(
        db,
        `select t.id, b.id beforeId from tasks b join tasks t on t.id = b.next_id
         where b.next_id is not null and t.status = 'pending' order by t.id`,
      ).all() as { id: number; beforeId: number }[],
  };
}
