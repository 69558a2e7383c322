import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '#cli/run.ts';
import { fakeIo } from '../support/fake-io.ts';
import { sampleOperations } from '../support/sample-operations.ts';
import { tempDir } from '../support/temp-dir.ts';

async function script(shell: string): Promise<string> {
  const io = fakeIo();
  const { operations } = sampleOperations();
  const createApp = () => Promise.reject(new Error('no app is needed'));
  expect(await runCli(['completion', shell], createApp, io, { version: '1', operations })).toBe(0);
  return io.out;
}

describe('in bash', () => {
  let text: string;
  beforeAll(async () => {
    text = await script('bash');
  });

  /** What bash would offer for the last word. */
  function offers(...words: string[]): string[] {
    const path = join(tempDir(), 'completion.bash');
    writeFileSync(path, text);
    const ask =
      // biome-ignore lint/suspicious/noTemplateCurlyInString: bash's own expansion.
      'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _claustre; printf "%s\\n" "${COMPREPLY[@]}"';
    const out = execFileSync('bash', ['-c', ask, 'bash', path, 'claustre', ...words], {
      encoding: 'utf8',
    });
    return out.split('\n').filter((line) => line !== '');
  }

  test('commands are offered, hidden ones are not', () => {
    expect(offers('')).toEqual([
      'add-sample',
      'remove-sample',
      'completion',
      'help',
      '--help',
      '--version',
    ]);
    expect(offers('re')).toEqual(['remove-sample']);
    expect(offers('tick')).toEqual([]);
  });

  test('options of a command are offered', () => {
    expect(offers('add-sample', '--no')).toEqual(['--no-loop']);
    expect(offers('remove-sample', '--')).toEqual(['--json', '--yes', '--help']);
  });

  test('values of an option are offered, after its short name too', () => {
    expect(offers('add-sample', '-m', 'a')).toEqual(['autonomous']);
    expect(offers('add-sample', 'p', '--mode', '')).toEqual([
      'supervised',
      'autonomous',
      'exploration',
    ]);
  });

  test('where any text may stand, nothing is offered, so that bash offers files', () => {
    expect(offers('add-sample', '-f', '')).toEqual([]);
  });

  test('values of an argument and names of commands for help are offered', () => {
    expect(offers('completion', 'b')).toEqual(['bash']);
    expect(offers('help', 'add')).toEqual(['add-sample']);
  });
});

describe.each(['zsh', 'fish'])('in %s', (shell) => {
  test('the script names commands, options and values', async () => {
    const text = await script(shell);
    expect(text).toContain('add-sample');
    expect(text).toContain('supervised autonomous exploration');
    expect(text).not.toContain('tick-sample');
    expect(text).toMatch(shell === 'zsh' ? /--no-loop/ : /-l no-loop/);
  });

  test('the shell, where it is installed, finds no fault in it', async ({ skip }) => {
    const text = await script(shell);
    const checked = spawnSync(shell, ['-n'], { input: text, encoding: 'utf8' });
    if (checked.error !== undefined) return skip(`${shell} is not installed here`);
    expect([checked.status, checked.stderr]).toEqual([0, '']);
  });
});
