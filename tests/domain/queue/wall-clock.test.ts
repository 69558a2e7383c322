import { expect, test } from 'vitest';
import { HOUR, momentWords, writeMoment } from '#domain/queue/wall-clock.ts';

const offsetAt = () => HOUR;
const now = Date.parse('2026-11-20T14:00:00Z');

test.each([
  ['2026-11-20T13:30:20Z', '14:30'],
  ['2026-11-20T22:59Z', '23:59'],
  ['2026-11-20T23:00Z', 'Sat 21 00:00'],
  ['2026-11-21T08:00Z', 'Sat 21 09:00'],
  ['2026-12-14T08:00Z', 'Mon 14 09:00'],
  ['2026-12-20T08:00Z', '20 Dec 09:00'],
  ['2026-11-19T08:00Z', '19 Nov 09:00'],
  ['2027-01-05T08:00Z', '5 Jan 2027 09:00'],
])('%s is told as %s', (at, words) => {
  expect(momentWords(Date.parse(at), { now, offsetAt })).toBe(words);
});

test('a moment is written so that it can be read back', () => {
  expect(writeMoment(Date.parse('2026-11-20T23:00Z'), offsetAt)).toBe('2026-11-21 00:00');
  expect(writeMoment(Date.parse('2026-11-20T23:00:03Z'), offsetAt)).toBe('2026-11-21 00:00:03');
});
