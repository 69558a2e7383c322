import type { NewEvent } from '#domain/event.ts';
import type { Criterion } from '#domain/gate/criterion.ts';
import { insertRow, selectList, statement } from '#store/columns.ts';
import type { Events } from '#store/events.ts';
import type { Db } from '#store/open.ts';

const COLUMNS = selectList([
  'taskId',
  'position',
  'text',
  'verdict',
  'evidence',
  'headCommit',
  'checkedAt',
]);

export interface Criteria {
  /** In their order. */
  criteria(taskId: number): Criterion[];
  /** What stays under the same words keeps its verdict. */
  setCriteria(taskId: number, texts: readonly string[], event: NewEvent): void;
  setVerdict(criterion: Criterion, event: NewEvent | null): void;
}

export function createCriteria(db: Db, events: Events): Criteria {
  const of = (taskId: number): Criterion[] =>
    statement(db, `select ${COLUMNS} from criteria where task_id = ? order by position`).all(
      taskId,
    ) as Criterion[];
  const unchecked = { verdict: null, evidence: null, headCommit: null, checkedAt: null };
  return {
    criteria: of,
    setCriteria(taskId, texts, event) {
      const known = of(taskId);
      statement(db, 'delete from criteria where task_id = ?').run(taskId);
      texts.forEach((text, position) => {
        const before = known.find((each) => each.text === text) ?? unchecked;
        insertRow(db, 'criteria', { ...before, taskId, position, text });
      });
      events.append({ ...event, taskId, data: { ...event.data, criteria: texts.length } });
    },
    setVerdict({ taskId, position, verdict, evidence, headCommit, checkedAt }, event) {
      statement(
        db,
        `update criteria set verdict = @verdict, evidence = @evidence, head_commit = @headCommit, checked_at = @checkedAt
         where task_id = @taskId and position = @position`,
      ).run({ taskId, position, verdict, evidence, headCommit, checkedAt });
      if (event !== null) events.append({ ...event, taskId });
    },
  };
}
