import { formatTable } from '#cli/table.ts';
import type { InboxEntry, InboxKind } from '#domain/inbox.ts';
import { formatRelativeTime } from '#format/relative-time.ts';
import type { Sheet } from './result.ts';

/** Kinds in which something stands still for fault's sake; the others are questions and good news. */
const FAULTS: ReadonlySet<InboxKind> = new Set(['setup_failed', 'conflict', 'ci_failed', 'error']);

/** What waits for a person, one line each; a calm sentence when nothing does. */
export function printInbox(entries: readonly InboxEntry[], sheet: Sheet): string {
  if (entries.length === 0) return 'Nothing waits for you.';
  return formatTable(
    entries,
    [
      { title: 'TASK', cell: (entry) => `#${entry.task}`, side: 'end' },
      {
        title: 'KIND',
        cell: (entry) => entry.kind.replaceAll('_', ' '),
        paint: ({ kind }, text) => sheet.paint(FAULTS.has(kind) ? 'redBright' : 'yellow', text),
      },
      { title: 'SINCE', cell: (entry) => formatRelativeTime(Date.parse(entry.since), sheet.now) },
      { title: 'WHAT', cell: (entry) => entry.text, least: 20 },
    ],
    sheet,
  );
}
