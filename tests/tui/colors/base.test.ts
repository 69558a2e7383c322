import { expect, test } from 'vitest';
import { baseOf } from '#tui/colors/base.ts';

test.each([
  ['auto', {}, 'dark'],
  ['auto', { COLORFGBG: '0;15' }, 'light'],
  ['auto', { COLORFGBG: '12;default;7' }, 'light'],
  ['auto', { COLORFGBG: '15;0' }, 'dark'],
  ['auto', { COLORFGBG: '7;8' }, 'dark'],
  ['light', { COLORFGBG: '15;0' }, 'light'],
  ['dark', { NO_COLOR: '1' }, 'none'],
  ['auto', { NO_COLOR: '' }, 'dark'],
  ['light', { TERM: 'dumb' }, 'none'],
  ['none', {}, 'none'],
] as const)('%s in %j is %s', (wanted, environment, base) => {
  expect(baseOf(wanted, environment)).toBe(base);
});
