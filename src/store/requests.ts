import type { Answer } from '#domain/claude/answer.ts';
import type { Request, RequestEnd } from '#domain/claude/request.ts';
import { insertRow, selectList, statement, updateRow } from './columns.ts';
import type { Db } from './open.ts';

const COLUMNS = selectList([
  'id',
  'sessionId',
  'taskId',
  'kind',
  'tool',
  'detail',
  'agent',
  'body',
  'questions',
  'sameAs',
  'always',
  'askedAtMs',
  'waiter',
  'answer',
  'closedAtMs',
  'closedBy',
]);

type Row = Omit<Request, 'questions' | 'askedAt' | 'answer' | 'closedAt'> & {
  questions: string;
  askedAtMs: number;
  answer: string | null;
  closedAtMs: number | null;
};

function fromRow({ askedAtMs, closedAtMs, answer, questions, ...row }: Row): Request {
  return {
    ...row,
    questions: JSON.parse(questions),
    askedAt: askedAtMs,
    answer: answer === null ? null : JSON.parse(answer),
    closedAt: closedAtMs,
  };
}

const CLOSE =
  "update requests set closed_at_ms = ?, closed_by = ?, waiter = null, body = '', questions = '[]', same_as = null, always = null";

/** What Claude asks of people. Each change is part of one of its session, whose event another call of the same transaction appends. */
export interface Requests {
  find(id: string): Request | null;
  /** Those that wait for an answer, oldest first. */
  open(): Request[];
  openOf(sessionId: string): Request[];
  add(request: Request): void;
  setAnswer(id: string, answer: Answer | null): void;
  setWaiter(id: string, pid: number | null): void;
  /** What was asked in full is forgotten: only its line stays. `at` in milliseconds since 1970. */
  close(id: string, at: number, by: RequestEnd): void;
  /** The same for all that a session has open. */
  closeOf(sessionId: string, at: number): void;
}

export function createRequests(db: Db): Requests {
  const key = (id: string) => ({ name: 'id', value: id });
  const list = (where: string, ...values: unknown[]): Request[] => {
    const sql = `select ${COLUMNS} from requests where closed_at_ms is null${where} order by asked_at_ms, id`;
    return (statement(db, sql).all(...values) as Row[]).map(fromRow);
  };
  return {
    find(id) {
      const sql = `select ${COLUMNS} from requests where id = ?`;
      const row = statement(db, sql).get(id) as Row | undefined;
      return row === undefined ? null : fromRow(row);
    },
    open: () => list(''),
    openOf: (sessionId) => list(' and session_id = ?', sessionId),
    add({ askedAt, closedAt, questions, answer, ...request }) {
      insertRow(db, 'requests', {
        ...request,
        questions: JSON.stringify(questions),
        askedAtMs: askedAt,
        answer: answer === null ? null : JSON.stringify(answer),
        closedAtMs: closedAt,
      });
    },
    setAnswer(id, answer) {
      const value = answer === null ? null : JSON.stringify(answer);
      updateRow(db, 'requests', key(id), { answer: value });
    },
    setWaiter: (id, pid) => void updateRow(db, 'requests', key(id), { waiter: pid }),
    close: (id, at, by) => void statement(db, `${CLOSE} where id = ?`).run(at, by, id),
    closeOf: (sessionId, at) =>
      void statement(db, `${CLOSE} where session_id = ? and closed_at_ms is null`).run(
        at,
        'over',
        sessionId,
      ),
  };
}
