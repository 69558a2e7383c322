import { describe, expect, test } from 'vitest';
import { commandWords, openCommand, programName } from '#domain/program.ts';

test.each([
  ['vim', ['vim']],
  ['  code  -w ', ['code', '-w']],
  ['"/opt/my editor/run" --x=\'a b\'', ['/opt/my editor/run', '--x=a b']],
  ['sh -c "rm $HOME; x"', ['sh', '-c', 'rm $HOME; x']],
  ["it's", ["it's"]],
  ['', []],
])('%s', (command, words) => {
  expect(commandWords(command)).toEqual(words);
});

describe('a file and a line', () => {
  const opened = { worktree: '/w', file: '/w/a b.ts', line: 7 };
  const none = { worktree: '/w', file: null, line: null };

  test.each([
    [['vim'], ['vim', '+7', '/w/a b.ts']],
    [
      ['/usr/bin/nano', '-l'],
      ['/usr/bin/nano', '-l', '+7', '/w/a b.ts'],
    ],
    [
      ['code', '-w'],
      ['code', '-w', '--goto', '/w/a b.ts:7'],
    ],
    [['hx'], ['hx', '/w/a b.ts:7']],
    [['ed'], ['ed', '/w/a b.ts']],
    [
      ['my', '{file}@{line}', '{worktree}'],
      ['my', '/w/a b.ts@7', '/w'],
    ],
  ])('%j', (words, argv) => {
    expect(openCommand(words, opened, 'place')).toEqual(argv);
  });

  test('without them it is the worktree that is opened', () => {
    expect(openCommand(['vim'], none, 'place')).toEqual(['vim', '/w']);
    expect(openCommand(['my', '{file}:{line}'], none, 'place')).toEqual(['my', '/w:1']);
    expect(openCommand(['vim'], { ...opened, line: null }, 'place')).toEqual(['vim', '/w/a b.ts']);
  });

  test('a program that is to get none gets only what it asks for', () => {
    expect(openCommand(['lazygit'], none, 'nothing')).toEqual(['lazygit']);
    expect(openCommand(['lazygit', '-p', '{worktree}'], none, 'nothing')).toEqual([
      ...['lazygit', '-p', '/w'],
    ]);
  });
});

test('a program is known by its last name', () => {
  expect(programName('/usr/local/bin/code')).toBe('code');
  expect(programName('code')).toBe('code');
});
