import type { Overlap } from '#domain/overlap.ts';
import { insertRow, statement } from './columns.ts';
import type { Db } from './open.ts';

type Row = Omit<Overlap, 'files' | 'conflicts'> & { files: string; conflicts: string | null };

/** Which worktrees touch the same files. These are readings: no events tell of them. Each pair stands once, the smaller id first. */
export interface Overlaps {
  all(): Overlap[];
  of(taskId: number): Overlap[];
  /** Replaces all pairs. */
  replace(overlaps: readonly Overlap[]): void;
}

export function createOverlaps(db: Db): Overlaps {
  const many = (where: string, ...values: unknown[]): Overlap[] =>
    (
      statement(
        db,
        `select task_id taskId, other_id otherId, files, conflicts, read_at readAt from overlaps where ${where} order by task_id, other_id`,
      ).all(...values) as Row[]
    ).map(({ files, conflicts, ...row }) => ({
      ...row,
      files: JSON.parse(files),
      conflicts: conflicts === null ? null : JSON.parse(conflicts),
    }));
  return {
    all: () => many('true'),
    of: (taskId) => many('task_id = ? or other_id = ?', taskId, taskId),
    replace(overlaps) {
      statement(db, 'delete from overlaps').run();
      for (const { files, conflicts, ...each } of overlaps) {
        insertRow(db, 'overlaps', {
          ...each,
          files: JSON.stringify(files),
          conflicts: conflicts === null ? null : JSON.stringify(conflicts),
        });
      }
    },
  };
}
