import type { Todo } from '#domain/todo.ts';
import { plainLine } from '#format/text.ts';
import { DIM, GLYPHS, type Theme } from '#tui/theme.ts';
import { type Spans, span } from '#tui/widgets/line.tsx';

/** How much of it is done. */
export function todoCount(todos: readonly Todo[], theme: Theme): Spans {
  if (todos.length === 0) return [span('no todos', DIM)];
  const done = todos.filter((todo) => todo.done).length;
  const count = span(`todos ${done}/${todos.length}`);
  return done < todos.length ? [count] : [count, span(` ${GLYPHS.done}`, theme.look('good'))];
}

/** The list with its count above it. */
export function todoColumn(todos: readonly Todo[], rows: number, theme: Theme): Spans[] {
  return [todoCount(todos, theme), ...todoLines(todos, rows - 1, theme)];
}

/** Claude's own list in at most so many rows: from the last one done on, so that the current one is always seen. */
export function todoLines(todos: readonly Todo[], rows: number, theme: Theme): Spans[] {
  const current = todos.findIndex((todo) => !todo.done);
  const from = Math.max(
    0,
    Math.min((current === -1 ? todos.length : current) - 1, todos.length - rows),
  );
  const shown = todos.slice(from, from + rows);
  const left = todos.length - from - shown.length;
  return shown.map(({ subject, done }, index): Spans => {
    const isCurrent = from + index === current;
    const sign = done ? GLYPHS.done : isCurrent ? GLYPHS.current : GLYPHS.open;
    const more = left > 0 && index === shown.length - 1 ? `  (${left} more)` : '';
    return [
      span(`${sign} `, isCurrent ? theme.look('good') : DIM),
      span(plainLine(subject), isCurrent ? {} : DIM),
      span(more, DIM),
    ];
  });
}
