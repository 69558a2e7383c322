import { expect, test } from 'vitest';
import { HOUR, writeMoment } from '#domain/queue/wall-clock.ts';

const offsetAt = () => HOUR;

test('a moment is written so that it can be read back', () => {
  expect(writeMoment(Date.parse('2026-11-20T23:00Z'), offsetAt)).toBe('2026-11-21 00:00');
  expect(writeMoment(Date.parse('2026-11-20T23:00:03Z'), offsetAt)).toBe('2026-11-21 00:00:03');
});
