import type { NewEvent } from '#domain/event.ts';
import type { Feedback, FeedbackReading } from '#domain/pull-request/feedback.ts';
import { bit, selectList, statement } from './columns.ts';
import type { Events } from './events.ts';
import type { Db } from './open.ts';

const COLUMNS = selectList([
  'id',
  'pullRequestId',
  'kind',
  'statements',
  'state',
  'path',
  'line',
  'url',
  'resolved',
  'outdated',
  'roundId',
  'decidedFor',
  'verdict',
  'reason',
  'replyId',
  'answeredAt',
]);

type Row = Omit<Feedback, 'statements' | 'resolved' | 'outdated'> & {
  statements: string;
  resolved: 0 | 1;
  outdated: 0 | 1;
};

function fromRow(row: Row): Feedback {
  return {
    ...row,
    statements: JSON.parse(row.statements),
    resolved: row.resolved === 1,
    outdated: row.outdated === 1,
  };
}

type Decision = Partial<
  Pick<
    Feedback,
    'roundId' | 'decidedFor' | 'verdict' | 'reason' | 'replyId' | 'answeredAt' | 'resolved'
  >
>;

export interface FeedbackTable {
  find(pullRequestId: number, id: string): Feedback | null;
  /** Of a pull request, in the order in which it was said first. */
  of(pullRequestId: number): Feedback[];
  /** Of all pull requests that are open. */
  open(): Feedback[];
  /** Lays what was read over what is known; what became of it stays. Of a pull request that was read whole, what is not among `readings` is taken out. */
  replace(
    pullRequestId: number,
    readings: readonly FeedbackReading[],
    event: NewEvent | null,
  ): void;
  decide(pullRequestId: number, id: string, decision: Decision, event: NewEvent | null): void;
}

export function createFeedback(db: Db, events: Events): FeedbackTable {
  const many = (where: string, ...values: unknown[]): Feedback[] =>
    (statement(db, `select ${COLUMNS} from feedback where ${where}`).all(...values) as Row[])
      .map(fromRow)
      .toSorted((a, b) => (a.statements[0]?.at ?? '').localeCompare(b.statements[0]?.at ?? ''));
  return {
    find: (pullRequestId, id) =>
      many('pull_request_id = ? and id = ?', pullRequestId, id)[0] ?? null,
    of: (pullRequestId) => many('pull_request_id = ?', pullRequestId),
    open: () =>
      many(
        "pull_request_id in (select id from pull_requests where state <> 'merged' and state = 'open')",
      ),
    replace(pullRequestId, readings, event) {
      const ids = JSON.stringify(readings.map(({ id }) => id));
      statement(
        db,
        'delete from feedback where pull_request_id = ? and id not in (select value from json_each(?))',
      ).run(pullRequestId, ids);
      for (const reading of readings) {
        statement(
          db,
          `insert into feedback (id, pull_request_id, kind, statements, state, path, line, url, resolved, outdated)
           values (@id, @pullRequestId, @kind, @statements, @state, @path, @line, @url, @resolved, @outdated)
           on conflict (pull_request_id, id) do update set statements = @statements, state = @state, path = @path,
             line = @line, url = @url, resolved = @resolved, outdated = @outdated`,
        ).run({
          ...reading,
          pullRequestId,
          statements: JSON.stringify(reading.statements),
          resolved: bit(reading.resolved),
          outdated: bit(reading.outdated),
        });
      }
      if (event !== null) events.append(event);
    },
    decide(pullRequestId, id, { resolved, ...decision }, event) {
      const changes = {
        ...decision,
        ...(resolved === undefined ? {} : { resolved: bit(resolved) }),
      };
      const set = Object.keys(changes).map((name) => `${selectName(name)} = @${name}`);
      if (set.length > 0) {
        statement(
          db,
          `update feedback set ${set.join(', ')} where pull_request_id = @pullRequestId and id = @id`,
        ).run({ ...changes, pullRequestId, id });
      }
      if (event !== null) events.append(event);
    },
  };
}

/** The name in the table of a name in code. */
function selectName(name: string): string {
  return selectList([name]).split(' ')[0] ?? name;
}
