import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readLayers } from '#adapters/claude/layers.ts';
import { tempDir } from '../../support/temp-dir.ts';

function layers(global: string | null, project: string | null): string | null {
  const dir = tempDir();
  const path = join(dir, 'claude.md');
  if (global !== null) writeFileSync(path, global);
  const repository = join(dir, 'repo');
  mkdirSync(join(repository, '.claustre'), { recursive: true });
  if (project !== null) writeFileSync(join(repository, '.claustre', 'claude.md'), project);
  return readLayers(path, repository);
}

test('the person comes first, the project second', () => {
  expect(layers('Be brief.\n', 'Use tabs.\n')).toBe('Be brief.\n\nUse tabs.');
});

test.each([
  ['Be brief.', null, 'Be brief.'],
  [null, 'Use tabs.', 'Use tabs.'],
  [null, null, null],
  [' \n', '', null],
])('%j and %j make %j', (global, project, expected) => {
  expect(layers(global, project)).toBe(expected);
});

test('one that is far too large is named', () => {
  expect(() => layers('x'.repeat(300_000), null)).toThrow(/claude\.md" are larger than 256 kB/);
});
