/** What a person's own program is asked to open. */
export interface Opened {
  /** Absolute path. */
  worktree: string;
  /** Absolute path of a file in it; null to open the worktree itself. */
  file: string | null;
  /** Counted from 1; null for the beginning. */
  line: number | null;
}

/** How editors want to be told a line, by the name of the program: `+12 FILE`, `FILE:12`, `--goto FILE:12`. */
const PLUS_LINE = [
  'vi',
  'vim',
  'nvim',
  'view',
  'nano',
  'emacs',
  'emacsclient',
  'micro',
  'joe',
  'kak',
  'gvim',
];
const COLON_LINE = ['hx', 'helix', 'subl', 'zed', 'zeditor'];
const GOTO_LINE = ['code', 'code-insiders', 'codium', 'cursor', 'windsurf'];

/** The words of a command as a person writes it: blanks part them, quotes hold them together. No shell has a part in it. */
export function commandWords(command: string): string[] {
  const words = command.match(/(?:[^\s"']|"[^"]*"|'[^']*'|["'])+/g) ?? [];
  return words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));
}

/**
 * The words with `{worktree}`, `{file}` and `{line}` filled in. Without a file `{file}` is the worktree, without a line `{line}` is 1. Words
 * that name no place get it behind them, in the way that the program wants it, if it is to get one.
 */
export function openCommand(
  words: readonly string[],
  opened: Opened,
  behind: 'place' | 'nothing',
): string[] {
  const { worktree, file, line } = opened;
  const values: Readonly<Record<string, string>> = {
    worktree,
    file: file ?? worktree,
    line: String(line ?? 1),
  };
  const filled = words.map((word) =>
    word.replace(/\{(worktree|file|line)\}/g, (_, name: string) => values[name] ?? ''),
  );
  const named = words.some((word) => /\{(?:worktree|file)\}/.test(word));
  return named || behind === 'nothing'
    ? filled
    : [...filled, ...placeWords(programName(words[0] ?? ''), opened)];
}

function placeWords(name: string, { worktree, file, line }: Opened): string[] {
  if (file === null) return [worktree];
  if (line === null) return [file];
  if (PLUS_LINE.includes(name)) return [`+${line}`, file];
  if (COLON_LINE.includes(name)) return [`${file}:${line}`];
  return GOTO_LINE.includes(name) ? ['--goto', `${file}:${line}`] : [file];
}

/** `vim` of `/usr/bin/vim`. */
export function programName(program: string): string {
  return program.slice(program.lastIndexOf('/') + 1);
}
