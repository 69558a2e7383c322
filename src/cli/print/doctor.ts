import type { Paint } from '#cli/style.ts';
import { columnsOf, pad, plainLine } from '#format/text.ts';
import type { Check, Diagnosis } from '#operations/doctor/run.ts';
import type { Sheet } from './result.ts';

const SIGNS: Record<Check['state'], { symbol: string; color: Parameters<Paint>[0] }> = {
  ok: { symbol: '✓', color: 'green' },
  missing: { symbol: '-', color: 'yellow' },
  failed: { symbol: '✗', color: 'red' },
};

/** What was checked, one line each, a remedy below what is not well, and the verdict at the end. */
export function printDiagnosis({ ok, checks }: Diagnosis, sheet: Sheet): string {
  const width = Math.max(0, ...checks.map(({ name }) => columnsOf(plainLine(name))));
  const lines = checks.flatMap(({ name, state, detail, hint }) => {
    const { symbol, color } = SIGNS[state];
    const line = `${sheet.paint(color, symbol)} ${pad(plainLine(name), width)}  ${plainLine(detail)}`;
    if (hint === null) return [line];
    return [line, `${' '.repeat(width + 4)}${sheet.paint('dim', plainLine(hint))}`];
  });
  const verdict = ok
    ? 'claustre can do its work here.'
    : 'claustre cannot do its work before this is mended.';
  return [...lines, '', verdict].join('\n');
}
