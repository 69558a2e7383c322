import { afterWords } from '#domain/dependency.ts';
import type { GraphRow, GraphTask } from '#domain/queue/graph.ts';
import { plainLine } from './text.ts';

/** Levels that are drawn; of a longer row of tasks the upper ones become one sign. */
const WIDE_LEVELS = 12;
const NARROW_LEVELS = 4;
/** Below this many columns titles need the room more. */
const NARROW = 60;

/** The lines that lead from the task above: `│  ├─ `. */
export function graphLead({ more }: GraphRow, width: number): string {
  if (more.length === 0) return '';
  const levels = width < NARROW ? NARROW_LEVELS : WIDE_LEVELS;
  const shown = more.slice(-levels);
  const above = shown.slice(0, -1).map((goesOn) => (goesOn ? '│  ' : '   '));
  const own = shown.at(-1) ? '├─ ' : '└─ ';
  return `${more.length > levels ? '… ' : ''}${above.join('')}${own}`;
}

/** What stands after the title: how the task waits for the one above it, what else it waits for, and what is in its way. */
export function graphNote(row: GraphRow, task: GraphTask, project: string | null): string {
  if (row.isAgain) return 'see above';
  const until =
    row.until === 'pr_green' ? 'when green' : row.until === 'merged' ? 'when merged' : '';
  return [
    task.trouble ?? '',
    until === '' || !row.met ? until : `${until}: met`,
    row.also.length === 0 ? '' : `also after ${afterWords(row.also)}`,
    task.project === project ? '' : `in ${plainLine(task.project)}`,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
