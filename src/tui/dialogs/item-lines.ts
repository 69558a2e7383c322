import { statusSign } from '#format/status.ts';
import { plainLine } from '#format/text.ts';
import { BOLD, DIM, GLYPHS, type Theme } from '#tui/theme.ts';
import { type Spans, span } from '#tui/widgets/line.tsx';
import { windowTop } from '#tui/widgets/list-window.ts';
import { textLine } from '#tui/widgets/text-field.ts';
import type { ItemList } from './item-list.ts';

/** The items, at most `limit` of them, and the input below; the item being edited is the input. */
export function itemLines(
  list: ItemList,
  focused: boolean,
  theme: Theme,
  width: number,
  limit: number,
  invitation = 'add a step',
): Spans[] {
  const { items, selected, editing, input } = list;
  const rows = Math.max(1, limit);
  const top = windowTop(0, selected ?? items.length - 1, items.length, rows);
  const lines: Spans[] = items.slice(top, top + rows).map((item, index) => {
    const at = top + index;
    const chosen = focused && at === selected;
    const marker = span(chosen ? `${GLYPHS.selected} ` : '  ', theme.look('selection_indicator'));
    if (at === editing) return [marker, ...textLine(input, width - 2)];
    const sign = statusSign(item.done ? 'done' : 'pending').symbol;
    return [
      marker,
      span(`${sign} `, item.done ? theme.look('good') : DIM),
      span(plainLine(item.text), item.done ? DIM : chosen ? BOLD : {}),
    ];
  });
  if (editing !== null) return lines;
  if (!focused && input.text === '') {
    return lines.length === 0 ? [[span('  none', DIM)]] : lines;
  }
  const cursor =
    focused && selected === null ? textLine(input, width - 2) : [span(plainLine(input.text))];
  const hint = input.text === '' && focused && selected === null ? [span(invitation, DIM)] : [];
  return [...lines, [span('+ ', theme.look('accent')), ...cursor, ...hint]];
}
