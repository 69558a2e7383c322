import { expect, test } from 'vitest';
import { readLimitWords } from '#domain/queue/limit-words.ts';

const AT = Date.parse('2026-11-20T05:00:00Z');
const iso = (at: number | null): string | null =>
  at === null ? null : new Date(at).toISOString().slice(0, 16);

test.each([
  ["You've hit your session limit · resets 6:38am (UTC)", 'five_hour', '2026-11-20T06:38'],
  ["You've hit your limit · resets 4am (UTC)", 'unnamed', '2026-11-21T04:00'],
  ["You've hit your weekly limit · resets Nov 23, 4:22pm (UTC)", 'seven_day', '2026-11-23T16:22'],
  ["You've hit your weekly limit · resets Jan 2, 12am (UTC)", 'seven_day', '2027-01-02T00:00'],
  ["You've hit your Opus limit · resets 9pm (Europe/Berlin)", 'seven_day_opus', '2026-11-20T20:00'],
  [
    "You've hit your Sonnet limit · resets 12:30am (America/New_York)",
    'seven_day_sonnet',
    '2026-11-20T05:30',
  ],
  ["You've hit your session limit · resets 14:30 (UTC)", 'five_hour', '2026-11-20T14:30'],
  ["You've hit your session limit", 'five_hour', null],
  ["You've hit your session limit · resets 6:38am (Moon/Crater)", 'five_hour', null],
  ["You've hit your session limit · resets 25:99 (UTC)", 'five_hour', null],
])('%s', (words, window, resets) => {
  const limit = readLimitWords(words, AT);
  expect({ ...limit, resetsAt: iso(limit.resetsAt) }).toEqual({
    ...{ window, usedPercent: 100, resetsAt: resets, readAt: AT },
  });
});

test('a minute that has just passed is asked again in a minute, not tomorrow', () => {
  const at = Date.parse('2026-11-20T06:38:40Z');
  const words = "You've hit your session limit · resets 6:38am (UTC)";
  expect(readLimitWords(words, at).resetsAt).toBe(at + 60_000);
});

test('across a change of the clocks the wall of the zone counts', () => {
  const at = Date.parse('2026-10-24T20:00:00Z');
  const words = "You've hit your limit · resets 9am (Europe/Berlin)";
  expect(iso(readLimitWords(words, at).resetsAt)).toBe('2026-10-25T08:00');
});
