import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readLogEnd } from '#adapters/log-end.ts';
import { type GroupEnd, runInGroup } from '#adapters/process-group.ts';
import { openBoundedLog } from './bounded-log.ts';
import type { Shell, ShellEnd, ShellRequest } from './shell.ts';

/** Gates are test suites: two of them fill a small machine. */
const PLACES = 2;

/** A lock among all processes of ours: the function that releases it, or null while another has it. */
type TakeLock = (path: string) => (() => void) | null;

export function createShell({
  paths,
  takeLock,
}: {
  paths: { home: string; sessions: string };
  takeLock: TakeLock;
}): Shell {
  const folderOf = (sessionId: string): string => join(paths.sessions, sessionId, 'gates');
  return {
    run: (request) => run(request, join(folderOf(request.sessionId), `${request.name}.log`)),
    claim(sessionId) {
      const folder = folderOf(sessionId);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      return takeLock(join(folder, 'lock'));
    },
    takePlace() {
      for (let place = 1; place <= PLACES; place += 1) {
        const release = takeLock(join(paths.home, `gates-${place}.lock`));
        if (release !== null) return release;
      }
      return null;
    },
    readLog: readLogEnd,
  };
}

async function run(request: ShellRequest, path: string): Promise<ShellEnd> {
  const { command, worktree, env, timeoutSecs } = request;
  const log = openBoundedLog(path);
  const end = await runInGroup(
    { line: command, cwd: worktree, env, timeoutMs: timeoutSecs * 1000, bound: true },
    log.write,
    new AbortController().signal,
  );
  const trouble = log.close();
  const notes = [
    noteOf(end, timeoutSecs),
    trouble === null ? null : `Its log could not be kept: ${trouble}.`,
  ].filter((note) => note !== null);
  return {
    outcome: outcomeOf(end),
    exitCode: end.how === 'exited' ? end.exitCode : null,
    note: notes.length === 0 ? null : notes.join(' '),
    log: trouble === null ? path : null,
  };
}

/** The exit codes with which a shell says that it found no such program, or may not run it. */
const NOT_STARTED = [126, 127];

/** A shell adds the number of a signal that ended a program. */
const SIGNALS = 128;

function outcomeOf(end: GroupEnd): ShellEnd['outcome'] {
  if (end.how === 'timed_out') return 'timed_out';
  if (end.how !== 'exited' || end.exitCode === null) return 'unknown';
  if (NOT_STARTED.includes(end.exitCode)) return 'unknown';
  return end.exitCode === 0 ? 'passed' : 'failed';
}

function noteOf(end: GroupEnd, timeoutSecs: number): string | null {
  switch (end.how) {
    case 'timed_out':
      return `It took longer than ${timeoutSecs} s and was ended.`;
    case 'stopped':
      return 'It was stopped.';
    case 'not_started':
      return `It could not be started: ${end.reason}.`;
    case 'exited':
      if (end.exitCode === null) return `It was ended by ${end.signal}.`;
      if (NOT_STARTED.includes(end.exitCode)) {
        return `The shell could not start it (exit code ${end.exitCode}).`;
      }
      return end.exitCode > SIGNALS ? `Signal ${end.exitCode - SIGNALS} ended it.` : null;
  }
}
