import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runSetup } from '#adapters/claude/run-setup.ts';
import { readLogEnd } from '#adapters/log-end.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { waitFor } from '../../support/wait-for.ts';

async function run(command: string, timeoutSecs = 20, stopped = new AbortController().signal) {
  const dir = tempDir();
  const log = join(dir, 'setup.log');
  let shown = '';
  const show = (output: Uint8Array): void => {
    shown += Buffer.from(output).toString();
  };
  const result = await runSetup({ command, timeoutSecs, worktree: dir }, log, show, stopped);
  return { dir, log, shown, result };
}

/** Whether a process of this number still runs. */
function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a setup command', () => {
  test('runs in the worktree; its output is shown and kept for its owner alone', async () => {
    const { dir, log, shown, result } = await run('pwd; echo "to stderr" >&2; touch made');
    expect(result).toEqual({ exitCode: 0, timedOut: false, reason: null });
    expect(shown).toContain(`${dir}\n`);
    expect(readFileSync(log, 'utf8')).toBe(shown);
    expect(readLogEnd(log)).toContain('to stderr');
    expect(statSync(log).mode & 0o777).toBe(0o600);
    expect(existsSync(join(dir, 'made'))).toBe(true);
  });

  test('that fails says with what', async () => {
    expect((await run('exit 3')).result).toEqual({
      exitCode: 3,
      timedOut: false,
      reason: 'setup ended with exit code 3',
    });
    expect((await run('kill -9 $$')).result.reason).toBe('setup was ended by SIGKILL');
  });

  test('that takes too long is ended with what it started', async () => {
    const { result, dir } = await run('sleep 60 & echo $! > pid; wait', 0.3);
    expect(result).toEqual({
      exitCode: null,
      timedOut: true,
      reason: 'setup took longer than 0.3 s',
    });
    const pid = Number(readFileSync(join(dir, 'pid'), 'utf8'));
    await waitFor('the end of its child', () => !runs(pid));
  });

  test('that leaves something running does not wait for it', async () => {
    const { result, dir } = await run('sleep 60 & echo $! > pid');
    expect(result.exitCode).toBe(0);
    process.kill(Number(readFileSync(join(dir, 'pid'), 'utf8')));
  });

  test('ends with the person who stops it', async () => {
    const stop = new AbortController();
    const running = run('sleep 60', 60, stop.signal);
    stop.abort();
    expect((await running).result.reason).toBe('setup was interrupted');
  });
});

test('a log that is not there is none', () => {
  expect(readLogEnd(join(tempDir(), 'setup.log'))).toBeNull();
});
