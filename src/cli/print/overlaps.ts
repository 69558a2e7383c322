import { formatTable } from '#cli/table.ts';
import { conflictWords, fileWords } from '#format/overlap.ts';
import type { OverlapEntry } from '#operations/overlap/list.ts';
import type { Sheet } from './result.ts';

/** Which worktrees touch the same files, one pair in a line. */
export function printOverlaps(entries: readonly OverlapEntry[], sheet: Sheet): string {
  if (entries.length === 0) return 'No two open worktrees change the same files.';
  return formatTable(
    entries,
    [
      { title: 'TASKS', cell: ({ task, other }) => `#${task} #${other}` },
      { title: 'PROJECT', cell: ({ project }) => project, least: 8 },
      { title: 'FILES', cell: ({ files }) => fileWords(files), least: 20 },
      {
        title: 'MERGED',
        cell: ({ conflicts }) => conflictWords(conflicts),
        paint: ({ conflicts }, text) =>
          conflicts === null || conflicts.length === 0 ? text : sheet.paint('yellow', text),
        least: 20,
      },
    ],
    sheet,
  );
}
