import { expect, test } from 'vitest';
import { ageNote, limitLine } from '#tui/panels/usage-panel.tsx';
import { PLAIN_THEME } from '#tui/theme.ts';

const HOUR = 3_600_000;
const limit = { window: 'five_hour', usedPercent: 50, resetsAt: 2 * HOUR, readAt: 0 };

const line = (known: typeof limit | undefined, now = 0) =>
  limitLine('5h', known, 30, now, PLAIN_THEME);

test('a limit is a bar, a figure and the time of its reset', () => {
  expect(
    line(limit)
      .map(({ text }) => text)
      .join(''),
  ).toBe('5h █████░░░░░  50% ↻ 02:00');
});

test('where a date has no room beside the sign it stands alone', () => {
  const later = { ...limit, resetsAt: 22 * 24 * HOUR };
  const narrow = (known: typeof limit) =>
    limitLine('7d', known, 20, 0, PLAIN_THEME)
      .map(({ text }) => text)
      .join('');
  expect(narrow(limit)).toBe('7d ██░░  50% ↻ 02:00');
  expect(narrow(later)).toBe('7d ██░░  50% 23 Jan');
});

test('an unknown limit, or one whose reset is over, is no figure', () => {
  const unknown = '5h ░░░░░░░░░░   –';
  expect(
    line(undefined)
      .map(({ text }) => text)
      .join(''),
  ).toBe(unknown);
  expect(
    line(limit, 3 * HOUR)
      .map(({ text }) => text)
      .join(''),
  ).toBe(unknown);
});

test.each([
  [79.9, 'good'],
  [80, 'warning'],
  [89.9, 'warning'],
  [90, 'bad'],
] as const)('%i percent is %s', (usedPercent, tone) => {
  expect(line({ ...limit, usedPercent })[1]?.look).toEqual(PLAIN_THEME.look(tone));
});

test('the mark of the reserve stands where the queue stops, and how full it is can be read without colours', () => {
  const read = (usedPercent: number, reserve: number): string =>
    limitLine('5h', { ...limit, usedPercent }, 30, 0, PLAIN_THEME, reserve)
      .map(({ text }) => text)
      .join('');
  expect(read(50, 10)).toBe('5h █████░░░░┊  50% ↻ 02:00');
  expect(read(50, 30)).toBe('5h █████░░┊░░  50% ↻ 02:00');
  expect(read(85, 30)).toBe('5h █████████░ 85%! ↻ 02:00');
  expect(read(89.9, 0)).toBe('5h █████████░ 89%! ↻ 02:00');
  expect(read(100, 10)).toBe('5h ██████████100%! ↻ 02:00');
});

test('a bar never leaves its room', () => {
  const bar = line({ ...limit, usedPercent: 250 });
  expect(bar.map(({ text }) => text).join('')).toContain('██████████');
  expect(bar.map(({ text }) => text).join('')).not.toContain('███████████');
});

test('figures that are old say when they were told', () => {
  const now = 20 * 60_000;
  expect(ageNote([limit], now)).toBe('as of 00:00');
  expect(ageNote([limit, { ...limit, readAt: now }], now)).toBe('');
  expect(ageNote([{ ...limit, resetsAt: now - 1 }], now)).toBe('');
  expect(ageNote([], now)).toBe('');
});
