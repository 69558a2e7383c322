import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SessionsFileReading } from '#domain/activity.ts';
import { configDir } from './config-dir.ts';
import { readJson } from './read-json.ts';

const STATUSES = ['busy', 'idle', 'waiting', 'shell'] as const;

/**
 * Claude's own file about a running process, `<config>/sessions/<pid>.json`: right where no hook fires, after an interrupt above all.
 * Null when there is none, when it says no status (just started, or not interactive), or when it was left behind by another process
 * that had the same number. `statOf` reads `/proc/<pid>/stat`; null where there is no such file.
 */
export function readSessionsFile(
  pid: number,
  env: Readonly<Record<string, string>>,
  statOf: (pid: number) => string | null = readStat,
): SessionsFileReading | null {
  const folder = configDir(env);
  if (folder === null) return null;
  const json = readJson(join(folder, 'sessions', `${pid}.json`));
  if (json === 'missing' || json === 'unreadable' || json.pid !== pid) return null;
  const status = STATUSES.find((one) => one === json.status);
  const at = json.statusUpdatedAt ?? json.updatedAt;
  if (status === undefined || typeof json.sessionId !== 'string' || typeof at !== 'number') {
    return null;
  }
  const stat = statOf(pid);
  if (stat !== null && json.procStart !== startOf(stat)) return null;
  return {
    status,
    waitingFor: typeof json.waitingFor === 'string' ? json.waitingFor : null,
    claudeSessionId: json.sessionId,
    statusUpdatedAt: at,
  };
}

/** Field 22, the start of the process in clock ticks. The name in field 2 may hold blanks and brackets, so counting starts behind it. */
function startOf(stat: string): string | undefined {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

function readStat(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch (error) {
    // Without /proc (macOS) there is nothing to compare; with it, the process is gone and its file is a leftover.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return process.platform === 'linux' ? '' : null;
  }
}
