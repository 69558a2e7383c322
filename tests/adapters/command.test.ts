import { describe, expect, test } from 'vitest';
import { runCommand } from '#adapters/command.ts';

describe('a command', () => {
  test('gets its arguments as they are, and its answer comes back whatever the exit code', async () => {
    const hostile = '$(id) `id` "; exit 9 #';
    const result = await runCommand('/bin/sh', ['-c', 'printf %s "$1"; exit 3', 'sh', hostile]);
    expect(result).toEqual({ exitCode: 3, stdout: hostile, stderr: '' });
  });

  test('gets its input and only the environment that it is given', async () => {
    const request = { input: 'in', env: { ONLY: 'this', PATH: process.env.PATH ?? '' } };
    const { stdout } = await runCommand('/bin/sh', ['-c', 'cat; printf " $ONLY $HOME"'], request);
    expect(stdout).toBe('in this ');
  });

  test('that is missing is named, with the remedy', async () => {
    await expect(runCommand('no-such-program', [])).rejects.toMatchObject({
      code: 'environment',
      message: 'The program "no-such-program" was not found.',
    });
  });

  test('that takes too long is ended', async () => {
    const slow = runCommand('/bin/sh', ['-c', 'exec sleep 60'], { timeoutMs: 50 });
    await expect(slow).rejects.toMatchObject({ code: 'timeout' });
  });

  test('that takes too long is not waited for because of what it has started', async () => {
    const slow = runCommand('/bin/sh', ['-c', 'sleep 90 & wait'], { timeoutMs: 50 });
    await expect(slow).rejects.toMatchObject({ code: 'timeout' });
  });

  test('that writes more than its limit is an error, not a shorter answer', async () => {
    const loud = runCommand('/bin/sh', ['-c', 'yes'], { maxOutputBytes: 1000 });
    await expect(loud).rejects.toThrow('wrote more than fits');
  });
});
