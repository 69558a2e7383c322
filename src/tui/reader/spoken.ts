import { ACTIVITIES } from '#domain/activity.ts';
import { TURN_HOLDERS } from '#domain/pull-request/turn.ts';
import { TASK_STATUSES } from '#domain/task.ts';
import { activitySign, statusSign, turnSign } from '#format/status.ts';
import { GLYPHS } from '#tui/theme.ts';

/** Signs whose words stand beside them already. */
const DROPPED = new Set([
  ...TASK_STATUSES.map((status) => statusSign(status).symbol),
  ...ACTIVITIES.map((activity) => activitySign(activity).symbol),
  activitySign('ended', true).symbol,
  ...TURN_HOLDERS.map((holder) => turnSign(holder).symbol),
  ...[GLYPHS.barFull, GLYPHS.barEmpty, GLYPHS.reserve, GLYPHS.current, GLYPHS.notChosen],
]);

/** Of these only what is no letter or mark of a sentence: "!" and "?" are read as such. */
const SILENT = [...DROPPED].filter((sign) => !/[!?]/.test(sign)).join('');

/** Signs that alone say something: before a number how many there are, before "CI" how the checks stand. */
const COUNTED = TASK_STATUSES.map((status) => statusSign(status));
const CHECKS = {
  '✓': 'checks passed',
  '✗': 'checks failed',
  '⟳': 'checks running',
  '!': 'checks need a person',
} as const;

/** A row of the screen as it is read aloud: words instead of signs, commas instead of columns. Empty for a row of lines or blanks. */
export function spoken(row: string): string {
  let text = row.replace(/[─│╭╮╰╯]/g, ' ').replaceAll(`${GLYPHS.selected} `, ' selected: ');
  // Of several choices in a row the sign tells which one it is.
  if (text.includes(`${GLYPHS.notChosen} `)) {
    text = text.replaceAll(`${GLYPHS.current} `, 'chosen: ');
  }
  for (const [sign, words] of Object.entries(CHECKS)) text = text.replaceAll(`${sign} CI`, words);
  text = text
    .replace(/(PR #\d+) ✓(\d+)/g, '$1, approvals: $2')
    .replace(new RegExp(`${GLYPHS.thread}(\\d+)`, 'g'), ', open threads: $1')
    .replaceAll(`${GLYPHS.overlap} #`, 'touches the files of #')
    .replace(/↓(\d+)/g, '$1 behind');
  for (const { symbol, label } of COUNTED) {
    text = text.replaceAll(new RegExp(`${symbol}(\\d+)`, 'g'), `$1 ${label} `);
  }
  return (
    text
      .replaceAll(`${GLYPHS.needsYou} `, 'attention: ')
      .replaceAll(GLYPHS.again, 'resets')
      .replace(new RegExp(`[${SILENT}]`, 'g'), '')
      .replace(/ {2,}/g, ', ')
      // Of a turn that nobody knows the sign of is no question.
      .replace(/, \? /g, ', ')
      .replace(/ +,/g, ',')
      .replace(/(selected:|attention:),/g, '$1')
      .replace(/^[\s,]+|[\s,]+$/g, '')
  );
}
