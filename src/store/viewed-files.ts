import type { NewEvent } from '#domain/event.ts';
import { statement } from './columns.ts';
import type { Events } from './events.ts';
import type { Db } from './open.ts';

/** The files of a task's diff that a person has looked at, each with the hash of what was seen. */
export interface ViewedFiles {
  /** By path: the hash of the file's part of the diff when it was marked. */
  ofTask(taskId: number): Record<string, string>;
  mark(file: { taskId: number; file: string; hash: string; at: string }, event: NewEvent): void;
  /** Takes the mark away; a file without one stays so. */
  unmark(taskId: number, file: string, event: NewEvent): void;
}

export function createViewedFiles(db: Db, events: Events): ViewedFiles {
  return {
    ofTask(taskId) {
      const rows = statement(db, 'select file, hash from viewed_files where task_id = ?').all(
        taskId,
      ) as { file: string; hash: string }[];
      return Object.fromEntries(rows.map(({ file, hash }) => [file, hash]));
    },
    mark({ taskId, file, hash, at }, event) {
      statement(
        db,
        `insert into viewed_files (task_id, file, hash, viewed_at) values (?, ?, ?, ?)
         on conflict (task_id, file) do update set hash = excluded.hash, viewed_at = excluded.viewed_at`,
      ).run(taskId, file, hash, at);
      events.append({ ...event, taskId, data: { ...event.data, file } });
    },
    unmark(taskId, file, event) {
      statement(db, 'delete from viewed_files where task_id = ? and file = ?').run(taskId, file);
      events.append({ ...event, taskId, data: { ...event.data, file } });
    },
  };
}
