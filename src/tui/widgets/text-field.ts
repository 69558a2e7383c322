import { cells, clip } from './fit.ts';
import { type Look, type Span, type Spans, span } from './line.tsx';
import { after, type TextState } from './text-edit.ts';
import { cursorRow, layOut } from './text-layout.ts';

const CURSOR: Look = { inverse: true };
const PLACEHOLDER: Look = { dim: true };

/** The rows of a text that are seen in a field of this size, scrolled so that the cursor is among them. */
export function textRows(
  state: TextState,
  width: number,
  height: number,
  focused: boolean,
): Spans[] {
  const rows = layOut(state.text, width);
  const at = focused ? cursorRow(rows, state.cursor) : 0;
  const top = Math.max(0, Math.min(at - Math.floor(height / 2), rows.length - height));
  return rows.slice(top, top + height).map(({ start, end }, index) => {
    const text = state.text.slice(start, end);
    if (!focused || top + index !== at) return [span(text)];
    return withCursor(text, state.cursor - start);
  });
}

/** How many rows the text takes in a field of this width. */
export function textHeight(state: TextState, width: number): number {
  return layOut(state.text, width).length;
}

/** A field of one line, scrolled sideways so that the cursor is seen. */
export function textLine(state: TextState, width: number): Span[] {
  let from = 0;
  // Only what is near the cursor can be seen; measuring the rest would cost as much as the text is long.
  if (state.cursor > width) from = wholeFrom(state.text, state.cursor - width + 1);
  while (from < state.cursor && cells(state.text.slice(from, state.cursor)) >= width) {
    from = after(state.text, from);
  }
  const seen = state.text.slice(from, state.cursor + width * 4);
  return withCursor(clipBare(seen, width), state.cursor - from);
}

/** A field of one line among others: its text and cursor, or what it is taken for while it is empty. */
export function textField(
  state: TextState,
  focused: boolean,
  placeholder: string,
  width: number,
): Span[] {
  if (focused) {
    const empty = state.text === '' ? [span(placeholder, PLACEHOLDER)] : [];
    return [...textLine(state, width), ...empty];
  }
  return state.text === '' ? [span(placeholder, PLACEHOLDER)] : [span(state.text)];
}

function clipBare(text: string, width: number): string {
  const cut = clip(text, width);
  return cut.endsWith('…') && !text.endsWith('…') ? cut.slice(0, -1) : cut;
}

function wholeFrom(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at + 1 : at;
}

function withCursor(text: string, cursor: number): Span[] {
  if (cursor >= text.length) return [span(text), span(' ', CURSOR)];
  const next = after(text, cursor);
  return [
    span(text.slice(0, cursor)),
    span(text.slice(cursor, next), CURSOR),
    span(text.slice(next)),
  ];
}
