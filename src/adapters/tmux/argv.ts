/**
 * Returns the arguments of one tmux invocation that runs several commands in turn. tmux takes a `;`
 * at the END of any argument for the separator of commands, so such an argument gets a backslash
 * before it, which tmux removes.
 */
export function argumentsOf(commands: readonly (readonly string[])[]): string[] {
  return commands.flatMap((command, index) => [
    ...(index === 0 ? [] : [';']),
    ...command.map((word) => (word.endsWith(';') ? `${word.slice(0, -1)}\\;` : word)),
  ]);
}

const PLAIN = /^[A-Za-z0-9_/][A-Za-z0-9_@+=:,./-]*$/;

/**
 * Returns one command as a line of tmux's own language, for a control client or `source-file -`.
 * Everything that is not plainly a word is put in double quotes; the line never holds a raw line
 * break, because both are read line by line.
 */
export function commandLine(words: readonly string[]): string {
  return words.map((word) => (PLAIN.test(word) ? word : quote(word))).join(' ');
}

function quote(word: string): string {
  let quoted = '';
  for (const character of word) {
    const code = character.codePointAt(0) ?? 0;
    if ('\\"$~'.includes(character)) quoted += `\\${character}`;
    else if (code < 32 || code === 127) quoted += `\\${code.toString(8).padStart(3, '0')}`;
    else quoted += character;
  }
  return `"${quoted}"`;
}
