/** One word for a POSIX shell that means exactly this text. The text must hold no NUL, which no argument can carry. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** A command line for a POSIX shell that runs exactly these words. */
export function shellLine(words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}
