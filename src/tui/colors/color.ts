const NAMES = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

/**
 * What Ink calls a colour, of what a person wrote: a name of the terminal's palette in any spelling (`dark_gray`, `light-red`, `redBright`),
 * `#ff8700` or `rgb(255, 135, 0)`. The empty text for "none", the terminal's own colour; null for what is no colour.
 */
export function colorOf(text: string): string | null {
  const given = text.trim().toLowerCase();
  if (/^#[0-9a-f]{6}$/.test(given)) return given;
  const rgb = /^rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)$/.exec(given);
  if (rgb !== null) return hex(rgb.slice(1).map(Number));
  const name = given.replace(/[\s_-]/g, '').replace('grey', 'gray');
  if (name === 'none' || name === 'reset' || name === 'default' || name === '') return '';
  if (name === 'gray' || name === 'darkgray') return 'gray';
  if (name === 'lightgray') return 'white';
  const bright = /^(?:light|bright)(.+)$|^(.+)bright$/.exec(name);
  const plain = bright?.[1] ?? bright?.[2] ?? name;
  if (!NAMES.includes(plain)) return null;
  return bright === null ? plain : `${plain}Bright`;
}

function hex(parts: readonly number[]): string | null {
  if (parts.some((part) => part > 255)) return null;
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
