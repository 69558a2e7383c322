import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { watchSessionsFiles } from '#adapters/claude/watch-sessions-files.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { waitFor } from '../../support/wait-for.ts';

test('a change of a file of Claude is told, also when the folder came later, and not after the end', async () => {
  const dir = tempDir();
  let calls = 0;
  const stop = watchSessionsFiles({ CLAUDE_CONFIG_DIR: dir }, () => {
    calls += 1;
  });
  mkdirSync(join(dir, 'sessions'));
  let version = 0;
  await waitFor('a change to be told', () => {
    // Written again and again: the watch may begin after the first.
    version += 1;
    writeFileSync(join(dir, 'sessions', '1.json'), String(version));
    return calls > 0;
  });
  stop();
});

test('without a folder there is nothing to watch', () => {
  expect(watchSessionsFiles({}, () => undefined)).not.toThrow();
});
