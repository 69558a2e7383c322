import { expect, test } from 'vitest';
import { createReplyReader } from '#adapters/tmux/control-reply.ts';

const readAll = (lines: string[]) => {
  const read = createReplyReader();
  return lines.map(read).filter((reply) => reply !== null);
};

test('notifications are passed by and replies say whose they are and how they went', () => {
  expect(
    readAll([
      ...['%begin 9 1 0', '%end 9 1 0', '%session-changed $0 _anchor'],
      ...['%begin 9 2 1', 'a', '', 'b', '%end 9 2 1'],
      ...['%begin 9 3 1', 'parse error', '%error 9 3 1'],
    ]),
  ).toEqual([
    { ok: true, ours: false, lines: [] },
    { ok: true, ours: true, lines: ['a', '', 'b'] },
    { ok: false, ours: true, lines: ['parse error'] },
  ]);
});

test('protocol words in a program’s output end nothing', () => {
  const shown = ['%end 9 2 0', '%begin 9 9 1', '%error 1 2 1', '%exit'];
  expect(readAll(['%begin 9 2 1', ...shown, '%end 9 2 1'])).toEqual([
    { ok: true, ours: true, lines: shown },
  ]);
});

test('an imitated end is noticed by what follows it', () => {
  const imitated = ['%begin 9 2 1', '%end 9 2 1'];
  expect(() => readAll([...imitated, 'more output'])).toThrow('outside of every reply');
  expect(() => readAll([...imitated, '%end 9 2 1'])).toThrow('outside of every reply');
});
