import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLog } from '#adapters/log.ts';
import { ClaustreError } from '#domain/error.ts';
import { tempDir } from '../support/temp-dir.ts';

const lines = (path: string) =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('what happened is a line of JSON, with the stack of an error', () => {
  const log = createLog(join(tempDir(), 'log'), 'test');
  log.info('It starts.', { task: 1 });
  log.error(
    'It failed.',
    new ClaustreError('timeout', 'Too slow.', { details: { program: 'git' } }),
  );
  expect(lines(log.path)).toMatchObject([
    { level: 'info', message: 'It starts.', task: 1 },
    { level: 'error', error: 'Too slow.', code: 'timeout', details: { program: 'git' } },
  ]);
  expect(statSync(log.path).mode & 0o777).toBe(0o600);
});

test('a log that grew large makes room, and keeps the old one', () => {
  const folder = tempDir();
  const log = createLog(folder, 'test');
  writeFileSync(log.path, 'x'.repeat(3 * 1024 * 1024));
  log.info('new');
  expect(lines(log.path)).toHaveLength(1);
  expect(existsSync(`${log.path}.1`)).toBe(true);
});

test('a log that cannot be written stops nobody', () => {
  const folder = join(tempDir(), 'file');
  writeFileSync(folder, '');
  createLog(folder, 'test').info('lost');
});
