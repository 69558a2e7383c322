import { formatTable } from '#cli/table.ts';
import type { EventRow } from '#domain/event.ts';
import { storyOf } from '#format/story.ts';
import type { Sheet } from './result.ts';

/** What happened to a task, one sentence in a line, oldest first. */
export function printEvents(events: readonly EventRow[], sheet: Sheet): string {
  const story = storyOf(events);
  if (story.length === 0) return 'Nothing has happened yet.';
  return formatTable(
    story,
    [
      { title: 'WHEN', cell: ({ at }) => localTime(at) },
      { title: 'WHAT', cell: ({ text }) => text, least: 20 },
      {
        title: 'WHO',
        cell: ({ source }) => source,
        paint: (_, text) => sheet.paint('dim', text),
      },
    ],
    sheet,
  );
}

function localTime(at: number): string {
  const moment = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  return `${day} ${two(moment.getHours())}:${two(moment.getMinutes())}`;
}
