import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fence, fenceRule } from '#domain/pull-request/fence.ts';

const NONCE = '5d0f3a1c9b7e';

test('no text gets out of its fence, also one that knows the nonce', () => {
  const pieces = fc.constantFrom(NONCE, 'DATA ', '>>>', '<<<', '\n', '\r', '\u0000', '5d0f', 'x');
  const texts = fc.oneof(
    fc.string(),
    fc.array(pieces).map((each) => each.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const lines = fence(text, NONCE).split('\n');
      expect(lines[0]).toBe(`<<<DATA ${NONCE}`);
      expect(lines.at(-1)).toBe(`DATA ${NONCE}>>>`);
      expect(lines.slice(1, -1).join('\n')).not.toContain(NONCE);
    }),
  );
});

test('a nonce that appears when another is taken out is taken out, too', () => {
  const nested = `5d0f3a${NONCE}1c9b7e`;
  expect(fence(nested, NONCE).split('\n')[1]).not.toContain(NONCE);
});

test('what a person could not see is gone, lines and tabs stay', () => {
  expect(fence('a\u001b[31m\u202eb\r\n\tc', NONCE).split('\n').slice(1, -1)).toEqual([
    'a[31mb',
    '\tc',
  ]);
});

test('a long text is cut and says so', () => {
  const [, first, second] = fence('y'.repeat(20), NONCE, 12).split('\n');
  expect([first, second]).toEqual(['y'.repeat(12), '[8 more characters are left out]']);
});

test('the rule names the very lines', () => {
  const [begin = '', , end = ''] = fence('x', NONCE).split('\n');
  expect(fenceRule(NONCE)).toContain(begin);
  expect(fenceRule(NONCE)).toContain(end);
});
