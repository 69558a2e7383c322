import { expect, test } from 'vitest';
import { argumentsOf, commandLine } from '#adapters/tmux/argv.ts';

test('commands are separated by a word of their own, and a semicolon at the end of text is none', () => {
  expect(
    argumentsOf([
      ['a', 'x;'],
      ['b', ';', 'y;z'],
    ]),
  ).toEqual([...['a', 'x\\;', ';', 'b', '\\;', 'y;z']]);
});

test('plain words stay as they are and everything else is quoted on one line', () => {
  expect(commandLine(['list-panes', '-a', '%1', 'a b', 'x\ny', '$HOME "~" \\', ''])).toBe(
    'list-panes "-a" "%1" "a b" "x\\012y" "\\$HOME \\"\\~\\" \\\\" ""',
  );
});
