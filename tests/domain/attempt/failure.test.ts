import { expect, test } from 'vitest';
import { codeOfFailure } from '#domain/attempt/failure.ts';

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
