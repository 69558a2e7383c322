import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSettings } from '#demo/agent/settings.ts';
import { tempDir } from '../../support/temp-dir.ts';

function file(path: string, content: unknown): string {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, JSON.stringify(content));
  return path;
}

const hook = (command: string, more = {}) => [{ hooks: [{ type: 'command', command, ...more }] }];

test('the hooks of all settings run, and the status line of the last one', () => {
  const [config, cwd] = [tempDir(), tempDir()];
  file(join(config, 'settings.json'), {
    hooks: { Stop: hook('user') },
    statusLine: { type: 'command', command: 'theirs' },
  });
  file(join(cwd, '.claude', 'settings.json'), { hooks: { Stop: hook('project') } });
  const own = file(join(config, 'own.json'), {
    hooks: { Stop: hook('/bin/sh', { args: ['x'], timeout: 5 }) },
    statusLine: { type: 'command', command: 'ours' },
  });
  const settings = readSettings(config, cwd, own);
  expect(settings.hooks.get('Stop')).toEqual([
    { command: 'user', args: null, timeoutMs: 600_000, matcher: '' },
    { command: 'project', args: null, timeoutMs: 600_000, matcher: '' },
    { command: '/bin/sh', args: ['x'], timeoutMs: 5_000, matcher: '' },
  ]);
  expect(settings).toMatchObject({ statusLine: 'ours', unknownEvents: [] });
});

test('an event that this version does not know is named, in the file of the flag only', () => {
  const config = tempDir();
  file(join(config, 'settings.json'), { hooks: { Nonsense: [] } });
  const own = file(join(config, 'own.json'), { hooks: { DirectoryAdded: hook('x'), Stop: [] } });
  expect(readSettings(config, tempDir(), own).unknownEvents).toEqual(['DirectoryAdded']);
});
