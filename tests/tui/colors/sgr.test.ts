import { expect, test } from 'vitest';
import { sgrOfLook } from '#tui/colors/sgr.ts';

test.each([
  [{}, '0'],
  [{ color: 'green' }, '0;32'],
  [{ color: 'gray', dim: true }, '0;2;90'],
  [{ color: 'redBright', bold: true }, '0;1;91'],
  [{ color: '#ff8700', inverse: true }, '0;7;38;2;255;135;0'],
])('%j', (look, codes) => {
  expect(sgrOfLook(look)).toBe(`\u001b[${codes}m`);
});
