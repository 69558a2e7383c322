import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createHost, readKeptEnvironment } from '#adapters/host.ts';
import { tempDir } from '../support/temp-dir.ts';

test('a process that is there is alive, one that cannot be is not', () => {
  const host = createHost({});
  expect(host.isAlive(process.pid)).toBe(true);
  expect(host.isAlive(2 ** 22 + 1)).toBe(false);
});

test('a beat tells its age and its process', () => {
  const host = createHost({});
  const path = join(tempDir(), 'deep', 'beat');
  expect(host.lastBeat(path)).toBeNull();
  host.beat(path);
  expect(host.lastBeat(path)).toMatchObject({ pid: process.pid });
  expect(host.lastBeat(path)?.ageMs).toBeLessThan(10_000);
});

test('an environment that is kept comes back, readable by the user alone', () => {
  const path = join(tempDir(), 'environment');
  expect(readKeptEnvironment(path)).toEqual({});
  createHost({ GH_TOKEN: 'secret "x"\n' }).keepEnvironment(path);
  expect(readKeptEnvironment(path)).toEqual({ GH_TOKEN: 'secret "x"\n' });
  expect(statSync(path).mode & 0o777).toBe(0o600);
});
