import type { TestRun } from '#domain/proof/test-run.ts';
import { bit, selectList, statement } from '#store/columns.ts';
import type { Db } from '#store/open.ts';

const NAMES = [
  'id',
  'command',
  'masked',
  'startedAtMs',
  'endedAtMs',
  'editedSince',
  'outcome',
  'passed',
  'failed',
] as const;
const COLUMNS = selectList(NAMES);

/** Of a session that runs its tests all day the last ones are kept. */
const KEPT = 40;

type Row = Omit<TestRun, 'masked' | 'editedSince' | 'startedAt' | 'endedAt'> & {
  masked: 0 | 1;
  editedSince: 0 | 1;
  startedAtMs: number;
  endedAtMs: number | null;
};

function fromRow({ startedAtMs, endedAtMs, ...row }: Row): TestRun {
  return {
    ...row,
    masked: row.masked === 1,
    editedSince: row.editedSince === 1,
    startedAt: startedAtMs,
    endedAt: endedAtMs,
  };
}

/** Runs of tests in the conversations of sessions. These are readings: no events tell of them. */
export interface TestRuns {
  /** Of a session, the oldest first. */
  of(sessionId: string): TestRun[];
  /** Those whose end was not seen yet. */
  openOf(sessionId: string): TestRun[];
  /** Of the sessions that are not closed the newest run of each command that has ended, by task id. */
  open(): Map<number, TestRun[]>;
  /** Lays what was read over what is known. */
  record(sessionId: string, runs: readonly TestRun[]): void;
  /** A file was edited: what began before is no proof of it. */
  edited(sessionId: string, at: number): void;
}

export function createTestRuns(db: Db): TestRuns {
  const many = (where: string, value: string): TestRun[] =>
    (
      statement(
        db,
        `select ${COLUMNS} from test_runs where ${where} order by started_at_ms, id`,
      ).all(value) as Row[]
    ).map(fromRow);
  return {
    of: (sessionId) => many('session_id = ?', sessionId),
    openOf: (sessionId) => many('session_id = ? and ended_at_ms is null', sessionId),
    open() {
      const rows = statement(
        db,
        `select task_id taskId, ${COLUMNS} from
           (select task_id, test_runs.*,
              row_number() over (partition by session_id, command order by started_at_ms desc, test_runs.id desc) place
            from sessions cross join test_runs on session_id = sessions.id
            where state <> 'closed' and ended_at_ms is not null)
         where place = 1 order by started_at_ms, id`,
      ).all() as (Row & { taskId: number })[];
      const found = new Map<number, TestRun[]>();
      for (const { taskId, ...row } of rows) {
        found.set(taskId, [...(found.get(taskId) ?? []), fromRow(row)]);
      }
      return found;
    },
    record(sessionId, runs) {
      for (const { startedAt, endedAt, masked, editedSince, ...run } of runs) {
        statement(
          db,
          `insert into test_runs (session_id, id, command, masked, started_at_ms, ended_at_ms, edited_since, outcome, passed, failed)
           values (@sessionId, @id, @command, @masked, @startedAt, @endedAt, @editedSince, @outcome, @passed, @failed)
           on conflict (session_id, id) do update set ended_at_ms = @endedAt, outcome = @outcome,
             passed = @passed, failed = @failed, edited_since = max(edited_since, @editedSince)`,
        ).run({
          ...run,
          sessionId,
          startedAt,
          endedAt,
          masked: bit(masked),
          editedSince: bit(editedSince),
        });
      }
      if (runs.length === 0) return;
      statement(
        db,
        `delete from test_runs where session_id = @sessionId and id not in
           (select id from test_runs where session_id = @sessionId order by started_at_ms desc, id desc limit ${KEPT})`,
      ).run({ sessionId });
    },
    edited: (sessionId, at) =>
      void statement(
        db,
        'update test_runs set edited_since = 1 where session_id = ? and started_at_ms < ? and edited_since = 0',
      ).run(sessionId, at),
  };
}
