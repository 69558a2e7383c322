/** What stands in Claude's input box, without any blanks; null when no box is on the screen. Earlier prompts above it begin with the same mark. */
export function boxOn(screen: string): string | null {
  const rows = rowsOn(screen);
  return rows.length === 0 ? null : withoutBlanks(rows.join('').replace(/[❯>]/, ''));
}

/** The rows of Claude's input box, without the lines above and below it; empty when no box is on the screen. */
export function rowsOn(screen: string): string[] {
  const lines = screen.split('\n');
  const first = lines.findLastIndex((line) => /^\s*[│┃|]?\s*[❯>]/.test(line));
  if (first === -1) return [];
  const below = lines.slice(first).findIndex((line) => /^\s*[─━╰└]/.test(line));
  return lines.slice(first, below === -1 ? undefined : first + below);
}

/** Blanks and the sides of a box come and go where lines are wrapped. */
export function withoutBlanks(text: string): string {
  return text.replace(/[\s│┃|]+/g, '');
}

/**
 * What a person has typed into the box and not sent, without any blanks; empty for nothing, null when no box is on the screen. `styled` is the
 * screen with its colours: what Claude itself suggests in an empty box is dim, with the cursor upon its first letter.
 */
export function draftOn(styled: string): string | null {
  return boxOn(withoutSuggestion(styled));
}

const ESCAPE = '\u001B';
const SGR = new RegExp(`${ESCAPE}\\[([\\d;:]*)m`, 'y');
const OTHER = new RegExp(
  `${ESCAPE}(?:\\[[\\d;:?]*[A-Za-z]|\\][^\\u0007${ESCAPE}]*(?:\\u0007|${ESCAPE}\\\\)|.)`,
  'y',
);

/** The plain text of a screen without its dim letters, and without the letter under the cursor where dim ones follow it. */
function withoutSuggestion(styled: string): string {
  let text = '';
  let dim = false;
  let cursor = false;
  /** Letters under the cursor of which it is not known yet what follows. */
  let held = '';
  let at = 0;
  while (at < styled.length) {
    SGR.lastIndex = at;
    OTHER.lastIndex = at;
    const sgr = SGR.exec(styled);
    if (sgr !== null) {
      ({ dim, cursor } = restyled(sgr[1] ?? '', { dim, cursor }));
      at = SGR.lastIndex;
      continue;
    }
    if (OTHER.exec(styled) !== null) {
      at = OTHER.lastIndex;
      continue;
    }
    const letter = styled[at] ?? '';
    at += 1;
    if (cursor) held += letter;
    else if (dim) held = '';
    else {
      text += held + letter;
      held = '';
    }
  }
  return text + held;
}

/** What a sequence of SGR numbers makes of dim (2, ended by 22) and inverse (7, ended by 27). */
function restyled(
  numbers: string,
  before: { dim: boolean; cursor: boolean },
): { dim: boolean; cursor: boolean } {
  let { dim, cursor } = before;
  const parts = numbers.split(';');
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index] ?? '';
    // The numbers of a colour are none of a style.
    if (part === '38' || part === '48' || part === '58') {
      index += parts[index + 1] === '5' ? 2 : 4;
      continue;
    }
    if (part === '' || part === '0') [dim, cursor] = [false, false];
    else if (part === '2') dim = true;
    else if (part === '22') dim = false;
    else if (part === '7') cursor = true;
    else if (part === '27') cursor = false;
  }
  return { dim, cursor };
}
