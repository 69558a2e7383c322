import { expect, test } from 'vitest';
import { isRefusal } from '#domain/error.ts';
import { readStarts, startsWords, writeStarts } from '#domain/form/starts.ts';

const here = { now: Date.parse('2026-11-20T14:00:00Z'), offsetAt: () => 0 };

test.each([
  ['', 'none', 'none', null],
  ['tomorrow 09:00', 'tomorrow 09:00', 'none', 'Sat 21 09:00'],
  ['after 10m', 'none', '10m', '10 min after what it waits for'],
  ['After 1h, 18:00', '18:00', '1h', '18:00, 1 hour after what it waits for'],
])('%j is at %s, after %s', (text, at, delay, words) => {
  expect(readStarts(text)).toEqual({ at, delay });
  expect(startsWords(text, here)).toBe(words);
});

test.each(['soon', 'after a while', '25:00, after 10m', 'today 14:00'])('%j is refused', (text) => {
  expect(isRefusal(startsWords(text, here))).toBe(true);
});

test('what is written says the same', () => {
  const task = { notBefore: '2026-11-21T09:00:00.000Z', delaySecs: 600 };
  const written = writeStarts(task, here.offsetAt);
  expect(written).toBe('2026-11-21 09:00, after 10m');
  expect(readStarts(written)).toEqual({ at: '2026-11-21 09:00', delay: '10m' });
  expect(writeStarts({ notBefore: null, delaySecs: 0 }, here.offsetAt)).toBe('');
});
