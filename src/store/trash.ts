import type { NewEvent } from '#domain/event.ts';
import type { TrashEntry } from '#domain/trash.ts';
import { insertRow, selectList, statement, updateRow } from './columns.ts';
import type { Events } from './events.ts';
import type { Db } from './open.ts';

const COLUMNS = selectList([
  'id',
  'projectId',
  'taskId',
  'sessionId',
  'reason',
  'ref',
  'branch',
  'worktree',
  'head',
  'base',
  'baseCommit',
  'claudeSessionId',
  'transcriptPath',
  'commits',
  'changed',
  'untracked',
  'task',
  'createdAt',
  'restoredAt',
]);

export interface Trash {
  find(id: number): TrashEntry | null;
  /** The newest entry of a task that was not restored yet; one that holds work comes before one that does not. */
  lastOf(taskId: number): TrashEntry | null;
  /** Ids of entries of a task that hold no work and were not restored. */
  bareOf(taskId: number): number[];
  add(entry: Omit<TrashEntry, 'id' | 'restoredAt'>, event: NewEvent): number;
  update(id: number, changes: Partial<Omit<TrashEntry, 'id'>>, event: NewEvent): void;
}

export function createTrash(db: Db, events: Events): Trash {
  const one = (where: string, value: number): TrashEntry | null =>
    (statement(db, `select ${COLUMNS} from trash where ${where}`).get(value) as
      | TrashEntry
      | undefined) ?? null;
  return {
    find: (id) => one('id = ?', id),
    lastOf: (taskId) =>
      one('task_id = ? and restored_at is null order by ref is null, id desc limit 1', taskId),
    bareOf: (taskId) =>
      statement(
        db,
        'select id from trash where task_id = ? and restored_at is null and ref is null',
      )
        .pluck()
        .all(taskId) as number[],
    add(entry, event) {
      const id = insertRow(db, 'trash', { ...entry });
      events.append({ ...event, taskId: entry.taskId, data: { ...event.data, trash: id } });
      return id;
    },
    update(id, changes, event) {
      updateRow(db, 'trash', { name: 'id', value: id }, { ...changes });
      events.append({ ...event, data: { ...event.data, trash: id } });
    },
  };
}
