import { closeSync, openSync, writeSync } from 'node:fs';
import { type GroupEnd, runInGroup } from '#adapters/process-group.ts';

export interface SetupRequest {
  command: string;
  timeoutSecs: number;
  worktree: string;
}

export interface SetupResult {
  /** null when it was ended by its timeout or by the person. */
  exitCode: number | null;
  timedOut: boolean;
  /** One phrase about a failure; null after success. */
  reason: string | null;
}

const MAX_LOG_BYTES = 16 * 1024 * 1024;

/**
 * Runs the project's setup command in the worktree. Its output goes to `show` and to the log. Its timeout, a Ctrl-C or the end of the pane
 * (`stopped`) ends everything that it started in the foreground; what a setup that succeeded left running stays.
 */
export async function runSetup(
  { command, timeoutSecs, worktree }: SetupRequest,
  logPath: string,
  show: (output: Uint8Array) => void,
  stopped: AbortSignal,
): Promise<SetupResult> {
  const log = openLog(logPath);
  const take = (output: Uint8Array): void => {
    show(output);
    log.write(output);
  };
  const request = { line: command, cwd: worktree, timeoutMs: timeoutSecs * 1000, bound: false };
  try {
    const end = await runInGroup(request, take, stopped);
    return {
      exitCode: end.how === 'exited' ? end.exitCode : null,
      timedOut: end.how === 'timed_out',
      reason: reasonOf(end, timeoutSecs),
    };
  } finally {
    log.close();
  }
}

function reasonOf(end: GroupEnd, timeoutSecs: number): string | null {
  switch (end.how) {
    case 'timed_out':
      return `setup took longer than ${timeoutSecs} s`;
    case 'stopped':
      return 'setup was interrupted';
    case 'not_started':
      return `setup could not be started: ${end.reason}`;
    case 'exited':
      if (end.exitCode === 0) return null;
      return end.exitCode === null
        ? `setup was ended by ${end.signal}`
        : `setup ended with exit code ${end.exitCode}`;
  }
}

function openLog(path: string): { write(output: Uint8Array): void; close(): void } {
  const file = openSync(path, 'w', 0o600);
  let room = MAX_LOG_BYTES;
  return {
    write(output) {
      if (room <= 0) return;
      writeSync(file, output.subarray(0, room));
      room -= output.length;
      if (room <= 0) writeSync(file, '\n[claustre keeps no more than this of the output]\n');
    },
    close: () => closeSync(file),
  };
}
