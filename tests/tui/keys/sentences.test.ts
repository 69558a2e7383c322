import { describe, expect, test } from 'vitest';
import { createKeymap, type Keymap, PLAIN_KEYMAP } from '#tui/keys/own-keys.ts';
import { keyOf, pressTo } from '#tui/keys/sentences.ts';

const own = (keys: Record<string, string>) => createKeymap(keys) as Keymap;

describe('a sentence about a key', () => {
  test('names the one that is given', () => {
    expect(keyOf(PLAIN_KEYMAP, 'attach')).toBe('Enter');
    expect(pressTo(PLAIN_KEYMAP, 'launch', 'to launch it')).toBe('Press l to launch it.');
    // Not ←, which leads there from the queue alone.
    expect(keyOf(PLAIN_KEYMAP, 'to_projects')).toBe('1');
  });

  test('names the person’s own, the first of several', () => {
    const keymap = own({ launch: 'ctrl+l L', restore: 'U' });
    expect(keyOf(keymap, 'launch')).toBe('Ctrl+L');
    // In the history it is u for everybody; that is another place.
    expect(keyOf(keymap, 'restore')).toBe('U');
  });

  test('leads to the palette where there is none', () => {
    const keymap = own({ launch: '', palette: 'B' });
    expect(keyOf(keymap, 'launch')).toBe(null);
    expect(pressTo(keymap, 'launch', 'to launch it')).toBe(
      'Choose “launch” among the commands (B) to launch it.',
    );
    expect(keyOf(own({ restore: '' }), 'restore')).toBe(null);
  });
});
