import { describe, expect, test } from 'vitest';
import { relevantLog } from '#domain/pull-request/job-log.ts';

const TIME = '2026-01-01T12:00:00.1234567Z ';
const logOf = (lines: readonly string[]) =>
  `\uFEFF${lines.map((line) => `${TIME}${line}\r\n`).join('')}`;
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}`);

describe('the relevant part of the log of a job', () => {
  test('has no times, colours, marks of groups and control characters', () => {
    const text = logOf([
      '##[group]Run npm test',
      '\u001b[36;1mnpm test\u001b[0m',
      '##[endgroup]',
      '\u001b]8;;http://evil\u0007a link\u001b]8;;\u0007\u0000\u009b31m',
      '\tat file.ts:3',
      '##[error]Process completed with exit code 1.',
    ]);
    expect(relevantLog(text)).toBe(
      'npm test\na link31m\n\tat file.ts:3\nError: Process completed with exit code 1.\n',
    );
  });

  test('is what stands around its errors, and its end', () => {
    const lines = numbered(1_000);
    lines[300] = '##[error]expected 1 to be 2';
    const read = relevantLog(logOf(lines)).split('\n');
    expect(read[0]).toBe('… (260 lines left out)');
    expect(read[1]).toBe('line 260');
    expect(read).toContain('Error: expected 1 to be 2');
    expect(read).toContain('line 340');
    expect(read).not.toContain('line 341');
    expect(read).toContain('… (459 lines left out)');
    expect(read.slice(-3)).toEqual(['line 998', 'line 999', '']);
    expect(read.indexOf('line 800')).toBe(read.indexOf('… (459 lines left out)') + 1);
  });

  test('of a short log is all of it', () => {
    expect(relevantLog(logOf(['one', 'two']))).toBe('one\ntwo\n');
    expect(relevantLog('')).toBe('');
  });

  test('never grows beyond what somebody reads, and keeps the end', () => {
    const long = Array.from({ length: 400 }, (_, index) => `${index}${'ä'.repeat(5_000)}`);
    long.push('the end');
    const read = relevantLog(long.map((line) => `##[error]${line}`).join('\n'));
    expect(new TextEncoder().encode(read).length).toBeLessThanOrEqual(256 * 1024 + 200);
    expect(read).toMatch(/^… \(the beginning is left out\)\n/);
    expect(read.endsWith('the end\n')).toBe(true);
    expect(Math.max(...read.split('\n').map((line) => line.length))).toBeLessThan(2_100);
  });
});
