/**
 * How a terminal may send the key that leads back, from its name in tmux's words (`C-q`, `M-q`): as it always did, and in the two
 * ways that tell all keys apart. Empty for a key that is not one of these: tmux itself listens to the key as well.
 */
export function returnKeySequences(name: string): string[] {
  const [, modifier, key = ''] = /^([CM])-([A-Za-z\\\]^_])$/.exec(name) ?? [];
  if (modifier === undefined) return [];
  const code = key.toLowerCase().charCodeAt(0);
  const number = modifier === 'C' ? 5 : 3;
  const plain = modifier === 'C' ? String.fromCharCode(code & 31) : `\u001B${key}`;
  return [plain, `\u001B[${code};${number}u`, `\u001B[27;${number};${code}~`];
}

/** What was typed before the first of these sequences and after it; null when none of them was. */
export function splitAt(
  text: string,
  sequences: readonly string[],
): { before: string; after: string } | null {
  let found: { before: string; after: string } | null = null;
  for (const sequence of sequences) {
    const at = text.indexOf(sequence);
    if (at < 0 || (found !== null && at >= found.before.length)) continue;
    found = { before: text.slice(0, at), after: text.slice(at + sequence.length) };
  }
  return found;
}
