import { describe, expect, test } from 'vitest';
import { todoCount, todoLines } from '#tui/panels/todo-lines.ts';
import { PLAIN_THEME } from '#tui/theme.ts';
import type { Spans } from '#tui/widgets/line.tsx';

const text = (spans: Spans) => spans.map((each) => each.text).join('');

describe("Claude's own list", () => {
  const todos = Array.from({ length: 9 }, (_, index) => ({
    id: String(index),
    subject: `Step ${index + 1}`,
    done: index < 4,
  }));
  const listed = (rows: number, of = todos) => todoLines(of, rows, PLAIN_THEME).map(text);

  test('is shown around the entry that is worked on', () => {
    expect(listed(4)).toEqual(['✓ Step 4', '● Step 5', '☐ Step 6', '☐ Step 7  (2 more)']);
    expect(listed(20)).toHaveLength(9);
  });

  test('shows its end when all is done', () => {
    const done = todos.map((todo) => ({ ...todo, done: true }));
    expect(listed(2, done)).toEqual(['✓ Step 8', '✓ Step 9']);
    expect(listed(3, [])).toEqual([]);
  });

  test('is counted', () => {
    const count = (of: typeof todos) => text(todoCount(of, PLAIN_THEME));
    expect(count(todos)).toBe('todos 4/9');
    expect(count(todos.slice(0, 4))).toBe('todos 4/4 ✓');
    expect(count([])).toBe('no todos');
  });
});
