import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

export type Status = 'busy' | 'idle' | 'waiting' | 'shell';

/** Claude's own file about this process, `<config>/sessions/<pid>.json`: written on every change, gone after a clean end. */
export interface SessionsFile {
  set(status: Status, waitingFor?: string): void;
  /** Goes on under another conversation. */
  rename(sessionId: string): void;
  remove(): void;
}

export function createSessionsFile(
  configDir: string,
  about: { cwd: string; sessionId: string; version: string },
): SessionsFile {
  const folder = join(configDir, 'sessions');
  const path = join(folder, `${process.pid}.json`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const startedAt = Date.now();
  let { sessionId } = about;
  let state: Record<string, unknown> = {};
  const write = (): void => {
    const content = {
      pid: process.pid,
      sessionId,
      cwd: about.cwd,
      startedAt,
      procStart: processStart(),
      version: about.version,
      kind: 'interactive',
      entrypoint: 'cli',
      name: basename(about.cwd),
      nameSource: 'derived',
      ...state,
    };
    writeFileSync(`${path}.tmp`, JSON.stringify(content), { mode: 0o600 });
    renameSync(`${path}.tmp`, path);
  };
  // Just started it says no status.
  write();
  return {
    set(status, waitingFor) {
      const now = Date.now();
      state = { status, updatedAt: now, statusUpdatedAt: now };
      if (waitingFor !== undefined) state.waitingFor = waitingFor;
      write();
    },
    rename(id) {
      sessionId = id;
      write();
    },
    remove: () => rmSync(path, { force: true }),
  };
}

/** Field 22 of /proc/<pid>/stat: with it a number that was given to another process is told from this one. */
function processStart(): string {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
