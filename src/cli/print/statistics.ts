import { formatTable } from '#cli/table.ts';
import { TASK_STATUSES } from '#domain/task.ts';
import { formatMoney } from '#domain/words/money.ts';
import { formatDuration } from '#format/duration.ts';
import { formatRelativeTime } from '#format/relative-time.ts';
import { statusSign } from '#format/status.ts';
import { plainLine } from '#format/text.ts';
import { formatTokens } from '#format/tokens.ts';
import type { HistoryEntry } from '#operations/project/history.ts';
import type { ProjectStatistics } from '#operations/project/stats.ts';
import type { Sheet } from './result.ts';

const time = (ms: number | null): string => (ms === null ? '?' : formatDuration(ms));

/** What came of the tasks of a project. */
export function printStatistics(found: ProjectStatistics, sheet: Sheet): string {
  const counts = TASK_STATUSES.flatMap((status) => {
    const count = found.byStatus[status];
    return count === undefined ? [] : [`${count} ${statusSign(status).label}`];
  });
  const facts: [string, string][] = [
    ['path', found.path],
    ['tasks', [String(found.tasks), ...counts].join(', ')],
    ['done', `${found.doneToday} today, ${found.doneThisWeek} this week, ${found.done} in all`],
    ['merged', `${found.merged} as pull requests`],
    ['sessions', String(found.sessions)],
    ['worked', `${time(found.workedMs)}, ${time(found.averageWorkedMs)} a task done`],
    ['tokens', `${formatTokens(found.inputTokens)} in, ${formatTokens(found.outputTokens)} out`],
    ['cost', `${formatMoney(found.costUsd)}, ${formatMoney(found.averageCostUsd)} a task done`],
  ];
  const lines = facts.map(
    ([name, value]) => `${sheet.paint('dim', name.padEnd(10))}${plainLine(value)}`,
  );
  return [sheet.paint('bold', plainLine(found.project)), ...lines].join('\n');
}

/** Finished tasks, one line each. */
export function printHistory(entries: readonly HistoryEntry[], sheet: Sheet): string {
  if (entries.length === 0) return 'No task is done yet.';
  const { now } = sheet;
  return formatTable(
    entries,
    [
      { title: 'ID', cell: ({ id }) => `#${id}`, side: 'end' },
      {
        title: 'DONE',
        cell: ({ completedAt }) =>
          completedAt === null ? '?' : formatRelativeTime(Date.parse(completedAt), now),
        side: 'end',
      },
      { title: 'TITLE', cell: ({ title }) => title, least: 20 },
      { title: 'WORKED', cell: ({ workedMs }) => time(workedMs), side: 'end' },
      { title: 'COST', cell: ({ costUsd }) => formatMoney(costUsd), side: 'end' },
      {
        title: 'PR',
        cell: ({ pullRequest }) => (pullRequest === null ? '' : `#${pullRequest.number}`),
      },
    ],
    sheet,
  );
}
