import { formatTable } from '#cli/table.ts';
import type { Check } from '#domain/pull-request/checks.ts';
import type { CheckVerdict } from '#domain/pull-request/pull-request.ts';
import { checkName, checksWords, inOrder, meaningSign, requiredWord } from '#format/check.ts';
import { formatRelativeTime } from '#format/relative-time.ts';
import { plainLine } from '#format/text.ts';
import type { Sheet } from './result.ts';

export interface ListedChecks {
  number: number;
  verdict: CheckVerdict | null;
  note: string | null;
  readAt: string | null;
  checks: readonly Check[];
}

/** The verdict over the checks of a pull request, then each of them in a line. */
export function printChecks(
  { number, verdict, note, readAt, checks }: ListedChecks,
  sheet: Sheet,
): string {
  const read = readAt === null ? '' : `, read ${formatRelativeTime(Date.parse(readAt), sheet.now)}`;
  const head = `PR #${number}: ${checksWords(verdict, note)}${read}.`;
  if (checks.length === 0) return head;
  const table = formatTable<Check>(
    inOrder(checks),
    [
      {
        title: 'STATE',
        cell: (check) => `${meaningSign(check).symbol} ${plainLine(check.state.toLowerCase())}`,
        paint: ({ meaning }, text) =>
          meaning === 'failed'
            ? sheet.paint('redBright', text)
            : meaning === 'passed'
              ? sheet.paint('green', text)
              : text,
      },
      { title: 'CHECK', cell: checkName, least: 16 },
      { title: 'REQUIRED', cell: requiredWord },
      { title: 'URL', cell: ({ url }) => url ?? '', least: 20 },
    ],
    sheet,
  );
  return `${head}\n${table}`;
}
