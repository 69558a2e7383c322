import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface Log {
  /** Path of the file, for sentences that point to it. */
  readonly path: string;
  info(message: string, facts?: Record<string, unknown>): void;
  /** Something went wrong and claustre goes on: the message, and the error with its stack. */
  error(message: string, error: unknown): void;
}

/** One file and one older file are kept, each at most this large. */
const MAX_BYTES = 2 * 1024 * 1024;

/** Writes lines of JSON to `<folder>/<name>.log`. A log that cannot be written is given up silently: there is nowhere left to tell. */
export function createLog(folder: string, name: string): Log {
  const path = join(folder, `${name}.log`);
  let usable = true;
  const write = (line: Record<string, unknown>): void => {
    if (!usable) return;
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      rotate(path);
      const text = JSON.stringify({ at: new Date().toISOString(), pid: process.pid, ...line });
      appendFileSync(path, `${text}\n`, { mode: 0o600 });
    } catch {
      usable = false;
    }
  };
  return {
    path,
    info: (message, facts = {}) => write({ level: 'info', message, ...facts }),
    error: (message, error) => write({ level: 'error', message, ...describe(error) }),
  };
}

function rotate(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > MAX_BYTES) renameSync(path, `${path}.1`);
}

function describe(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: String(error) };
  const { code, details, cause } = error as Error & Record<string, unknown>;
  return {
    error: error.message,
    stack: error.stack,
    ...(code === undefined ? {} : { code }),
    ...(details === undefined ? {} : { details }),
    ...(cause === undefined ? {} : { cause: String(cause) }),
  };
}
