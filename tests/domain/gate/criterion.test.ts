import { expect, test } from 'vitest';
import { criterionTexts } from '#domain/gate/criterion.ts';

test('criteria are kept without blanks around them, none empty, each once', () => {
  expect(criterionTexts([' It builds ', '', 'It is fast', 'It builds'])).toEqual([
    'It builds',
    'It is fast',
  ]);
});
