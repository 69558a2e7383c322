import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** The machine and the caller: environment, processes, and files whose age says something. */
export interface Host {
  /** The caller's environment, as it was when claustre started: what a pane inherits. */
  readonly environment: Readonly<Record<string, string>>;
  readonly nodeVersion: string;
  readonly pid: number;
  /** Whether a process with this id exists, also one of another user. */
  isAlive(pid: number): boolean;
  /** Asks a process to end, as the end of its terminal does (SIGHUP); one that is gone is fine. */
  hangUp(pid: number): void;
  /** Ends a process that did not end when it was asked to (SIGKILL); one that is gone is fine. */
  kill(pid: number): void;
  /** Writes the process id into a file, so that its age tells when this process last did so. */
  beat(path: string): void;
  /** Milliseconds since the file was written, and the process id in it; null when it does not exist. */
  lastBeat(path: string): { ageMs: number; pid: number } | null;
  /** Keeps the caller's environment for a process that starts later, readable by the user alone. */
  keepEnvironment(path: string): void;
  /** Keeps a text in a file that the user alone can read. */
  keep(path: string, text: string): void;
  /** A text that was kept; null when there is none. */
  readKept(path: string): string | null;
}

export function createHost(environment: Readonly<Record<string, string>>): Host {
  return {
    environment,
    nodeVersion: process.versions.node,
    pid: process.pid,
    isAlive,
    hangUp: (pid) => signal(pid, 'SIGHUP'),
    kill: (pid) => signal(pid, 'SIGKILL'),
    beat: (path) => replace(path, `${process.pid}\n`),
    lastBeat(path) {
      const modified = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
      if (modified === undefined) return null;
      return { ageMs: Date.now() - modified, pid: Number(readFileSync(path, 'utf8')) };
    },
    keepEnvironment: (path) => replace(path, JSON.stringify(environment)),
    keep: replace,
    readKept(path) {
      if (statSync(path, { throwIfNoEntry: false }) === undefined) return null;
      return readFileSync(path, 'utf8');
    },
  };
}

/** The environment that another process kept; an empty one when there is none. */
export function readKeptEnvironment(path: string): Record<string, string> {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return {};
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
}

function replace(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const fresh = `${path}.${process.pid}`;
  writeFileSync(fresh, content, { mode: 0o600 });
  renameSync(fresh, path);
}

function signal(pid: number, name: 'SIGHUP' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM means that it is there and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
