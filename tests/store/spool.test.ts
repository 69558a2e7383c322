import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ClaustreError } from '#domain/error.ts';
import { drain, park, type SpooledReport } from '#store/spool.ts';
import { tempDir } from '../support/temp-dir.ts';

const report = (uid: string, at: number): SpooledReport => ({
  uid,
  at,
  sessionId: 's',
  kind: 'hook',
  body: '{}',
});

function drained(folder: string): string[] {
  const uids: string[] = [];
  drain(folder, (each) => void uids.push(each.uid));
  return uids;
}

test('parked reports come out oldest first, once, and are readable by the user alone', () => {
  const folder = join(tempDir(), 'spool');
  park(folder, report('b', 20));
  park(folder, report('a', 3));
  const [name = ''] = readdirSync(join(folder, 'new'));
  expect(statSync(join(folder, 'new', name)).mode & 0o777).toBe(0o600);
  expect(drained(folder)).toEqual(['a', 'b']);
  expect(drained(folder)).toEqual([]);
});

test('a report that breaks a rule is set aside and holds up nothing', () => {
  const folder = join(tempDir(), 'spool');
  park(folder, report('a', 1));
  park(folder, report('b', 2));
  const taken: string[] = [];
  drain(folder, (each) => {
    if (each.uid === 'a') throw new TypeError('no such column');
    taken.push(each.uid);
  });
  expect(taken).toEqual(['b']);
  expect(readdirSync(join(folder, 'bad'))).toHaveLength(1);
});

test('a report stays while the database is busy', () => {
  const folder = join(tempDir(), 'spool');
  park(folder, report('a', 1));
  expect(() =>
    drain(folder, () => {
      throw new ClaustreError('environment', 'busy');
    }),
  ).toThrow('busy');
  expect(drained(folder)).toEqual(['a']);
});

test('what is no report is set aside and stops nothing', () => {
  const folder = join(tempDir(), 'spool');
  mkdirSync(join(folder, 'new'), { recursive: true });
  writeFileSync(join(folder, 'new', '0-half.json'), '{"uid": "x"');
  park(folder, report('a', 1));
  expect(drained(folder)).toEqual(['a']);
  expect(readdirSync(join(folder, 'bad'))).toEqual(['0-half.json']);
});

test('a folder that does not exist holds nothing', () => {
  expect(drained(join(tempDir(), 'nowhere'))).toEqual([]);
});
