import { STATUS_COLORS } from '#cli/style.ts';
import { graphRows } from '#domain/queue/graph.ts';
import { graphLead, graphNote } from '#format/graph.ts';
import { statusSign } from '#format/status.ts';
import { columnsOf, plainLine, truncate } from '#format/text.ts';
import type { DependencyGraph } from '#operations/dependency/graph.ts';
import type { Sheet } from './result.ts';

/** A title keeps this much beside what is said of the task. */
const LEAST_TITLE = 16;
const UNCUT = 100_000;

/** The tasks as a tree, those that wait below what they wait for. */
export function printGraph({ tasks, edges, project, task }: DependencyGraph, sheet: Sheet): string {
  const byId = new Map(tasks.map((each) => [each.id, each]));
  if (edges.length === 0) {
    return task === null
      ? 'No task waits for another one.'
      : `#${task} waits for no task, and none for it.`;
  }
  const width = sheet.width ?? UNCUT;
  const lines = graphRows(new Set(byId.keys()), edges).map((row) => {
    const shown = byId.get(row.id);
    if (shown === undefined) return '';
    const { symbol } = statusSign(shown.status);
    const lead = graphLead(row, width);
    const id = `#${row.id}`;
    const note = plainLine(graphNote(row, shown, project));
    const room = Math.max(0, width - columnsOf(`${lead}${symbol} ${id} `));
    const title = plainLine(shown.title);
    const noteRoom = Math.max(room - columnsOf(title), room - LEAST_TITLE) - 2;
    const said = note === '' || noteRoom < 4 ? '' : `  ${truncate(note, noteRoom)}`;
    return [
      sheet.paint('dim', lead),
      sheet.paint(STATUS_COLORS[shown.status], symbol),
      ` ${row.id === task ? sheet.paint('bold', id) : id} `,
      truncate(title, room - columnsOf(said)),
      sheet.paint('dim', said),
    ].join('');
  });
  return lines.join('\n');
}
