import type { PrintResult } from '#domain/claude/print-result.ts';
import type { StreamPiece } from '#domain/claude/stream-message.ts';
import { formatMoney } from '#domain/words/money.ts';
import { formatDuration } from '#format/duration.ts';
import { plainText } from '#format/text.ts';
import { wrap } from '#format/wrap.ts';

/** So much of what a tool gave back is shown: the transcript has it whole. */
const GOT_LINES = 3;

/** The lines in which a piece is shown, broken to fit, with nothing in them that steers a terminal. */
export function linesOf(piece: StreamPiece, columns: number): string[] {
  switch (piece.kind) {
    case 'says':
      return ['', ...marked('● ', plainText(piece.text).trim().split('\n'), columns)];
    case 'uses':
      return marked('  ▸ ', [piece.text], columns).slice(0, 2);
    case 'got':
      return gotLines(piece, columns);
    case 'retries':
      return marked('  ⟳ ', [piece.text], columns);
    case 'result':
      return ['', ...marked('', [endWords(piece.result)], columns)];
    default:
      return piece satisfies never;
  }
}

function gotLines({ text, failed }: { text: string; failed: boolean }, columns: number): string[] {
  const lines = plainText(text).trimEnd().split('\n');
  const shown = lines.slice(0, GOT_LINES);
  const more = lines.length - shown.length;
  const rest = more === 0 ? [] : [`… ${more} more ${more === 1 ? 'line' : 'lines'}`];
  const cut = shown.map((line) => wrap(line, columns - 6)[0] ?? '');
  return marked(failed ? '    ✗ ' : '    ', [...cut, ...rest], columns);
}

/** Lines after a mark, which stands before the first one only. */
function marked(mark: string, lines: readonly string[], columns: number): string[] {
  const room = columns - mark.length;
  const blank = ' '.repeat(mark.length);
  return lines
    .flatMap((line) => wrap(line, room))
    .map((line, index) => `${index === 0 ? mark : blank}${line}`.trimEnd());
}

function endWords({ failed, denied, costUsd, durationMs }: PrintResult): string {
  const took = durationMs === null ? '' : ` after ${formatDuration(durationMs)}`;
  const cost = costUsd === null ? '' : `, ${formatMoney(costUsd)}`;
  const refused = denied.length === 0 ? '' : ` Nobody could allow: ${denied.join(', ')}.`;
  return failed === null
    ? `The turn has ended${took}${cost}.${refused}`
    : `The turn failed${took}${cost}: ${failed}${refused}`;
}
