import type { Base } from '#tui/theme.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Backgrounds of the sixteen colours that are light: white, and bright ones but bright black. */
const LIGHT = new Set(['7', '9', '10', '11', '12', '13', '14', '15']);

/**
 * For which background the colours are. A terminal that is said to have no colours (https://no-color.org, or one that can do nothing but
 * write) has none, whatever else is said; "auto" believes what some terminals tell of their background, and is dark otherwise.
 */
export function baseOf(wanted: Base | 'auto', environment: Environment): Base {
  const { NO_COLOR, TERM, COLORFGBG } = environment;
  if ((NO_COLOR !== undefined && NO_COLOR !== '') || TERM === 'dumb') return 'none';
  if (wanted !== 'auto') return wanted;
  const background = COLORFGBG?.split(';').at(-1);
  return background !== undefined && LIGHT.has(background) ? 'light' : 'dark';
}
