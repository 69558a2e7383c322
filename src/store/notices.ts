import type { NewEvent } from '#domain/event.ts';
import type { Notice } from '#domain/notification/notice.ts';
import { statement } from './columns.ts';
import type { Events } from './events.ts';
import type { Db } from './open.ts';

/** What a person was told of, or was spared, and what still waits for them. One row for each task and kind. */
export interface Notices {
  all(): Notice[];
  /** Writes that an episode has begun; with event null nobody is told of it. */
  begin(notice: Notice, event: NewEvent | null): void;
  /** Writes that it is over. Nothing is told of that: the change that ended it has an event of its own. */
  end(notice: Pick<Notice, 'task' | 'kind'>): void;
}

export function createNotices(db: Db, events: Events): Notices {
  return {
    all: () => statement(db, 'select task_id task, kind, since from notices').all() as Notice[],
    begin({ task, kind, since }, event) {
      statement(db, 'insert or replace into notices (task_id, kind, since) values (?, ?, ?)').run(
        task,
        kind,
        since,
      );
      if (event !== null) events.append({ ...event, taskId: task });
    },
    end({ task, kind }) {
      statement(db, 'delete from notices where task_id = ? and kind = ?').run(task, kind);
    },
  };
}
