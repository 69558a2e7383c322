import { expect, test } from 'vitest';
import {
  backoffMs,
  codeOfFailure,
  ERROR_CODES,
  errorRule,
  holdsEverything,
} from '#domain/attempt/error-code.ts';

test.each([
  ['rate_limit', "You've hit your session limit · resets 6:38am (UTC)", true, 'rate_limit'],
  ['rate_limit', 'API Error: Server is temporarily limiting requests', false, 'server_error'],
  ['server_error', 'API Error: 529 Overloaded.', false, 'server_error'],
  ['overloaded', 'API Error: 529 Overloaded.', false, 'server_error'],
  ['server_error', 'API Error: Unable to connect to API (ECONNRESET)', false, 'connection'],
  ['server_error', 'Request timed out', false, 'connection'],
  ['authentication_failed', 'Invalid API key', false, 'authentication_failed'],
  ['billing_error', 'Credit balance is too low', false, 'billing_error'],
  ['model_not_found', "There's an issue with the selected model", false, 'model_not_found'],
  ['invalid_request', 'Prompt is too long', false, 'prompt_too_long'],
  ['invalid_request', 'Request too large (max 32MB).', false, 'prompt_too_long'],
  ['invalid_request', 'It was refused.', false, 'invalid_request'],
  ['a word of a newer version', 'API Error: 400', false, 'unknown'],
  ['constructor', 'API Error: 400', false, 'unknown'],
  [null, 'API Error: 400', false, 'unknown'],
] as const)('%s with "%s" is %s: %s', (word, sentence, limited, code) => {
  expect(codeOfFailure(word, sentence, limited)).toBe(code);
});

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
