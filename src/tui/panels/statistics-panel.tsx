import type { Snapshot } from '#app.ts';
import { calendarOf, projectStatistics, type Statistics } from '#domain/statistics.ts';
import { formatMoney } from '#domain/words/money.ts';
import { formatDuration } from '#format/duration.ts';
import { formatTokens } from '#format/tokens.ts';
import type { Area } from '#tui/layout.ts';
import { tasksOf } from '#tui/queue.ts';
import { DIM, type Theme } from '#tui/theme.ts';
import type { View } from '#tui/view.ts';
import { type Spans, span } from '#tui/widgets/line.tsx';
import { insideWidth, Panel } from '#tui/widgets/panel.tsx';

const LABEL_CELLS = 7;

interface Props {
  snapshot: Snapshot;
  view: View;
  theme: Theme;
  area: Area;
}

/** What came of the tasks of the selected project. */
export function StatisticsPanel({ snapshot, view, theme, area }: Props) {
  const { projectId } = view;
  const found = projectId === null ? null : statisticsOf(snapshot, projectId, view.now);
  return (
    <Panel
      title="Statistics"
      width={area.width}
      height={area.height}
      border={theme.look('unfocused')}
      titleLook={{}}
      lines={
        found === null || found.tasks === 0
          ? [[span('Nothing to count yet.', DIM)], [span('Tasks that are done count here.', DIM)]]
          : statisticsLines(found, insideWidth(area.width))
      }
    />
  );
}

let last: { key: readonly unknown[]; found: Statistics } | undefined;

/** Counted once for each change of what it is made of, not for each frame. */
export function statisticsOf(snapshot: Snapshot, projectId: number, now: number): Statistics {
  const since = calendarOf(now);
  const { tasks, usage, pullRequests } = snapshot;
  const key = [tasks, usage, pullRequests, projectId, since.today];
  if (last !== undefined && key.every((part, index) => part === last?.key[index])) {
    return last.found;
  }
  const found = projectStatistics(tasksOf(snapshot, projectId), usage, pullRequests, since);
  last = { key, found };
  return found;
}

/** Five rows; where the panel is narrow, the end of a row is the part that can be missed. */
export function statisticsLines(found: Statistics, width: number): Spans[] {
  const { done, doneToday, doneThisWeek, tasks, byStatus } = found;
  const failed = byStatus.error ?? 0;
  const rows: [string, string, string][] = [
    ['done', `${doneToday} today · ${doneThisWeek} this week`, ` · ${done}`],
    ['open', `${tasks - done}`, failed === 0 ? '' : ` · ${failed} in error`],
    ['worked', known(found.workedMs, formatDuration), each(found.averageWorkedMs, formatDuration)],
    [
      'tokens',
      `${known(found.inputTokens, formatTokens)} in · ${known(found.outputTokens, formatTokens)} out`,
      '',
    ],
    ['cost', known(found.costUsd, formatMoney), each(found.averageCostUsd, formatMoney)],
  ];
  return rows.map(([label, text, more]) => {
    const fits = LABEL_CELLS + text.length + more.length <= width;
    return [span(label.padEnd(LABEL_CELLS), DIM), span(`${text}${fits ? more : ''}`)];
  });
}

function known(value: number | null, format: (value: number) => string): string {
  return value === null ? '–' : format(value);
}

function each(value: number | null, format: (value: number) => string): string {
  return value === null ? '' : ` · ${format(value)} each`;
}
