import { createContext } from 'react';
import type { Theme } from '#tui/theme.ts';

/** What text has where nobody said a colour, and whether there are any: rows know it without being told one by one. */
export interface Palette {
  readonly colors: boolean;
  readonly primary: string | undefined;
  readonly secondary: string | undefined;
}

const palettes = new WeakMap<Theme, Palette>();

/** The same object for the same theme, so that no row is drawn anew for it. */
export function paletteOf(theme: Theme): Palette {
  const known = palettes.get(theme);
  if (known !== undefined) return known;
  const { colors, look } = theme;
  const primary = look('text_primary').color;
  const made = { colors, primary, secondary: look('text_secondary').color };
  palettes.set(theme, made);
  return made;
}

export const PaletteContext = createContext<Palette>({
  colors: true,
  primary: undefined,
  secondary: undefined,
});
