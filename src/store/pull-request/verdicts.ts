import type { Verdict } from '#domain/pull-request/verdict.ts';
import { insertRow, selectList, statement } from '#store/columns.ts';
import type { Db } from '#store/open.ts';

const COLUMNS = selectList([
  'roundId',
  'feedbackId',
  'statementId',
  'author',
  'place',
  'words',
  'verdict',
  'reason',
  'fixedIn',
]);

/** What each round decided. The event of the round's end tells of them. */
export interface Verdicts {
  /** Of all rounds of a task, in the order in which they were decided. */
  ofTask(taskId: number): Verdict[];
  add(verdict: Verdict): void;
}

export function createVerdicts(db: Db): Verdicts {
  return {
    ofTask: (taskId) =>
      statement(
        db,
        `select ${COLUMNS} from verdicts join rounds on rounds.id = round_id where task_id = ? order by round_id, feedback_id`,
      ).all(taskId) as Verdict[],
    add: (verdict) => void insertRow(db, 'verdicts', { ...verdict }),
  };
}
