import type { NewEvent } from '#domain/event.ts';
import type { GateRun } from '#domain/gate/gate.ts';
import { bit, insertRow, selectList, statement, updateRow } from '#store/columns.ts';
import type { Events } from '#store/events.ts';
import type { Db } from '#store/open.ts';

const COLUMNS = selectList([
  'id',
  'taskId',
  'sessionId',
  'gate',
  'command',
  'headCommit',
  'clean',
  'startedAtMs',
  'endedAtMs',
  'outcome',
  'exitCode',
  'note',
  'log',
]);

type Row = Omit<GateRun, 'clean' | 'startedAt' | 'endedAt'> & {
  clean: 0 | 1;
  startedAtMs: number;
  endedAtMs: number | null;
};

function fromRow({ startedAtMs, endedAtMs, clean, ...rest }: Row): GateRun {
  return { ...rest, clean: clean === 1, startedAt: startedAtMs, endedAt: endedAtMs };
}

export interface GateRuns {
  /** Of a task, the oldest first. */
  of(taskId: number): GateRun[];
  /** That have not ended, or were cut off. */
  open(): GateRun[];
  /** The newest of each gate of tasks that are not done, by task id. */
  latest(): Map<number, GateRun[]>;
  /** One that has not ended. */
  add(run: Omit<GateRun, 'id' | 'endedAt' | 'outcome' | 'exitCode' | 'note' | 'log'>): GateRun;
  /** Records its end as the run says it. */
  end(run: GateRun, event: NewEvent): void;
}

export function createGateRuns(db: Db, events: Events): GateRuns {
  return {
    of: (taskId) =>
      (
        statement(db, `select ${COLUMNS} from gate_runs where task_id = ? order by id`).all(
          taskId,
        ) as Row[]
      ).map(fromRow),
    open: () =>
      (
        statement(
          db,
          `select ${COLUMNS} from gate_runs where ended_at_ms is null order by id`,
        ).all() as Row[]
      ).map(fromRow),
    latest() {
      const rows = statement(
        db,
        `select ${COLUMNS} from gate_runs where id in (select max(id) from gate_runs
           where task_id in (select id from tasks where status <> 'done') group by task_id, gate) order by id`,
      ).all() as Row[];
      return Map.groupBy(rows.map(fromRow), ({ taskId }) => taskId);
    },
    add(run) {
      const { startedAt, clean, ...rest } = run;
      const row = { ...rest, startedAtMs: startedAt, clean: bit(clean) };
      const unended = { endedAt: null, outcome: null, exitCode: null, note: null, log: null };
      return { ...run, ...unended, id: insertRow(db, 'gate_runs', row) };
    },
    end(run, event) {
      const { outcome, exitCode, note, log } = run;
      const end = { outcome, exitCode, note, log, clean: bit(run.clean), endedAtMs: run.endedAt };
      updateRow(db, 'gate_runs', { name: 'id', value: run.id }, end);
      events.append({ ...event, taskId: run.taskId, sessionId: run.sessionId });
    },
  };
}
