import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isTrusted } from '#adapters/claude/trust.ts';
import { tempDir } from '../../support/temp-dir.ts';

function home(content: string): Record<string, string> {
  const dir = tempDir();
  writeFileSync(join(dir, '.claude.json'), content);
  return { HOME: dir };
}

const STATE = JSON.stringify({
  projects: {
    '/code/app': { hasTrustDialogAccepted: true },
    '/code/no': { hasTrustDialogAccepted: false },
    '/home/user': {},
  },
});

describe('trust', () => {
  test.each([
    ['/code/app', true],
    ['/code/app/deep/below', true],
    ['/code/app2', false],
    ['/code/no', false],
    ['/home/user/code', false],
  ])('of %s: %s', (repository, trusted) => {
    const env = home(STATE);
    expect(isTrusted(repository, env)).toBe(trusted);
    expect(readFileSync(join(env.HOME ?? '', '.claude.json'), 'utf8')).toBe(STATE);
  });

  test('is unknown when the file is broken, and not given when Claude never ran', () => {
    expect(isTrusted('/code/app', home('{'))).toBeNull();
    expect(isTrusted('/code/app', {})).toBeNull();
    expect(isTrusted('/code/app', { HOME: tempDir() })).toBe(false);
  });

  test('is kept inside a chosen configuration folder', () => {
    const dir = join(tempDir(), 'config');
    mkdirSync(dir);
    writeFileSync(join(dir, '.claude.json'), STATE);
    expect(isTrusted('/code/app', { HOME: '/nowhere', CLAUDE_CONFIG_DIR: dir })).toBe(true);
  });
});
