/** The object that Claude ended with: as it is, or the last one in a text that begins with this key; undefined when there is none to be read. */
export function printedObject(output: unknown, key: string): unknown {
  if (typeof output !== 'string') return output;
  const end = output.lastIndexOf('}');
  for (const { index } of [...output.matchAll(new RegExp(`\\{\\s*"${key}"`, 'g'))].reverse()) {
    try {
      return JSON.parse(output.slice(index, end + 1));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return undefined;
}
