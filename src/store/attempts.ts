import type { Attempt, Limit, Usage } from '#domain/usage.ts';
import { insertRow, selectList, statement, updateRow } from './columns.ts';
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
  'inputTokens',
  'outputTokens',
  'costUsd',
  'costSeenUsd',
]);

/** Runs of agents, and the limits of their account. Their events are those of the session that they belong to. */
export interface Attempts {
  start(
    attempt: Pick<Attempt, 'taskId' | 'sessionId' | 'purpose' | 'claudeSessionId' | 'startedAt'>,
  ): void;
  ofTask(taskId: number): Attempt[];
  /** Puts the attempts of a removed task back. */
  putBack(attempts: readonly Attempt[]): void;
  /** The attempt of a session that has not ended. */
  currentOf(sessionId: string): Attempt | null;
  end(sessionId: string, endedAt: string, outcome: string): void;
  setUsage(id: number, usage: Partial<Usage> & { costSeenUsd?: number | null }): void;
  /** Claude's own total as the last attempt of a session that knows saw it; null when none does. */
  costSeenIn(sessionId: string): number | null;
  /** Sums over all attempts of a task; null where no attempt knows. */
  usageOf(taskId: number): Usage;
  limits(): Limit[];
  setLimit(limit: Limit): void;
}

export function createAttempts(db: Db): Attempts {
  return {
    start: (attempt) => void insertRow(db, 'attempts', { ...attempt }),
    ofTask: (taskId) =>
      statement(db, `select ${COLUMNS} from attempts where task_id = ? order by id`).all(
        taskId,
      ) as Attempt[],
    putBack(attempts) {
      for (const { id: _id, ...attempt } of attempts) insertRow(db, 'attempts', attempt);
    },
    currentOf: (sessionId) =>
      (statement(
        db,
        `select ${COLUMNS} from attempts where session_id = ? and ended_at is null order by id desc limit 1`,
      ).get(sessionId) as Attempt | undefined) ?? null,
    end: (sessionId, endedAt, outcome) =>
      void statement(
        db,
        'update attempts set ended_at = ?, outcome = ? where session_id = ? and ended_at is null',
      ).run(endedAt, outcome, sessionId),
    setUsage: (id, usage) =>
      void updateRow(db, 'attempts', { name: 'id', value: id }, { ...usage }),
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
        `select sum(input_tokens) inputTokens, sum(output_tokens) outputTokens, sum(cost_usd) costUsd
         from attempts where task_id = ?`,
      ).get(taskId) as Usage,
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
