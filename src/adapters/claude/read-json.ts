import { readFileSync, statSync } from 'node:fs';

export type Json = Record<string, unknown>;

/** Claude's own files stay far below this; what is larger is not one of them. */
const MAX_BYTES = 32 * 1024 * 1024;

/** The object in a JSON file that another program owns: `missing` when there is none, `unreadable` when it is broken or denied. */
export function readJson(path: string): Json | 'missing' | 'unreadable' {
  try {
    if (statSync(path).size > MAX_BYTES) return 'unreadable';
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return asRecord(value) ?? 'unreadable';
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'unreadable';
  }
}

export function asRecord(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : null;
}
