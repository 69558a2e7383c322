import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { orThrow } from '#domain/error.ts';
import { createRows } from '#tui/picture/rows.ts';
import { ownTmux } from '../../support/own-tmux.ts';
import { createScreen } from '../../support/screen.ts';
import { waitFor } from '../../support/wait-for.ts';

const ESC = '\u001B';
const RED = `${ESC}[0;31m`;
const OFF = `${ESC}[0m`;

test.each<[string, string[], string[]]>([
  ['plain text', ['hello', ''], ['hello', '']],
  ['text that is too long', ['0123456789ab'], ['0123456789']],
  ['a look inside a row', [`a${ESC}[31mb${ESC}[39mc`], [`a${RED}b${OFF}c`]],
  [
    'a look that runs on',
    [`${ESC}[31mab`, 'cd', `${ESC}[0mef`],
    [`${RED}ab${OFF}`, `${RED}cd${OFF}`, 'ef'],
  ],
  [
    'a look that begins after the crop',
    [`0123456789${ESC}[31mxx`, 'ab'],
    ['0123456789', `${RED}ab${OFF}`],
  ],
  ['an empty row between', [`${ESC}[31ma`, '', 'b'], [`${RED}a${OFF}`, '', `${RED}b${OFF}`]],
  ['arrows of tmux’s own', ['\u000E+,-.0'], ['→←↑↓▮']],
  ['line drawing', ['\u000Elqk\u000F q', '\u000Ex', 'x\u000Fx'], ['┌─┐ q', '│', '│x']],
  [
    'the same line with and without line drawing',
    [`${ESC}[31m\u000Eq`, 'q', '\u000Fx', 'q'],
    ['─', '─', 'x', 'q'].map((text) => `${RED}${text}${OFF}`),
  ],
  ['wide letters', ['你好你好你好'], ['你好你好你']],
  ['a wide letter across the edge', ['123456789你'], ['123456789']],
  [
    'combining marks',
    ['e\u0301e\u0301', 'e\u0301'.repeat(12)],
    ['e\u0301e\u0301', 'e\u0301'.repeat(10)],
  ],
  ['a family of one picture', ['👩‍👩‍👧 x'], ['👩‍👩‍👧 x']],
  ['a flag', ['🇩🇪x'], ['🇩🇪x']],
  ['background spaces at the end', [`${ESC}[44m   `], [`${ESC}[0;44m   ${OFF}`]],
])('%s', (_, screen, rows) => {
  expect(createRows(10)(screen)).toEqual(rows);
});

test.each([
  ['titles', `a${ESC}]0;title\u0007b`],
  ['links', `a${ESC}]8;;http://x${ESC}\\b${ESC}]8;;${ESC}\\`],
  ['the clipboard', `a${ESC}]52;c;AAAA\u0007b`],
  ['device strings', `a${ESC}P+q544e${ESC}\\b`],
  ['cursor movement', `a${ESC}[5;5H${ESC}[2Jb${ESC}[?1049h`],
  ['short escapes', `a${ESC}cb${ESC}(0${ESC}7`],
  ['one-byte controls', 'a\u009B2J\u009D0;t\u009Cb'],
  ['control characters', 'a\u0000\u0007\b\r\n\t\u007Fb'],
  ['marks that turn the direction', '\u202Ea\u2066\u200Fb'],
  ['a sequence that does not end', `ab${ESC}]0;the rest`],
  ['a look with a colour that is none', `a${ESC}[38;5;999m${ESC}[38;9mb`],
])('%s never get through', (_, line) => {
  expect(createRows(10)([line])).toEqual(['ab']);
});

test.each([
  ['38;2;1;2;3', '38;2;1;2;3'],
  ['38:2::1:2:3', '38;2;1;2;3'],
  ['38:5:9', '38;5;9'],
  ['48;5;200;1', '1;48;5;200'],
  ['1;2', '1;2'],
  ['1;22;3', '3'],
  ['4:3;58;5;1', '4:3;58;5;1'],
  ['4:0', ''],
  ['91;107', '91;107'],
  ['7;27', ''],
  ['31;0', ''],
  ['31;', ''],
])('the look %j becomes %j', (written, look) => {
  const row = look === '' ? 'x' : `${ESC}[0;${look}mx${OFF}`;
  expect(createRows(10)([`${ESC}[${written}mx`])).toEqual([row]);
});

test('a glyph whose width is disputed is followed by the column where the next one belongs', () => {
  expect(createRows(10, 20)(['a😀b', 'a─b', 'ok'])).toEqual([`a😀${ESC}[24Gb`, 'a─b', 'ok']);
  expect(createRows(3, 20)(['ab☺', 'a☺b'])).toEqual(['ab ', `a☺${ESC}[23Gb`]);
});

test('the same screen again gives the same rows, also after other screens', () => {
  const rows = createRows(10);
  const screen = [`${ESC}[31mä`, 'b', '\u000Eq', 'q'];
  const first = rows(screen);
  rows(['x', 'b', 'q', 'q']);
  expect(rows(screen)).toEqual(first);
  expect(rows(['b', 'q'])).toEqual(['b', 'q']);
});

const word = fc.oneof(
  // Without + , - . 0 and _: as line drawing they are arrows to tmux and themselves to the other
  // terminal.
  fc.stringMatching(/^[ !-*/1-9:-^`-~]{1,8}$/),
  fc.constantFrom(
    '你好',
    'カ',
    '한글',
    'é',
    'e\u0301',
    'ñ̃',
    '─│┌',
    '●',
    '❯ ',
    '😀',
    '🚀x',
    'я',
    'ß',
  ),
);
const look = fc
  .array(
    fc.oneof(
      fc.constantFrom('', '0', '1', '2', '3', '4', '5', '7', '8', '9', '22', '23', '24', '25'),
      fc.constantFrom('27', '28', '29', '39', '49', '53', '55', '31', '97', '42', '100', '4:3'),
      fc.nat(255).map((n) => `38;5;${n}`),
      fc.nat(255).map((n) => `48:5:${n}`),
      fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)).map((rgb) => `48;2;${rgb.join(';')}`),
      fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)).map((rgb) => `38:2::${rgb.join(':')}`),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((codes) => `${ESC}[${codes.join(';')}m`);
const drawing = fc.stringMatching(/^[jklmnqtuvwxa~ 4]{1,6}$/).map((text) => `\u000E${text}\u000F`);
const open = fc.constantFrom('\u000E', '\u000F');
const line = fc
  .array(fc.oneof({ weight: 5, arbitrary: word }, { weight: 4, arbitrary: look }, drawing, open), {
    maxLength: 10,
  })
  .map((parts) => parts.join(''));

const EMPTY = '" " 1 0:-1 0:-1 ';

/** Compares the rows of a screen with what a terminal makes of the same text, cell by cell. */
async function compare(lines: string[], width: number, column: number | undefined): Promise<void> {
  const wanted = createScreen(200, lines.length);
  // tmux takes line drawing for what SO selects.
  await wanted.write(`${ESC})0${lines.join('\r\n')}`);
  const painted = createScreen(200, lines.length);
  const rows = createRows(width, column)(lines);
  for (const [y, row] of rows.entries()) {
    await painted.write(`${OFF}${ESC}[${y + 1};1H${row}`);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: column moves take no cells
    expect(stringWidth(row.replaceAll(/\u001B\[\d+G/g, ''))).toBeLessThanOrEqual(width);
  }
  for (const y of rows.keys()) {
    for (let x = 0; x < width; x += 1) {
      // A wide letter across the edge is left out.
      const cut = x === width - 1 && / 2 \d+:/.test(wanted.cell(x, y));
      expect(painted.cell(x, y)).toBe(cut ? EMPTY : wanted.cell(x, y));
    }
    expect(painted.cell(width, y)).toBe(EMPTY);
  }
}

test('any screen looks like the same text in a terminal, cell by cell', async () => {
  const screens = fc.array(line, { minLength: 1, maxLength: 6 });
  const columns = fc.constantFrom(undefined, 0);
  await fc.assert(fc.asyncProperty(screens, fc.integer({ min: 1, max: 40 }), columns, compare), {
    numRuns: 300,
  });
});

test('a pane of tmux, captured, looks as the program drew it', async () => {
  const own = ownTmux();
  const drawn = [
    `${ESC}[1;31mbold red${ESC}[22m red ${ESC}[44m on blue   `,
    `runs on ${ESC}[0m${ESC}[38;5;208morange ${ESC}[48;2;10;20;30mdeep${ESC}[0m`,
    `${ESC}(0lqqqk${ESC}(B ${ESC}[7m inverse ${ESC}[27;3mitalic${ESC}[0m`,
    `${ESC}(0x${ESC}[32m   x${ESC}(B${ESC}[0m 你好 e\u0301 ┌─┐`,
    `${ESC}[4munderlined ${ESC}[9mstruck${ESC}[24m only struck${ESC}[0m end`,
  ].join('\r\n');
  writeFileSync(join(own.dir, 'drawn'), drawn);
  const { pane } = await own.start('s1', ['sh', '-c', 'cat drawn; exec sleep 60'], { columns: 60 });
  const client = orThrow(await own.tmux.connect());
  const lines = await waitFor('the drawing', async () => {
    const seen = await client.capture(pane);
    return seen.some((row) => row.includes('end')) ? seen : null;
  });
  client.close();
  const wanted = createScreen(60, 24);
  await wanted.write(drawn);
  const painted = createScreen(60, 24);
  await painted.write(createRows(60)(lines).join('\r\n'));
  for (let y = 0; y < 6; y += 1) {
    for (let x = 0; x < 60; x += 1) expect(painted.cell(x, y)).toBe(wanted.cell(x, y));
  }
});
