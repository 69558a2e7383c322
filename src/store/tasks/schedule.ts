import { statement } from '#store/columns.ts';
import type { Db } from '#store/open.ts';

export interface Schedule {
  /**
   * When the last of what a pending task with a delay waits for was met, in milliseconds since 1970, by task id; the time of its own
   * beginning where it waits for nothing. Whether anything is still open is not looked at here.
   */
  metAt(): Map<number, number>;
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

export function createSchedule(db: Db): Schedule {
  return {
    metAt() {
      const rows = statement(db, MET).all() as { id: number; at: string }[];
      return new Map(rows.map(({ id, at }) => [id, Date.parse(at)]));
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
