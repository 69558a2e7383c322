import { expect, test } from 'vitest';
import { windowTop } from '#tui/widgets/list-window.ts';

test.each([
  ['stays while the selection is inside', 3, 5, 20, 5, 3],
  ['goes down just far enough', 0, 7, 20, 5, 3],
  ['goes up just far enough', 10, 7, 20, 5, 7],
  ['leaves no blank rows at the end', 18, 19, 20, 5, 15],
  ['begins at the top when everything fits', 4, 2, 3, 5, 0],
  ['is empty without rows', 4, 2, 3, 0, 0],
  ['is empty without items', 4, 0, 0, 5, 0],
])('the window %s', (_, top, selected, count, height, expected) => {
  expect(windowTop(top, selected, count, height)).toBe(expected);
});
