/** Characters in which what Claude ends with has room. */
const MAX_OBJECT = 60_000;

/**
 * The object that Claude ended with: as it is, or the last one in a text that is a list under this key and nothing else; words and braces may
 * stand around it. undefined when there is none to be read.
 */
export function printedObject(output: unknown, key: string): unknown {
  if (typeof output !== 'string') return output;
  for (const { index } of [...output.matchAll(new RegExp(`\\{\\s*"${key}"`, 'g'))].reverse()) {
    const rest = output.slice(index, index + MAX_OBJECT);
    for (const { index: last, 0: end } of rest.matchAll(/\]\s*\}/g)) {
      const found = parsed(rest.slice(0, last + end.length));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}
