import { expect, test } from 'vitest';
import { ClaustreError, inSentences, isRefusal, orThrow, refuse } from '#domain/error.ts';

test('a refusal is a value that can be told from every other', () => {
  expect(isRefusal(refuse('No.'))).toBe(true);
  for (const other of [null, undefined, 'refused', {}, { refused: 'yes' }, new Error('No.')]) {
    expect(isRefusal(other)).toBe(false);
  }
});

test('a refusal carries a hint only when there is one', () => {
  expect(refuse('No.')).toEqual({ refused: true, code: 'refused', reason: 'No.' });
  expect(refuse('No.', 'Do this.', 'invalid')).toMatchObject({ hint: 'Do this.', code: 'invalid' });
});

test('whoever cannot go on without the value throws the refusal', () => {
  expect(orThrow(5)).toBe(5);
  const thrown = () => orThrow(refuse('No.', 'Do this.', 'not_found'));
  expect(thrown).toThrow(ClaustreError);
  expect(thrown).toThrow(expect.objectContaining({ code: 'not_found', hint: 'Do this.' }));
});

test('in one line the instruction stands behind the reason', () => {
  expect(inSentences(refuse('No.'))).toBe('No.');
  expect(inSentences(refuse('No.', 'Do this.'))).toBe('No. Do this.');
});
