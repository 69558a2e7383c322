import { describe, expect, test } from 'vitest';
import { readVersion } from '#adapters/tmux/version.ts';

describe('the version of tmux', () => {
  test.each([
    ['tmux 3.2\n', '3.2'],
    ['tmux 3.3a\n', '3.3a'],
    ['tmux next-3.4\n', 'next-3.4'],
    ['tmux 3.10\n', '3.10'],
    ['tmux 4.0\n', '4.0'],
    ['tmux master\n', 'master'],
    ['tmux openbsd-7.4\n', 'openbsd-7.4'],
  ])('%j is new enough', (printed, version) => {
    expect(readVersion(printed)).toBe(version);
  });

  test.each(['tmux 3.1c\n', 'tmux 2.9\n', 'tmux next-3.1\n', 'tmux 1.8\n'])(
    '%j is refused with what to do',
    (printed) => {
      expect(readVersion(printed)).toMatchObject({
        refused: true,
        code: 'environment',
        reason: expect.stringContaining('too old'),
        hint: expect.stringContaining('Install'),
      });
    },
  );

  test('what has no version in it is refused and quoted', () => {
    expect(readVersion('usage: tmux')).toMatchObject({
      reason: expect.stringContaining('usage: tmux'),
    });
  });
});
