import type { TaskSpent } from '#domain/budget/budget.ts';
import type { Attempt, Limit, Usage } from '#domain/usage.ts';
import { bit, insertRow, selectList, statement, updateRow } from './columns.ts';
import type { Db } from './open.ts';

const COLUMNS = selectList([
  'id',
  'taskId',
  'sessionId',
  'purpose',
  'claudeSessionId',
  'startedAt',
  'endedAt',
  'outcome',
  'model',
  'errorCode',
  'charged',
  'inputTokens',
  'outputTokens',
  'costUsd',
  'costSeenUsd',
  'workedMs',
]);

type Failure = Pick<Attempt, 'errorCode' | 'charged'>;
type Row = Omit<Attempt, 'charged'> & { charged: 0 | 1 };

function fromRow(row: Row): Attempt {
  return { ...row, charged: row.charged === 1 };
}

/** Runs of agents, and the limits of their account. Their events are those of the session that they belong to. */
export interface Attempts {
  start(
    attempt: Pick<Attempt, 'taskId' | 'sessionId' | 'purpose' | 'claudeSessionId' | 'startedAt'>,
  ): void;
  /** Adds one that is over, as the run itself told of it. */
  add(attempt: Omit<Attempt, 'id'>): void;
  ofTask(taskId: number): Attempt[];
  /** Puts the attempts of a removed task back. */
  putBack(attempts: readonly Attempt[]): void;
  /** The attempt of a session that has not ended. */
  currentOf(sessionId: string): Attempt | null;
  /** Ends what runs in a session; `failure` says why it failed and whether it counts as one of the task's attempts. */
  end(sessionId: string, endedAt: string, outcome: string, failure?: Failure): void;
  /** Ends what runs in a session with its failure; when nothing runs any more, the failure is that of the newest attempt, which ended without one. */
  fail(sessionId: string, endedAt: string, outcome: string, failure: Failure): void;
  setUsage(id: number, usage: Partial<Usage> & { costSeenUsd?: number | null }): void;
  /** Adds what was read of a session's conversations to its newest attempt, ended or not; a review and a check of criteria have conversations of their own. */
  addTokens(sessionId: string, tokens: { input: number; output: number }): void;
  /** Claude's own total as the last attempt of a session that knows saw it; null when none does. */
  costSeenIn(sessionId: string): number | null;
  /** Sums over all attempts of a task; null where no attempt knows. */
  usageOf(taskId: number): Usage;
  /** What the attempts of each task that has any cost, altogether and those that began at this ISO time or later. */
  spent(since: string): TaskSpent[];
  limits(): Limit[];
  setLimit(limit: Limit): void;
}

/**
 * Adds the time since which a session's Claude has been working, up to `until` (milliseconds since 1970), to the attempt that runs. Call it before
 * its activity changes: of each turn only the time counts in which Claude worked, not that in which it waited for somebody.
 */
export function countWorked(db: Db, sessionId: string, until: number): void {
  statement(
    db,
    `update attempts set worked_ms = coalesce(worked_ms, 0) + max(0, @until - since)
     from (select activity_since_ms since from sessions where id = @sessionId and activity = 'working')
     where session_id = @sessionId and ended_at is null`,
  ).run({ sessionId, until });
}

/** One that runs may still tell its cost; one in which Claude did nothing cost nothing. */
const UNKNOWN = `(cost_usd is null and ended_at is not null and (coalesce(worked_ms, 0) > 0 or coalesce(output_tokens, 0) > 0))`;

const SPENT = `select taskId, t.project_id projectId, usd, unknown, todayUsd, todayUnknown
  from (select task_id taskId, sum(coalesce(cost_usd, 0)) usd, sum(${UNKNOWN}) unknown,
      sum(iif(started_at >= @since, coalesce(cost_usd, 0), 0)) todayUsd,
      sum(iif(started_at >= @since, ${UNKNOWN}, 0)) todayUnknown
    from attempts group by task_id)
  join tasks t on t.id = taskId`;

interface SpentRow {
  taskId: number;
  projectId: number;
  usd: number;
  unknown: number;
  todayUsd: number;
  todayUnknown: number;
}

export function createAttempts(db: Db): Attempts {
  return {
    start: (attempt) => void insertRow(db, 'attempts', { ...attempt }),
    add: (attempt) => void insertRow(db, 'attempts', { ...attempt, charged: bit(attempt.charged) }),
    ofTask: (taskId) =>
      (
        statement(db, `select ${COLUMNS} from attempts where task_id = ? order by id`).all(
          taskId,
        ) as Row[]
      ).map(fromRow),
    putBack(attempts) {
      for (const { id: _id, ...attempt } of attempts) {
        insertRow(db, 'attempts', { ...attempt, charged: bit(attempt.charged) });
      }
    },
    currentOf(sessionId) {
      const found = statement(
        db,
        `select ${COLUMNS} from attempts where session_id = ? and ended_at is null order by id desc limit 1`,
      ).get(sessionId) as Row | undefined;
      return found === undefined ? null : fromRow(found);
    },
    end(sessionId, endedAt, outcome, failure = { errorCode: null, charged: false }) {
      countWorked(db, sessionId, Date.parse(endedAt));
      statement(
        db,
        `update attempts set ended_at = @endedAt, outcome = @outcome, error_code = @errorCode, charged = @charged,
           model = coalesce(model, (select model from sessions where id = @sessionId))
         where session_id = @sessionId and ended_at is null`,
      ).run({
        endedAt,
        outcome,
        sessionId,
        errorCode: failure.errorCode,
        charged: bit(failure.charged),
      });
    },
    fail(sessionId, endedAt, outcome, failure) {
      statement(
        db,
        `update attempts set error_code = @errorCode, charged = @charged
         where id = (select max(id) from attempts where session_id = @sessionId and purpose in ('work','fix'))
           and ended_at is not null and error_code is null`,
      ).run({ sessionId, errorCode: failure.errorCode, charged: bit(failure.charged) });
      this.end(sessionId, endedAt, outcome, failure);
    },
    setUsage: (id, usage) =>
      void updateRow(db, 'attempts', { name: 'id', value: id }, { ...usage }),
    addTokens: (sessionId, { input, output }) =>
      void statement(
        db,
        `update attempts set input_tokens = coalesce(input_tokens, 0) + @input,
           output_tokens = coalesce(output_tokens, 0) + @output
         where id = (select max(id) from attempts where session_id = @sessionId and purpose not in ('review', 'criteria'))`,
      ).run({ sessionId, input, output }),
    costSeenIn: (sessionId) =>
      (statement(
        db,
        `select cost_seen_usd from attempts where session_id = ? and cost_seen_usd is not null
         order by id desc limit 1`,
      )
        .pluck()
        .get(sessionId) as number | undefined) ?? null,
    usageOf: (taskId) =>
      statement(
        db,
        `select sum(input_tokens) inputTokens, sum(output_tokens) outputTokens, sum(cost_usd) costUsd,
           sum(worked_ms) workedMs
         from attempts where task_id = ?`,
      ).get(taskId) as Usage,
    spent: (since) =>
      (statement(db, SPENT).all({ since }) as SpentRow[]).map(({ taskId, projectId, ...row }) => ({
        ...{ taskId, projectId, all: { usd: row.usd, unknown: row.unknown } },
        today: { usd: row.todayUsd, unknown: row.todayUnknown },
      })),
    limits: () =>
      statement(
        db,
        `select window, used_percent usedPercent, resets_at_ms resetsAt, read_at_ms readAt from limits order by window`,
      ).all() as Limit[],
    setLimit: (limit) =>
      void statement(
        db,
        `insert into limits (window, used_percent, resets_at_ms, read_at_ms)
         values (@window, @usedPercent, @resetsAt, @readAt)
         on conflict (window) do update set used_percent = excluded.used_percent,
           resets_at_ms = excluded.resets_at_ms, read_at_ms = excluded.read_at_ms
         where excluded.read_at_ms >= limits.read_at_ms`,
      ).run(limit),
  };
}
