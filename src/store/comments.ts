import type { NewEvent } from '#domain/event.ts';
import type { Comment } from '#domain/review/comment.ts';
import { insertRow, selectList, statement, updateRow } from './columns.ts';
import type { Events } from './events.ts';
import type { Db } from './open.ts';

const COLUMNS = selectList([
  'id',
  'taskId',
  'file',
  'side',
  'fromLine',
  'toLine',
  'quote',
  'text',
  'writtenAt',
  'sentAt',
]);

export interface Comments {
  find(id: number): Comment | null;
  /** All of a task, drafts and sent ones, oldest first. */
  ofTask(taskId: number): Comment[];
  /** Those that were not sent yet, oldest first. */
  draftsOf(taskId: number): Comment[];
  add(comment: Omit<Comment, 'id'>, event: NewEvent): Comment;
  setText(id: number, text: string, writtenAt: string, event: NewEvent): void;
  markSent(ids: readonly number[], at: string, event: NewEvent): void;
  remove(id: number, event: NewEvent): void;
}

export function createComments(db: Db, events: Events): Comments {
  const find = (id: number): Comment | null =>
    (statement(db, `select ${COLUMNS} from comments where id = ?`).get(id) as
      | Comment
      | undefined) ?? null;
  const append = (event: NewEvent, data: Record<string, unknown>): void =>
    void events.append({ ...event, data: { ...event.data, ...data } });
  const update = (id: number, row: Record<string, unknown>): void =>
    void updateRow(db, 'comments', { name: 'id', value: id }, row);
  return {
    find,
    ofTask: (taskId) =>
      statement(db, `select ${COLUMNS} from comments where task_id = ? order by id`).all(
        taskId,
      ) as Comment[],
    draftsOf: (taskId) =>
      statement(
        db,
        `select ${COLUMNS} from comments where task_id = ? and sent_at is null order by id`,
      ).all(taskId) as Comment[],
    add(comment, event) {
      const id = insertRow(db, 'comments', { ...comment });
      append({ ...event, taskId: comment.taskId }, { comment: id, file: comment.file });
      return { ...comment, id };
    },
    setText(id, text, writtenAt, event) {
      update(id, { text, writtenAt });
      append(event, { comment: id });
    },
    markSent(ids, at, event) {
      for (const id of ids) update(id, { sentAt: at });
      append(event, { comments: [...ids] });
    },
    remove(id, event) {
      statement(db, 'delete from comments where id = ?').run(id);
      append(event, { comment: id });
    },
  };
}
