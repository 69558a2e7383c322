import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findUserStatusLine, runUserStatusLine } from '#adapters/claude/user-status-line.ts';
import { tempDir } from '../../support/temp-dir.ts';

const OWN = '.claude/settings.json';
const PROJECT = 'repo/.claude/settings.json';
const LOCAL = 'repo/.claude/settings.local.json';

function find(files: Record<string, unknown>): ReturnType<typeof findUserStatusLine> {
  const dir = tempDir();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return findUserStatusLine(join(dir, 'repo'), { HOME: dir });
}

const line = (command: string, more: object = {}) => ({
  statusLine: { type: 'command', command, ...more },
});

describe('the line that Claude would show without ours', () => {
  test('is the nearest one', () => {
    expect(
      find({ [OWN]: line('own'), [PROJECT]: line('project'), [LOCAL]: line('local') })?.command,
    ).toBe('local');
    expect(find({ [OWN]: line('own'), [PROJECT]: line('project') })?.command).toBe('project');
    expect(find({ [OWN]: line('own', { padding: 1 }) })).toEqual({ command: 'own', padding: 1 });
  });

  test('is none when nobody set one, or when its file is broken', () => {
    expect(find({})).toBeNull();
    expect(find({ [OWN]: '{' })).toBeNull();
    expect(find({ [OWN]: { statusLine: { type: 'command' } } })).toBeNull();
  });
});

describe('running it', () => {
  const run = (command: string | null): string => {
    const file = join(tempDir(), 'line');
    if (command !== null) writeFileSync(file, command);
    return runUserStatusLine(file, '{"model":{"id":"m"}}');
  };

  test('gives it the same input and returns what it prints', () => {
    expect(run('printf "%s|" "it\'s"; cat')).toBe('it\'s|{"model":{"id":"m"}}');
  });

  test('is empty when there is none, when it fails, and when it does not read', () => {
    expect(run(null)).toBe('');
    expect(run('echo half; exit 1')).toBe('');
    expect(run('echo deaf')).toBe('deaf\n');
  });
});
