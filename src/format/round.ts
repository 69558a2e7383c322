import type { EvidenceKind } from '#domain/pull-request/round.ts';
import type { RoundView } from '#domain/pull-request/round-view.ts';
import type { Verdict } from '#domain/pull-request/verdict.ts';
import { formatMoment } from '#domain/words/clock-time.ts';
import { formatMoney } from '#domain/words/money.ts';
import { formatDuration } from './duration.ts';
import { columnsOf, pad, plainLine, truncate } from './text.ts';
import { wrap } from './wrap.ts';

/** Below this a table has no room: what was said stands above what was decided. */
const TABLE_COLUMNS = 60;
const VERDICT_COLUMNS = 8;
/** Of what was said, as much as tells which comment it is. */
const WORDS_COLUMNS = 160;
const GAP = '  ';

/** A round in lines that fit: when and how it went, and what was decided about each comment. `now` in milliseconds since 1970. */
export function roundLines(round: RoundView, width: number, now: number): string[] {
  const lines = wrap(headOf(round, now), width);
  if (round.note !== null) lines.push(...wrap(round.note, width));
  const { verdicts, evidence } = round;
  const rest = verdicts.length === 0 ? evidence : evidence.filter(({ kind }) => !isSaid(kind));
  lines.push(...rest.flatMap(({ title }) => item('- ', title, width)));
  if (verdicts.length === 0) return lines;
  return [...lines, ...(width < TABLE_COLUMNS ? list : table)(verdicts, width)];
}

/** What people said gets a verdict; checks and conflicts show by themselves whether they are mended. */
function isSaid(kind: EvidenceKind): boolean {
  return kind === 'feedback' || kind === 'review';
}

const KINDS = { finish: 'Finish', fix: 'Fix', review: 'Review' } as const;
const OUTCOMES = {
  delivered: 'delivered',
  pushed: 'pushed',
  unchanged: 'no change',
  nothing: 'nothing to do',
  failed: 'failed',
  stopped: 'stopped',
} as const;

function headOf(
  { nth, kind, startedAt, endedAt, outcome, costUsd }: RoundView,
  now: number,
): string {
  const began = Date.parse(startedAt);
  const parts = [
    `${KINDS[kind]} round ${nth}`,
    formatMoment(began, now),
    endedAt === null ? 'runs' : formatDuration(Date.parse(endedAt) - began),
    ...(outcome === null ? [] : [OUTCOMES[outcome]]),
    ...(costUsd === null ? [] : [formatMoney(costUsd)]),
  ];
  return parts.join(' · ');
}

function commentOf({ author, place, words }: Verdict): string {
  const where = place === null ? '' : ` on ${place}`;
  return `${author ?? 'somebody'}${where}: ${truncate(plainLine(words), WORDS_COLUMNS)}`;
}

function table(verdicts: readonly Verdict[], width: number): string[] {
  const room = width - VERDICT_COLUMNS - 2 * GAP.length;
  const left = Math.floor(room / 2);
  const row = (cells: readonly [string, string, string]): string =>
    `${pad(cells[0], left)}${GAP}${pad(cells[1], VERDICT_COLUMNS)}${GAP}${cells[2]}`.trimEnd();
  return [
    row(['COMMENT', 'VERDICT', 'REASON']),
    ...verdicts.flatMap((each) => {
      const comment = wrap(commentOf(each), left);
      const reason = wrap(each.reason, room - left);
      const rows = Math.max(comment.length, reason.length);
      return Array.from({ length: rows }, (_, index) =>
        row([comment[index] ?? '', index === 0 ? each.verdict : '', reason[index] ?? '']),
      );
    }),
  ];
}

function list(verdicts: readonly Verdict[], width: number): string[] {
  return verdicts.flatMap((each) => [
    ...item('- ', commentOf(each), width),
    ...item('  ', `${each.verdict}: ${each.reason}`, width),
  ]);
}

/** A text behind a sign; its further lines stand below its first word. */
function item(sign: string, text: string, width: number): string[] {
  const columns = columnsOf(sign);
  return wrap(text, width - columns).map((line, index) =>
    index === 0 ? sign + line : ' '.repeat(columns) + line,
  );
}
