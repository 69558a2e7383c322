import type { ErrorCode } from '#domain/error.ts';

export const DONE = 0;
export const FAILED = 1;
export const WRONG_USAGE = 2;
const ENVIRONMENT = 3;
const TIMED_OUT = 124;
export const INTERRUPTED = 130;

const EXIT_CODES: Record<ErrorCode, number> = {
  refused: FAILED,
  not_found: FAILED,
  internal: FAILED,
  invalid: WRONG_USAGE,
  environment: ENVIRONMENT,
  timeout: TIMED_OUT,
};

/** What the process ends with after a refusal or an error of this kind. */
export function exitCode(code: ErrorCode): number {
  return EXIT_CODES[code];
}
