/**
 * What kind of no or failure it is. Surfaces map it once: the command line to an exit code, the dashboard to a colour.
 * `environment` is anything outside claustre that a person must mend first: a missing tool, no login, a busy database.
 */
export type ErrorCode =
  | 'refused'
  | 'not_found'
  | 'invalid'
  | 'environment'
  | 'timeout'
  | 'internal';

/** A rule's "no". It is a value, not an exception: asking whether something may happen is normal. */
export interface Refusal {
  readonly refused: true;
  readonly code: Exclude<ErrorCode, 'internal'>;
  /** One sentence: what does not happen, and why. */
  readonly reason: string;
  /** What the reader can do about it, as an instruction; absent when nothing can be done. */
  readonly hint?: string;
  /** When it may be asked again, in milliseconds since 1970; absent when nobody has said. */
  readonly until?: number;
}

/** Returns a refusal. `reason` is a full sentence, `hint` an instruction. */
export function refuse(reason: string, hint?: string, code: Refusal['code'] = 'refused'): Refusal {
  return hint === undefined
    ? { refused: true, code, reason }
    : { refused: true, code, reason, hint };
}

export function isRefusal(value: unknown): value is Refusal {
  return (
    typeof value === 'object' && value !== null && (value as { refused?: unknown }).refused === true
  );
}

/** A refusal, or what failed, in one line: what does not happen, then what can be done about it. */
export function inSentences(no: { reason: string; hint?: string | undefined }): string {
  return no.hint === undefined ? no.reason : `${no.reason} ${no.hint}`;
}

/** The one exception class: what cannot go on. It knows no exit code, colour or screen. */
export class ClaustreError extends Error {
  override readonly name = 'ClaustreError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  /** Facts for the log: tool, arguments, exit code, the end of stderr. Never secrets. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    more: { hint?: string; cause?: unknown; details?: Record<string, unknown> } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.hint = more.hint;
    this.details = more.details ?? {};
  }
}

/** Returns the value, or throws the refusal as an error for a caller that cannot go on without it. */
export function orThrow<T>(value: T | Refusal): T {
  if (!isRefusal(value)) return value;
  throw new ClaustreError(
    value.code,
    value.reason,
    value.hint === undefined ? {} : { hint: value.hint },
  );
}
