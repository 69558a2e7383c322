import type { RoundView } from '#domain/pull-request/round-view.ts';
import { roundLines } from '#format/round.ts';
import type { Sheet } from './result.ts';

/** Where nothing is cut, lines are still broken: a reason may be long. */
const COLUMNS = 120;

/** The rounds of a task, oldest first, each with what was decided about every comment. */
export function printRounds(rounds: readonly RoundView[], { width, paint, now }: Sheet): string {
  if (rounds.length === 0) return 'There were no rounds yet.';
  return rounds
    .map((round) => {
      const [head = '', ...rest] = roundLines(round, width ?? COLUMNS, now);
      return [paint('bold', head), ...rest].join('\n');
    })
    .join('\n\n');
}
