import { describe, expect, test } from 'vitest';
import { isRefusal } from '#domain/error.ts';
import { type Every, everyWords, nextMoment, readEvery, writeEvery } from '#domain/queue/every.ts';
import { HOUR, type OffsetAt } from '#domain/queue/wall-clock.ts';

const berlin: OffsetAt = (at) =>
  at >= Date.parse('2026-03-29T01:00Z') && at < Date.parse('2026-10-25T01:00Z') ? 2 * HOUR : HOUR;

function every(text: string): Every {
  const read = readEvery(text);
  if (isRefusal(read)) throw new Error(read.reason);
  return read;
}

function next(text: string, anchor: string, now: string): string {
  const here = { now: Date.parse(now), offsetAt: berlin };
  const at = nextMoment(every(text), Date.parse(anchor), here);
  return new Date(at).toISOString().replace(':00.000', '');
}

test.each([
  ['1d', '1d', 'every day'],
  ['24h', '1d', 'every day'],
  ['6h', '6h', 'every 6 hours'],
  ['1h 30m', '1h30m', 'every 1 hour 30 min'],
  ['2w', '14d', 'every 2 weeks'],
  ['Mon 9:00', 'mon 09:00', 'every Mon 09:00'],
  ['thursday, mon 09:00', 'mon,thu 09:00', 'every Mon, Thu 09:00'],
  ['weekdays 08:30', 'weekdays 08:30', 'weekdays 08:30'],
  ['mon,tue,wed,thu,fri 08:30', 'weekdays 08:30', 'weekdays 08:30'],
  ['weekend 10:00', 'weekends 10:00', 'weekends 10:00'],
  ['daily 07:00', 'day 07:00', 'every day 07:00'],
])('%s is kept as %s and told as "%s"', (text, kept, told) => {
  expect(writeEvery(every(text))).toBe(kept);
  expect(writeEvery(every(kept))).toBe(kept);
  expect(everyWords(every(text))).toBe(told);
});

test.each(['', '0d', '5s', '1y', 'mon', '09:00', 'mon 25:00', 'xyz 09:00', '99999d'])(
  '%j is refused',
  (text) => {
    expect(isRefusal(readEvery(text))).toBe(true);
  },
);

describe('the next moment', () => {
  test('is one, however many were missed', () => {
    expect(next('6h', '2026-11-01T00:00Z', '2026-11-20T14:00Z')).toBe('2026-11-20T18:00Z');
    expect(next('1d', '2026-11-01T08:00Z', '2026-11-20T14:00Z')).toBe('2026-11-21T08:00Z');
    expect(next('2d', '2026-11-01T08:00Z', '2026-11-20T14:00Z')).toBe('2026-11-21T08:00Z');
    expect(next('mon 09:00', '2026-11-02T08:00Z', '2026-11-20T14:00Z')).toBe('2026-11-23T08:00Z');
  });

  test('is never the moment itself', () => {
    expect(next('6h', '2026-11-20T14:00Z', '2026-11-20T14:00Z')).toBe('2026-11-20T20:00Z');
    expect(next('1d', '2026-11-20T14:00Z', '2026-11-20T14:00Z')).toBe('2026-11-21T14:00Z');
    expect(next('fri 15:00', '2026-11-20T14:00Z', '2026-11-20T14:00Z')).toBe('2026-11-27T14:00Z');
    expect(next('day 15:00', '2026-11-20T14:00Z', '2026-11-20T14:00Z')).toBe('2026-11-21T14:00Z');
  });

  test('leaves out the weekend', () => {
    expect(next('weekdays 08:30', '2026-11-20T07:30Z', '2026-11-20T14:00Z')).toBe(
      '2026-11-23T07:30Z',
    );
  });

  test('stays where it was on the wall when summer ends and begins', () => {
    expect(next('1d', '2026-10-24T07:00Z', '2026-10-24T12:00Z')).toBe('2026-10-25T08:00Z');
    expect(next('day 09:00', '2026-10-24T07:00Z', '2026-10-24T12:00Z')).toBe('2026-10-25T08:00Z');
    expect(next('1d', '2026-03-28T08:00Z', '2026-03-28T12:00Z')).toBe('2026-03-29T07:00Z');
  });

  test('comes once in an hour that exists twice, and once where it is left out', () => {
    expect(next('day 02:30', '2026-10-24T00:30Z', '2026-10-24T12:00Z')).toBe('2026-10-25T00:30Z');
    expect(next('day 02:30', '2026-10-24T00:30Z', '2026-10-25T00:30Z')).toBe('2026-10-26T01:30Z');
    expect(next('day 02:30', '2026-03-28T01:30Z', '2026-03-28T12:00Z')).toBe('2026-03-29T01:30Z');
    expect(next('day 02:30', '2026-03-28T01:30Z', '2026-03-29T01:30Z')).toBe('2026-03-30T00:30Z');
  });
});
