import { expect, test } from 'vitest';
import { TMUX_WIDTHS } from '#tui/typing/widths.ts';
import { ownTmux } from '../../support/own-tmux.ts';
import { waitFor } from '../../support/wait-for.ts';

/** Cells that the text takes, character by character as a terminal reads it. */
function cellsOf(text: string): number {
  let before = 0;
  let cells = 0;
  for (const character of text) {
    const next = TMUX_WIDTHS.charProperties(character.codePointAt(0) ?? 0, before);
    const width = (next >> 1) & 3;
    cells += (next & 1) === 1 ? width - ((before >> 1) & 3) : width;
    before = next;
  }
  return cells;
}

/** Texts of which all versions of tmux think the same. */
const TEXTS = [
  ...['a', 'é', 'e\u0301', '漢字', '한글', 'ｱ', 'ａ', '①', '→', '─', '\uE0B0'],
  ...['👍', '☕', '❤', '👨\u200D👩\u200D👧', 'a\u200Bb', 'กิ', 'بِ'],
];

/** Texts of which others think otherwise, with their cells in tmux 3.3. */
const SPECIAL: readonly [string, number][] = [
  ['❤\uFE0F', 1],
  ['1\uFE0F\u20E3', 1],
  ['🇩🇪', 2],
  ['👍🏽', 4],
  ['\u1112\u1161\u11AB', 2],
  ['a\u00ADb', 3],
];

test.each(SPECIAL)('%j takes %i cells', (text, count) => {
  expect(cellsOf(text)).toBe(count);
});

test('every text is as wide as tmux takes it to be', async () => {
  const own = ownTmux();
  await own.start('s1', ['sh', '-c', 'stty -echo; cat']);
  const wrong: string[] = [];
  for (const [index, text] of TEXTS.entries()) {
    const script = `printf '%s' '${text}'; exec sleep ${600 + index}`;
    own.ask('respawn-pane', '-k', '-t', '=s1:', 'sh', '-c', script);
    const format = '#{cursor_x} #{pane_current_command}';
    // The text is there once what comes after it runs: tmux reads before it answers.
    const x = await waitFor('its end', () => {
      const [column, command] = own.ask('display-message', '-p', '-t', '=s1:', format).split(' ');
      return command === 'sleep\n' && column !== '0' && column;
    });
    if (Number(x) !== cellsOf(text)) {
      wrong.push(`${JSON.stringify(text)}: ${cellsOf(text)}, tmux ${x}`);
    }
  }
  expect(wrong).toEqual([]);
}, 30_000);
