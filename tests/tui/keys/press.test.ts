import type { Key } from 'ink';
import { describe, expect, test } from 'vitest';
import { readPresses, singlePresses } from '#tui/keys/press.ts';

const NO_KEY = Object.fromEntries(
  [
    ...['upArrow', 'downArrow', 'leftArrow', 'rightArrow', 'pageDown', 'pageUp', 'home', 'end'],
    ...[
      'return',
      'escape',
      'ctrl',
      'shift',
      'tab',
      'backspace',
      'delete',
      'meta',
      'super',
      'hyper',
    ],
    ...['capsLock', 'numLock'],
  ].map((name) => [name, false]),
) as unknown as Key;

const names = (input: string, key: Partial<Key> = {}) =>
  readPresses(input, { ...NO_KEY, ...key }).map(({ name }) => name);

describe('a key press', () => {
  test.each<[string, string, Partial<Key>, string]>([
    ['a letter', 'j', {}, 'j'],
    ['a capital', 'J', { shift: true }, 'J'],
    ['Enter', '\r', { return: true }, 'enter'],
    ['Alt+Enter', '\r', { return: true, meta: true }, 'alt+enter'],
    ['Ctrl+J', '\n', {}, 'ctrl+j'],
    ['Ctrl+D', 'd', { ctrl: true }, 'ctrl+d'],
    ['Ctrl+_ as it comes', '\u001F', {}, 'ctrl+_'],
    ['Alt+B', 'b', { meta: true }, 'alt+b'],
    ['Shift+Tab', '', { tab: true, shift: true }, 'shift+tab'],
    ['Alt+Left', '', { leftArrow: true, meta: true }, 'alt+left'],
    ['Shift+Up', '', { upArrow: true, shift: true }, 'shift+up'],
    ['Esc', '', { escape: true }, 'esc'],
    ['a space', ' ', {}, 'space'],
    ['Alt+Backspace', '', { backspace: true, meta: true }, 'alt+backspace'],
  ])('%s has its name', (_, input, key, name) => {
    expect(names(input, key)).toEqual([name]);
  });

  test('Esc twice in one read is two times back', () => {
    expect(names('', { escape: true, meta: true })).toEqual(['esc', 'esc']);
  });

  test('what one read brought is taken apart at control characters only', () => {
    expect(names('fix it\rjk\t')).toEqual(['fix it', 'enter', 'jk', 'tab']);
  });

  test('a run of text can be taken as one key for each character that a person sees', () => {
    expect(singlePresses({ name: 'ab👨‍👩‍👧', text: 'ab👨‍👩‍👧' }).map(({ name }) => name)).toEqual([
      'a',
      'b',
      '👨‍👩‍👧',
    ]);
  });
});
