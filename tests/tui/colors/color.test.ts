import { expect, test } from 'vitest';
import { colorOf } from '#tui/colors/color.ts';

test.each([
  ['cyan', 'cyan'],
  ['Dark_Gray', 'gray'],
  ['darkgrey', 'gray'],
  ['gray', 'gray'],
  ['light_gray', 'white'],
  ['light-red', 'redBright'],
  ['light red', 'redBright'],
  ['brightgreen', 'greenBright'],
  ['redBright', 'redBright'],
  ['red_bright', 'redBright'],
  ['#FF8700', '#ff8700'],
  ['rgb(255, 135,0)', '#ff8700'],
  ['none', ''],
  ['reset', ''],
  ['rgb(256,0,0)', null],
  ['#12', null],
  ['sky', null],
  ['lightsky', null],
])('%s is %s', (given, color) => {
  expect(colorOf(given)).toBe(color);
});
