import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createShell } from '#adapters/shell/create-shell.ts';
import type { ShellRequest } from '#adapters/shell/shell.ts';
import { takeLock } from '#store/lock.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { waitFor } from '../../support/wait-for.ts';

const ENV = { PATH: process.env.PATH ?? '' };

function stage() {
  const home = tempDir();
  const paths = { home, sessions: join(home, 'sessions') };
  return { shell: createShell({ paths, takeLock }), home, worktree: tempDir(), paths };
}

async function run(command: string, more: Partial<ShellRequest> = {}) {
  const { shell, worktree } = stage();
  const request = { sessionId: 's', name: '1', command, worktree, env: ENV, timeoutSecs: 20 };
  const end = await shell.run({ ...request, ...more });
  return { end, worktree, said: end.log === null ? '' : readFileSync(end.log, 'utf8') };
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const pidIn = (worktree: string): number => Number(readFileSync(join(worktree, 'pid'), 'utf8'));

describe('a command of a project', () => {
  test('runs in the worktree without input, with its environment alone', async () => {
    const { end, worktree, said } = await run('pwd; cat; echo "[$CLAUSTRE_X$HOME]" >&2', {
      env: { ...ENV, CLAUSTRE_X: 'x' },
    });
    expect(end).toEqual({ outcome: 'passed', exitCode: 0, note: null, log: end.log });
    expect(said).toContain(`${worktree}\n`);
    expect(said).toContain('[x]');
    expect(statSync(end.log ?? '').mode & 0o777).toBe(0o600);
  });

  test('tells how it ended', async () => {
    expect((await run('exit 3')).end).toMatchObject({ outcome: 'failed', exitCode: 3, note: null });
    expect((await run('kill -9 $$')).end).toMatchObject({
      outcome: 'failed',
      exitCode: 137,
      note: 'Signal 9 ended it.',
    });
    expect((await run('there-is-no-such-program')).end).toMatchObject({
      outcome: 'unknown',
      exitCode: 127,
      note: 'The shell could not start it (exit code 127).',
    });
    const { end } = await run('true', { worktree: '/nowhere/at/all' });
    expect(end).toMatchObject({ outcome: 'unknown', exitCode: null });
    expect(end.note).toContain('It could not be started: ');
  });

  test('that hangs is ended with a child that does not listen', async () => {
    const line = `(trap '' TERM; echo $$ > /dev/null; exec sh -c 'echo $$ > pid; sleep 60') & wait`;
    const { end, worktree } = await run(line, { timeoutSecs: 0.5 });
    expect(end).toMatchObject({
      outcome: 'timed_out',
      exitCode: null,
      note: 'It took longer than 0.5 s and was ended.',
    });
    await waitFor('the end of its child', () => !runs(pidIn(worktree)));
  });

  test('takes what it left in the background with it', async () => {
    const { end, worktree } = await run('sleep 60 & echo $! > pid');
    expect(end.outcome).toBe('passed');
    expect(runs(pidIn(worktree))).toBe(false);
  });

  test('that floods keeps the beginning and the end', async () => {
    const { end, said } = await run('echo first; yes flood | head -c 3000000; echo last');
    expect(end.outcome).toBe('passed');
    expect(said.length).toBeLessThan(520 * 1024);
    expect(said.startsWith('first\n')).toBe(true);
    expect(said.endsWith('last\n')).toBe(true);
    expect(said).toContain('[claustre left out 2488011 bytes]');
  });

  test('runs also where its log cannot be kept, and says so', async () => {
    const { shell, worktree, paths } = stage();
    mkdirSync(paths.sessions, { recursive: true });
    writeFileSync(join(paths.sessions, 's'), 'in the way');
    const request = { sessionId: 's', name: '1', command: 'exit 1', worktree, env: ENV };
    const end = await shell.run({ ...request, timeoutSecs: 20 });
    expect(end).toMatchObject({ outcome: 'failed', exitCode: 1, log: null });
    expect(end.note).toContain('Its log could not be kept: ');
  });

  test('ends with whoever runs it, also when that is killed', async () => {
    const { worktree } = stage();
    const runner = new URL('../../../src/adapters/process-group.ts', import.meta.url).pathname;
    const script = `
      const { runInGroup } = await import(${JSON.stringify(runner)});
      const request = { line: 'echo $$ > pid.tmp; mv pid.tmp pid; sleep 60', cwd: ${JSON.stringify(worktree)}, timeoutMs: 60000, bound: true };
      await runInGroup(request, () => {}, new AbortController().signal);`;
    const starter = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: 'ignore',
      cwd: new URL('../../..', import.meta.url).pathname,
    });
    await waitFor('its start', () => existsSync(join(worktree, 'pid')));
    expect(runs(pidIn(worktree))).toBe(true);
    starter.kill('SIGKILL');
    await waitFor('its end', () => !runs(pidIn(worktree)));
  });
});

test('only the newest logs of a session are kept', async () => {
  const { shell, worktree, paths } = stage();
  const folder = join(paths.sessions, 's', 'gates');
  mkdirSync(folder, { recursive: true });
  for (let id = 1; id <= 30; id += 1) writeFileSync(join(folder, `${id}.log`), '');
  const request = { sessionId: 's', command: 'true', worktree, env: ENV, timeoutSecs: 20 };
  await shell.run({ ...request, name: '31' });
  const left = readdirSync(folder);
  expect(left).toHaveLength(20);
  expect(left).toContain('31.log');
  expect(left).not.toContain('11.log');
});

test('one process at a time has a worktree, and two have a place', () => {
  const { shell } = stage();
  const release = shell.claim('s');
  expect(release).not.toBeNull();
  expect(shell.claim('s')).toBeNull();
  expect(shell.claim('other')).not.toBeNull();
  release?.();
  const again = shell.claim('s');
  expect(again).not.toBeNull();
  again?.();
  const first = shell.takePlace();
  const second = shell.takePlace();
  expect(first).not.toBeNull();
  expect(second).not.toBeNull();
  expect(shell.takePlace()).toBeNull();
  first?.();
  expect(shell.takePlace()).not.toBeNull();
});

test('the end of a log is read, and none is null', async () => {
  const { shell } = stage();
  const { end } = await run('echo said');
  expect(shell.readLog(end.log ?? '')).toBe('said\n');
  expect(shell.readLog('/nowhere.log')).toBeNull();
});
