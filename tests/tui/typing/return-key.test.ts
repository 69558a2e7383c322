import { describe, expect, test } from 'vitest';
import { returnKeySequences, splitAt } from '#tui/typing/return-key.ts';

describe('the key that leads back', () => {
  test.each([
    ['C-q', ['\u0011', '\u001B[113;5u', '\u001B[27;5;113~']],
    ['C-]', ['\u001D', '\u001B[93;5u', '\u001B[27;5;93~']],
    ['M-q', ['\u001Bq', '\u001B[113;3u', '\u001B[27;3;113~']],
    ['F12', []],
    ['C-M-q', []],
  ])('%s may come as %j', (name, sequences) => {
    expect(returnKeySequences(name)).toEqual(sequences);
  });

  test('parts what is typed; the first one counts', () => {
    const keys = returnKeySequences('C-q');
    expect(splitAt('ab\u0011cd\u0011', keys)).toEqual({ before: 'ab', after: 'cd\u0011' });
    expect(splitAt('a\u001B[113;5ub\u0011', keys)).toEqual({ before: 'a', after: 'b\u0011' });
    expect(splitAt('q', keys)).toBeNull();
    expect(splitAt('q', [])).toBeNull();
  });
});
