import {
  styledCharsFromTokens as cellsFromTokens,
  type StyledChar,
  styledCharsToString,
  type Token,
  tokenize as tokensFrom,
} from '@alcalzone/ansi-tokenize';

export { styledCharsToString };

/** A screen has some 250 texts. When more than this are known, all of them are read anew. */
const MOST_TEXTS = 1_000;
/** A longer one is no line of a screen, and not worth its memory. */
const MOST_LENGTH = 2_000;

const known = new Map<string, Token[]>();
const cells = new WeakMap<readonly Token[], StyledChar[]>();

/**
 * What a text is made of, as the library says that the bundle replaces by this for Ink: the same list for the same text. Ink asks for every
 * text of every frame, and nearly all of them stood in the frame before. It changes neither the lists nor what is in them.
 */
export function tokenize(text: string): Token[] {
  if (text.length > MOST_LENGTH) return tokensFrom(text);
  let tokens = known.get(text);
  if (tokens === undefined) {
    if (known.size >= MOST_TEXTS) known.clear();
    tokens = tokensFrom(text);
    known.set(text, tokens);
  }
  return tokens;
}

/** The cells of the screen that such a list fills. */
export function styledCharsFromTokens(tokens: Token[]): StyledChar[] {
  let found = cells.get(tokens);
  if (found === undefined) {
    found = cellsFromTokens(tokens);
    cells.set(tokens, found);
  }
  return found;
}
