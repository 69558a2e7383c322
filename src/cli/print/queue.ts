import { formatTable } from '#cli/table.ts';
import type { QueueState } from '#domain/project.ts';
import { windowWords } from '#domain/queue/limit.ts';
import { formatMoment } from '#domain/words/clock-time.ts';
import { formatRelativeTime } from '#format/relative-time.ts';
import { plainLine } from '#format/text.ts';
import type { ProjectQueue, QueueStatus } from '#operations/queue/status.ts';
import type { Sheet } from './result.ts';

/** Of more tasks that wait the rest is counted; --json has all of them. */
const SHOWN = 20;

const STATES: Record<QueueState, string> = { runs: 'runs', rests: 'rests', paused: 'is paused' };

/** The queues of all projects: the switch, the slots, what works, what starts, why the rest waits. */
export function printQueue(status: QueueStatus, sheet: Sheet): string {
  const { used, limit } = status.slots;
  const head = [
    ...(status.paused === null ? [] : [sheet.paint('yellow', pausedWords(status.paused, sheet))]),
    `${used} of ${limit} slots are taken.`,
    ...status.limits.map((limit) => limitLine(limit, sheet)),
  ];
  const projects = status.projects.map((project) => printProject(project, sheet));
  return [head.join('\n'), ...projects].join('\n\n');
}

function limitLine(
  { window, usedPercent, resetsAt }: QueueStatus['limits'][number],
  { now }: Sheet,
): string {
  const until = resetsAt === null ? '' : ` until ${formatMoment(Date.parse(resetsAt), now)}`;
  return `${Math.floor(usedPercent)} % of the ${windowWords(window)} is used${until}.`;
}

function pausedWords({ since, reason }: NonNullable<QueueStatus['paused']>, { now }: Sheet) {
  const because = reason === null ? '' : `: ${plainLine(reason)}`;
  return `Everything is paused (${formatRelativeTime(Date.parse(since), now)})${because}`;
}

function printProject(queue: ProjectQueue, sheet: Sheet): string {
  const { project, slots, working, starting, waiting } = queue;
  const room = slots.limit === null ? '' : ` (${slots.used} of ${slots.limit} slots)`;
  const name = sheet.paint('bold', plainLine(project));
  const lines = [`${name}: the queue ${STATES[queue.queue]}${room}`];
  if (working.length > 0) lines.push(`working  ${names(working)}`);
  if (starting.length > 0) lines.push(`starts   ${names(starting)}`);
  if (waiting.length > 0) lines.push(waitsTable(waiting.slice(0, SHOWN), sheet));
  if (waiting.length > SHOWN) lines.push(`and ${waiting.length - SHOWN} more wait`);
  if (working.length + starting.length + waiting.length === 0) lines.push('nothing is pending');
  return lines.join('\n');
}

function waitsTable(waiting: ProjectQueue['waiting'], sheet: Sheet): string {
  return formatTable(
    waiting,
    [
      { title: 'ID', cell: ({ id }) => `#${id}`, side: 'end' },
      { title: 'TITLE', cell: ({ title }) => title, least: 20 },
      { title: 'WAITS', cell: ({ text }) => text, least: 20 },
    ],
    sheet,
  );
}

function names(ids: readonly number[]): string {
  return ids.map((id) => `#${id}`).join(', ');
}
