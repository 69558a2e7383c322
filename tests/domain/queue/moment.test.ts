import { describe, expect, test } from 'vitest';
import { isRefusal } from '#domain/error.ts';
import { readMoment } from '#domain/queue/moment.ts';
import { HOUR, type OffsetAt } from '#domain/queue/wall-clock.ts';

/** Summer time ends on the 25th of October 2026 at 01:00 UTC and began on the 29th of March. */
const berlin: OffsetAt = (at) =>
  at >= Date.parse('2026-03-29T01:00Z') && at < Date.parse('2026-10-25T01:00Z') ? 2 * HOUR : HOUR;

/** A Friday, 15:00 on the wall. */
const NOW = Date.parse('2026-11-20T14:00:00Z');

function read(text: string, now = NOW): string {
  const at = readMoment(text, { now, offsetAt: berlin });
  return isRefusal(at) ? at.reason : new Date(at).toISOString().replace(':00.000', '');
}

test.each([
  ['+2h', '2026-11-20T16:00Z'],
  ['+1h30m', '2026-11-20T15:30Z'],
  ['in 2d', '2026-11-22T14:00Z'],
  ['15:30', '2026-11-20T14:30Z'],
  ['9:00', '2026-11-21T08:00Z'],
  ['15:00', '2026-11-21T14:00Z'],
  ['today 23:59', '2026-11-20T22:59Z'],
  ['Tomorrow  09:00', '2026-11-21T08:00Z'],
  ['sat 09:00', '2026-11-21T08:00Z'],
  ['friday 15:30', '2026-11-20T14:30Z'],
  ['fri 14:00', '2026-11-27T13:00Z'],
  ['2026-12-24', '2026-12-23T23:00Z'],
  ['2026-12-24 18:00', '2026-12-24T17:00Z'],
  ['2026-12-24T18:00', '2026-12-24T17:00Z'],
  ['2026-12-24T18:00Z', '2026-12-24T18:00Z'],
  ['2026-12-24T18:00:00.000Z', '2026-12-24T18:00Z'],
  ['2026-12-24T18:00+05:30', '2026-12-24T12:30Z'],
  ['2026-12-24T18:00-0100', '2026-12-24T19:00Z'],
])('%s is %s', (text, at) => {
  expect(read(text)).toBe(at);
});

test.each([
  '',
  '25:00',
  '12:60',
  'noon',
  'someday 09:00',
  '2026-11-31',
  '2026-13-01',
  '+0s',
  '+2y',
  '+',
  'mo 09:00',
])('%j is no moment', (text) => {
  expect(read(text)).toBe(`"${text}" is no moment.`);
});

test.each(['today 15:00', '2020-01-01', '2026-11-20T14:00Z'])('%s is past', (text) => {
  expect(read(text)).toBe(`"${text}" is past.`);
});

describe('where the clock on the wall jumps', () => {
  test('an hour that is left out is later by the jump', () => {
    expect(read('tomorrow 02:30', Date.parse('2026-03-28T12:00Z'))).toBe('2026-03-29T01:30Z');
  });

  test('of an hour that exists twice it is the first', () => {
    expect(read('tomorrow 02:30', Date.parse('2026-10-24T12:00Z'))).toBe('2026-10-25T00:30Z');
    // And the next one of the same name is on the next day.
    expect(read('02:30', Date.parse('2026-10-25T00:30Z'))).toBe('2026-10-26T01:30Z');
  });
});
