import { expect, test } from 'vitest';
import { createKeys, type Key } from '#demo/agent/keys.ts';
import { waitFor } from '../../support/wait-for.ts';

function typed(...pieces: (string | Buffer)[]): Key[] {
  const keys: Key[] = [];
  const take = createKeys((key) => keys.push(key));
  for (const piece of pieces) take(Buffer.from(piece as string));
  return keys;
}

const text = (letters: string): Key[] => [...letters].map((each) => ({ kind: 'text', text: each }));
const name = (name: string) => ({ kind: 'name', name }) as Key;

test('letters, Enter, backspace, C-u and C-c are keys', () => {
  expect(typed('añ\r\x7f\x15\x03')).toEqual([
    ...text('añ'),
    ...['enter', 'backspace', 'clear', 'interrupt'].map(name),
  ]);
});

test('a paste is one key, with the line ends of texts, in however many pieces it comes', () => {
  const whole = '\x1b[200~one\rtwo\x1b[A 🎉\x1b[201~\r';
  const expected = [{ kind: 'paste', text: 'one\ntwo\x1b[A 🎉' }, name('enter')];
  expect(typed(whole)).toEqual(expected);
  const bytes = Buffer.from(whole);
  const pieces = Array.from(bytes, (_, index) => bytes.subarray(index, index + 1));
  expect(typed(...pieces)).toEqual(expected);
});

test('arrows are told from a lone Escape, which needs a moment to be one', async () => {
  expect(typed('\x1b[A\x1b[B\x1bOP')).toEqual(['up', 'down', 'other'].map(name));
  const keys: Key[] = [];
  createKeys((key) => keys.push(key))(Buffer.from('\x1b'));
  expect(keys).toEqual([]);
  await waitFor('the key', () => keys.length > 0);
  expect(keys).toEqual([name('escape')]);
});
