import type { ErrorCode } from './error-code.ts';

const AS_SAID: Readonly<Record<string, ErrorCode>> = {
  overloaded: 'server_error',
  server_error: 'server_error',
  authentication_failed: 'authentication_failed',
  billing_error: 'billing_error',
  model_not_found: 'model_not_found',
  invalid_request: 'invalid_request',
};

/**
 * The code of a turn that Claude itself says has failed: its word for it, made finer by the sentence beside it. `limited` tells that the sentence
 * names a limit of the account; without one the same word stands for a short overload.
 */
export function codeOfFailure(word: string | null, sentence: string, limited: boolean): ErrorCode {
  if (limited) return 'rate_limit';
  if (/unable to connect|timed out|ECONN|ENOTFOUND|network/i.test(sentence)) return 'connection';
  if (word === 'rate_limit') return 'server_error';
  if (word === 'invalid_request' && /too (long|large)|exceeds?\b/i.test(sentence)) {
    return 'prompt_too_long';
  }
  return (word !== null && Object.hasOwn(AS_SAID, word) ? AS_SAID[word] : undefined) ?? 'unknown';
}
