import { expect, test } from 'vitest';
import type { PrintResult } from '#domain/claude/print-result.ts';
import { linesOf } from '#headless/lines.ts';

const RESULT: PrintResult = {
  ...{ claudeSessionId: null, output: '', failed: null, limited: false, denied: [] },
  ...{ costUsd: 0.25, inputTokens: 1, outputTokens: 1, durationMs: 12_000 },
};

test('what Claude says is broken to fit, line by line', () => {
  expect(linesOf({ kind: 'says', text: 'one two three four five\n\nsix' }, 14)).toEqual([
    '',
    '● one two',
    '  three four',
    '  five',
    '',
    '  six',
  ]);
});

test('a tool is one line, and what it gave back is cut', () => {
  expect(linesOf({ kind: 'uses', text: 'Bash: npm test' }, 40)).toEqual(['  ▸ Bash: npm test']);
  const text = 'one\ntwo\nthree\nfour\nfive\n';
  expect(linesOf({ kind: 'got', text, failed: false }, 40)).toEqual([
    '    one',
    '    two',
    '    three',
    '    … 2 more lines',
  ]);
  expect(linesOf({ kind: 'got', text: 'no such file', failed: true }, 40)).toEqual([
    '    ✗ no such file',
  ]);
});

test('nothing in it steers a terminal', () => {
  const evil = '\u001B[2J\u001B]0;title\u0007text\u001B[1A';
  const kinds = [
    linesOf({ kind: 'says', text: evil }, 40),
    linesOf({ kind: 'got', text: evil, failed: false }, 40),
    linesOf({ kind: 'uses', text: evil }, 40),
    linesOf({ kind: 'retries', text: evil }, 40),
    linesOf({ kind: 'result', result: { ...RESULT, failed: evil } }, 40),
  ];
  for (const lines of kinds) {
    expect(lines.join('\n')).toContain('text');
    expect(lines.join(' ')).not.toMatch(/\p{Cc}/u);
  }
});

test('the end says what it cost, why it failed, and what nobody could allow', () => {
  const words = (more: Partial<PrintResult>) =>
    linesOf({ kind: 'result', result: { ...RESULT, ...more } }, 200).at(-1);
  expect(words({})).toBe('The turn has ended after 12s, $0.25.');
  expect(words({ costUsd: null, durationMs: null })).toBe('The turn has ended.');
  expect(words({ failed: 'Overloaded' })).toBe('The turn failed after 12s, $0.25: Overloaded');
  expect(words({ denied: ['WebFetch'] })).toContain('Nobody could allow: WebFetch.');
});
