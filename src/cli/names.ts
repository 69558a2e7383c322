function camelCase(word: string): string {
  return word.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The long name in an option's flags, without dashes: `-d, --base-branch <name>` is `base-branch`, `--no-loop` is `loop`. */
export function longName(flags: string): string {
  return /--(?:no-)?([\w-]+)/.exec(flags)?.[1] ?? flags.replace(/^-+/, '');
}

/** The key of the input that an option sets. */
export function optionKey(flags: string): string {
  return camelCase(longName(flags));
}

/** The key of the input that a positional argument sets: `<text|->` sets `text`, `<base-branch>` sets `baseBranch`. */
export function parameterKey(name: string): string {
  return camelCase(name.replace(/[<>[\]]|\.\.\.|\|.*$/g, ''));
}
