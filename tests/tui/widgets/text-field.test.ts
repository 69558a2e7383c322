import { describe, expect, test } from 'vitest';
import { cells } from '#tui/widgets/fit.ts';
import type { Spans } from '#tui/widgets/line.tsx';
import { textState } from '#tui/widgets/text-edit.ts';
import { textLine, textRows } from '#tui/widgets/text-field.ts';

/** The text with the cursor's cell in brackets. */
const show = (spans: Spans) =>
  spans.map(({ text, look }) => (look?.inverse ? `[${text}]` : text)).join('');

describe('a field of one line', () => {
  test.each([
    ['abc', 3, 10, 'abc[ ]'],
    ['abc', 0, 10, '[a]bc'],
    ['abcdefghijkl', 12, 6, 'hijkl[ ]'],
    ['日本語テキスト', 7, 6, 'スト[ ]'],
  ])('%s with the cursor at %i in %i cells', (text, cursor, width, shown) => {
    expect(show(textLine({ text, cursor }, width))).toBe(shown);
  });

  test('is never wider than its cells, wherever the cursor is', () => {
    const text = 'ab日本👨‍👩‍👧cdefg'.repeat(5);
    for (const { index } of new Intl.Segmenter().segment(text)) {
      const spans = textLine({ text, cursor: index }, 9);
      expect(spans.reduce((sum, each) => sum + cells(each.text), 0)).toBeLessThanOrEqual(9);
      expect(show(spans)).toContain('[');
    }
  });
});

test('a text longer than its field is scrolled to the cursor', () => {
  const state = textState(Array.from({ length: 50 }, (_, index) => `line ${index}`).join('\n'));
  const rows = textRows(state, 20, 5, true).map(show);
  expect(rows).toHaveLength(5);
  expect(rows.at(-1)).toBe('line 49[ ]');
  expect(textRows({ ...state, cursor: 0 }, 20, 5, true).map(show)[0]).toBe('[l]ine 0');
});
