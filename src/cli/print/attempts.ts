import { formatTable } from '#cli/table.ts';
import { formatMoment } from '#domain/words/clock-time.ts';
import { formatMoney } from '#domain/words/money.ts';
import { formatDuration } from '#format/duration.ts';
import { formatTokens } from '#format/tokens.ts';
import type { AttemptView } from '#operations/attempt/list.ts';
import type { Sheet } from './result.ts';

/** The attempts of a task, oldest first, each in a line. */
export function printAttempts(attempts: readonly AttemptView[], sheet: Sheet): string {
  if (attempts.length === 0) return 'There were no attempts yet.';
  return formatTable<AttemptView>(
    attempts,
    [
      { title: '#', cell: ({ nth }) => String(nth), side: 'end' },
      { title: 'BEGAN', cell: ({ startedAt }) => formatMoment(Date.parse(startedAt), sheet.now) },
      { title: 'FOR', cell: ({ purpose }) => purpose },
      { title: 'MODEL', cell: ({ model }) => model ?? '–', least: 8 },
      {
        title: 'WORKED',
        cell: ({ workedMs }) => (workedMs === null ? '–' : formatDuration(workedMs)),
        side: 'end',
      },
      { title: 'IN', cell: ({ inputTokens }) => formatTokens(inputTokens), side: 'end' },
      { title: 'OUT', cell: ({ outputTokens }) => formatTokens(outputTokens), side: 'end' },
      { title: 'COST', cell: ({ costUsd }) => formatMoney(costUsd), side: 'end' },
      {
        title: 'CODE',
        cell: ({ errorCode, charged }) => codeWords(errorCode, charged),
        paint: ({ errorCode }, text) =>
          errorCode === null ? text : sheet.paint('redBright', text),
      },
      { title: 'ENDED', cell: endWords, least: 16 },
    ],
    sheet,
  );
}

function codeWords(code: string | null, charged: boolean): string {
  if (code === null) return '';
  return charged ? code : `${code} (not counted)`;
}

function endWords({ endedAt, outcome }: AttemptView): string {
  return endedAt === null ? 'runs' : (outcome ?? '–');
}
