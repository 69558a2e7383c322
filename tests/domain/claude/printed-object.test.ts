import { expect, test } from 'vitest';
import { printedObject } from '#domain/claude/printed-object.ts';

test('an object is taken as it is, and out of a text the last one with its key', () => {
  expect(printedObject({ verdicts: [] }, 'verdicts')).toEqual({ verdicts: [] });
  const text = 'First {"verdicts": [1]}, then:\n```json\n{ "verdicts": [2] }\n```\nDone.';
  expect(printedObject(text, 'verdicts')).toEqual({ verdicts: [2] });
});

test('what cannot be read is none', () => {
  expect(printedObject('{"verdicts": [', 'verdicts')).toBeUndefined();
  expect(printedObject('nothing', 'verdicts')).toBeUndefined();
});
