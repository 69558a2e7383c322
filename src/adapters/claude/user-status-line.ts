import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configDir } from './config-dir.ts';
import { asRecord, readJson } from './read-json.ts';

export interface UserStatusLine {
  command: string;
  padding: number | null;
}

/** The status line that would be shown without ours: of the folder's local settings, its shared ones, or the person's; null for none. */
export function findUserStatusLine(
  worktree: string,
  env: Readonly<Record<string, string>>,
): UserStatusLine | null {
  const own = configDir(env);
  const paths = [
    join(worktree, '.claude', 'settings.local.json'),
    join(worktree, '.claude', 'settings.json'),
    ...(own === null ? [] : [join(own, 'settings.json')]),
  ];
  for (const path of paths) {
    const settings = readJson(path);
    if (settings === 'missing' || settings === 'unreadable') continue;
    const line = asRecord(settings.statusLine);
    if (line === null) continue;
    if (line.type !== 'command' || typeof line.command !== 'string') return null;
    return {
      command: line.command,
      padding: typeof line.padding === 'number' ? line.padding : null,
    };
  }
  return null;
}

/** Claude ends a status line itself when the next one is due; this is for one that hangs for good. */
const TIMEOUT_MS = 4_000;
const MAX_OUTPUT_BYTES = 64 * 1024;

/**
 * Runs the person's command that prepare put into a file, as Claude would have run it, and returns what it printed; empty when there is
 * none or when it failed.
 */
export function runUserStatusLine(file: string, input: string): string {
  let command: string;
  try {
    command = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
  const result = spawnSync('/bin/sh', ['-c', command], {
    input,
    encoding: 'utf8',
    timeout: TIMEOUT_MS,
    maxBuffer: MAX_OUTPUT_BYTES,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  return result.status === 0 ? result.stdout : '';
}
