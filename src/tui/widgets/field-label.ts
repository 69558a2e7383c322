import { GLYPHS, type Theme } from '#tui/theme.ts';
import { filled } from './fit.ts';
import { type Span, span } from './line.tsx';

/** The name of a field in so many cells; that of the field in use has a sign, so that its colour is not all that tells. */
export function fieldLabel(text: string, width: number, inUse: boolean, theme: Theme): Span {
  if (!inUse) return span(filled(text, width), theme.quiet('form_dim'));
  const look = { ...theme.look('form_highlight'), bold: true };
  return span(`${filled(text, width - 2)}${GLYPHS.selected} `, look);
}
