import { expect, test } from 'vitest';
import { backoffMs, ERROR_CODES, errorRule, holdsEverything } from '#domain/attempt/error-code.ts';

test('each failure in a row waits twice as long, up to a limit', () => {
  const waits = [1, 2, 3, 10, 1_000].map((inARow) => backoffMs('server_error', inARow));
  expect(waits).toEqual([30_000, 60_000, 120_000, 600_000, 600_000]);
});

test('what cannot pass by itself, or is a person’s, is not tried again', () => {
  for (const code of ['authentication_failed', 'billing_error', 'not_delivered', 'interrupted']) {
    expect(backoffMs(code, 1)).toBeNull();
  }
});

test('what no try can mend says what a person does about it', () => {
  const silent = ERROR_CODES.filter((code) => {
    const { retry, remedy, charged } = errorRule(code);
    return retry === 'never' && charged === 'never' && remedy === null;
  });
  expect(silent).toEqual([]);
});

test('a code of a newer version is an unknown failure', () => {
  expect(errorRule('toString')).toBe(errorRule('unknown'));
});

test('only what every task would meet holds all of them', () => {
  expect(ERROR_CODES.filter(holdsEverything)).toEqual(['authentication_failed', 'billing_error']);
});
