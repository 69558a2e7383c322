import { z } from 'zod';
import { CLAUDE_ALONE, type PaneLayout } from '#domain/panes/layout.ts';
import { commandWords } from '#domain/program.ts';
import { PUSH_MODES, type PushMode, TASK_MODES, type TaskMode } from '#domain/task.ts';
import { INBOX_KINDS, type InboxKind } from '#domain/why.ts';

/** One key of config.toml. Load errors, config.example.toml and the reference page are made of this. */
export interface Setting<T> {
  check: z.ZodType<T>;
  /** null stands for "not set": TOML has no word for it. */
  default: T;
  /** What a value must be, to end the sentence "expected …". */
  expected: string;
  /** What it does, for the person who sets it. */
  sentence: string;
  /** A value to show, as TOML, where the default shows nothing. */
  example?: string;
  /** Only the data directory's file may say it: a repository's file must not choose programs, sockets or keys. */
  home?: true;
  /** It must be said; for entries of lists. */
  needed?: true;
}

function setting<T>(definition: Setting<T>): Setting<T> {
  return definition;
}

const text = z.string().min(1);
const textOrUnset: z.ZodType<string | null> = text;
const texts: z.ZodType<readonly string[]> = z.array(text);

/** A program with its arguments: a list of words, or one text that is split at its blanks. No shell reads it. */
const command: z.ZodType<readonly string[] | null> = z.union([
  z.array(text).min(1),
  text.transform(commandWords).pipe(z.array(text).min(1)),
]);

/** A key as tmux names it. */
const tmuxKey = z.string().regex(/^[\w\\[\]^@-]+$/);

const CLAUDE_MODES = ['default', 'acceptEdits', 'auto', 'dontAsk', 'plan', 'bypassPermissions'];
const claudeMode = z.enum(CLAUDE_MODES);

/** Claude's permission mode for each mode of a task; null gives Claude no flag, so that the person's own settings decide. */
export type PermissionModes = Record<TaskMode, string | null>;

/** One word stands for all modes; a table changes only the modes that it names (load.ts lays it over what was there). */
const permissionModes: z.ZodType<PermissionModes> = z
  .union([claudeMode, z.partialRecord(z.enum(TASK_MODES), claudeMode)])
  .transform((value) =>
    typeof value === 'string'
      ? { supervised: value, autonomous: value, exploration: value }
      : (value as PermissionModes),
  );

/**
 * What an autonomous session may do without asking. Commands that publish, or that change more than their branch, are asked for or denied
 * below although a wider rule here would allow them.
 */
const ALLOW = [
  ...['Read', 'Glob', 'Grep', 'Edit', 'Write', 'NotebookEdit', 'TodoWrite'],
  ...['git', 'gh', 'ls', 'cat', 'mkdir', 'touch', 'cp', 'mv', 'find', 'grep', 'rg', 'sed'],
  ...['npm', 'npx', 'pnpm', 'yarn', 'bun', 'node', 'deno', 'tsc', 'make', 'just', 'cargo'],
  ...['go', 'python', 'python3', 'pip', 'uv', 'pytest', 'bundle', 'rake', 'mvn', 'gradle'],
].map((name) => (/^[A-Z]/.test(name) ? name : `Bash(${name} *)`));

/** Editors and tools for git that leave the terminal alone. */
const WINDOWS = [
  ...['code', 'code-insiders', 'codium', 'cursor', 'windsurf', 'zed', 'zeditor', 'subl', 'gvim'],
  ...['idea', 'webstorm', 'pycharm', 'goland', 'rustrover', 'gedit', 'kate', 'mate'],
  ...['gitk', 'git-gui', 'gitg', 'gitkraken', 'smerge', 'fork'],
];

/** Every table and key of config.toml, once. */
export const TABLES = {
  claude: {
    sentence: 'How Claude Code is started.',
    keys: {
      command: setting({
        check: text,
        default: 'claude',
        expected: 'a text',
        sentence: 'The program that is Claude Code: a name in PATH or an absolute path.',
        home: true,
      }),
      model: setting({
        check: textOrUnset,
        default: null,
        expected: 'a text',
        sentence: "The model that Claude is started with; without it, Claude's own choice.",
        example: '"opus"',
      }),
      effort: setting({
        check: textOrUnset,
        default: null,
        expected: 'a text',
        sentence: "The effort that Claude is started with; without it, Claude's own choice.",
        example: '"high"',
      }),
      permission_mode: setting({
        check: permissionModes,
        default: { supervised: null, autonomous: 'acceptEdits', exploration: null },
        expected: `one of ${CLAUDE_MODES.join(', ')}, or a table with supervised, autonomous and exploration`,
        sentence:
          'The permission mode of Claude: one word for all tasks, or a table by mode. A mode without a word gets no flag: your own Claude settings decide.',
      }),
    },
  },
  permissions: {
    sentence:
      'What the Claude of an autonomous task may do. The other modes follow your own Claude settings.',
    keys: {
      allow: setting({
        check: texts,
        default: ALLOW,
        expected: 'a list of texts',
        sentence: "Claude's permission rules that pass without a question.",
      }),
      ask: setting({
        check: texts,
        default: ['Bash(npm publish *)', 'Bash(cargo publish *)', 'Bash(gh release *)'],
        expected: 'a list of texts',
        sentence: 'Rules that are asked for, although a wider one allows them.',
      }),
      deny: setting({
        check: texts,
        default: [
          'Bash(git push --force *)',
          'Bash(git push -f *)',
          'Bash(git push * --force)',
          'Bash(gh pr merge *)',
          'Bash(gh repo delete *)',
        ],
        expected: 'a list of texts',
        sentence: 'Rules that are refused: a person merges, and nobody rewrites what was pushed.',
      }),
    },
  },
  task: {
    sentence: 'What a new task is when nothing else is said.',
    keys: {
      mode: setting<TaskMode>({
        check: z.enum(TASK_MODES),
        default: 'supervised',
        expected: `one of ${TASK_MODES.join(', ')}`,
        sentence: 'How a task is worked on: with you, without you, or to look around.',
      }),
      push: setting<PushMode>({
        check: z.enum(PUSH_MODES),
        default: 'pr',
        expected: `one of ${PUSH_MODES.join(', ')}`,
        sentence:
          'Where the work goes: a pull request, a pushed branch, or a branch that stays here.',
      }),
    },
  },
  dashboard: {
    sentence: 'How the dashboard looks.',
    keys: {
      theme: setting<'auto' | 'dark' | 'light' | 'none'>({
        check: z.enum(['auto', 'dark', 'light', 'none']),
        default: 'auto',
        expected: 'one of auto, dark, light, none',
        sentence:
          'For which background the colours are; "auto" believes what the terminal tells of it. NO_COLOR in the environment means none.',
        home: true,
      }),
      animation: setting({
        check: z.boolean(),
        default: true,
        expected: 'one of true, false',
        sentence: 'Whether the sign of a Claude that works turns.',
        home: true,
      }),
      screen_reader: setting({
        check: z.boolean(),
        default: false,
        expected: 'one of true, false',
        sentence:
          'Whether it is told in plain lines, without boxes and pictures, for a screen reader. `claustre dashboard --screen-reader` and INK_SCREEN_READER=true say the same.',
        home: true,
      }),
    },
  },
  worktree: {
    sentence: 'What happens to a fresh worktree.',
    keys: {
      setup: setting({
        check: textOrUnset,
        default: null,
        expected: 'a text',
        sentence:
          "A command that makes a fresh worktree ready; it runs in the task's pane before Claude.",
        example: '"npm ci"',
      }),
      setup_timeout_secs: setting({
        check: z.int().min(1).max(86_400),
        default: 600,
        expected: 'a whole number from 1 to 86400',
        sentence: 'Seconds until a setup that does not end counts as failed.',
      }),
    },
  },
  github: {
    sentence: 'How GitHub is asked.',
    keys: {
      poll_interval_secs: setting({
        check: z.int().min(0).max(86_400),
        default: 0,
        expected: 'a whole number from 0 to 86400',
        sentence:
          'Seconds between two looks at pull requests; 0 looks more often while something is about to change.',
        home: true,
      }),
    },
  },
  tools: {
    sentence:
      'Your own programs, which open in the worktree of a task. Blanks part the words, quotes hold them together; {worktree}, {file} and {line} are filled in. No shell reads them.',
    keys: {
      editor: setting({
        check: textOrUnset,
        default: null,
        expected: 'a text',
        sentence: 'Your editor; without it, $VISUAL, else $EDITOR, else vi.',
        example: '"nvim"',
        home: true,
      }),
      git: setting({
        check: text,
        default: 'lazygit',
        expected: 'a text',
        sentence: 'Your tool for git.',
        home: true,
      }),
      windows: setting({
        check: texts,
        default: WINDOWS,
        expected: 'a list of texts',
        sentence:
          'Programs that open a window of their own; all others get the terminal until they end.',
        home: true,
      }),
    },
  },
  tmux: {
    sentence: "claustre's own tmux server.",
    keys: {
      socket: setting<string | null>({
        check: z.string().regex(/^[\w.-]+$/),
        default: null,
        expected: 'a text of letters, digits, "-", "_" and "."',
        sentence: 'Name of its socket; without it, a name made from the data directory.',
        example: '"claustre"',
        home: true,
      }),
      return_key: setting({
        check: tmuxKey,
        default: 'C-q',
        expected: "a key in tmux's words, like C-q, M-q or F12",
        sentence: 'The key that leads from a session back to the dashboard.',
        home: true,
      }),
      prefix: setting<string | null>({
        check: tmuxKey,
        default: null,
        expected: "a key in tmux's words, like C-b or C-a",
        sentence:
          "The key before tmux's own keys inside a session: split, zoom, copy mode. Without it every key but the return key is Claude's.",
        example: '"C-b"',
        home: true,
      }),
      copy_keys: setting<'emacs' | 'vi' | null>({
        check: z.enum(['emacs', 'vi']),
        default: null,
        expected: 'one of emacs, vi',
        sentence:
          'Whose keys move and copy in text that was scrolled back; without it, those that VISUAL or EDITOR speaks for.',
        example: '"vi"',
        home: true,
      }),
    },
  },
  notifications: {
    sentence: 'How you are told that something waits for you. Each is told once.',
    keys: {
      enabled: setting({
        check: z.boolean(),
        default: true,
        expected: 'one of true, false',
        sentence: 'Whether you are told at all.',
        home: true,
      }),
      events: setting<readonly InboxKind[]>({
        check: z.array(z.enum(INBOX_KINDS)),
        default: INBOX_KINDS,
        expected: `a list of ${INBOX_KINDS.join(', ')}`,
        sentence: 'Of what you are told.',
        home: true,
      }),
      system: setting({
        check: z.boolean(),
        default: true,
        expected: 'one of true, false',
        sentence:
          'A notification of your desktop, where it has a program for that: notify-send, terminal-notifier or osascript.',
        home: true,
      }),
      bell: setting({
        check: z.boolean(),
        default: true,
        expected: 'one of true, false',
        sentence:
          'The bell of terminals that show the dashboard or a session; through ssh, and without "system", also a notification of the terminal.',
        home: true,
      }),
      command: setting({
        check: command,
        default: null,
        expected: 'a list of texts, or a text: the program and its arguments',
        sentence:
          'A program that is started for each, without a shell. {task}, {project}, {kind} and {text} in its arguments are replaced; without any of them the template is its last argument.',
        example: '["my-notifier", "{text}"]',
        home: true,
      }),
      template: setting({
        check: text,
        default: '{project}: {text}',
        expected: 'a text',
        sentence: 'What the command is given to say.',
        home: true,
      }),
      voice: setting<string | null>({
        check: text,
        default: null,
        expected: 'a text',
        sentence: 'The voice, where the command is `say` of macOS; without it, its own choice.',
        example: '"Anna"',
        home: true,
      }),
      rate: setting<number | null>({
        check: z.int().min(1).max(1_000),
        default: null,
        expected: 'a whole number from 1 to 1000',
        sentence:
          'Words in a minute, where the command is `say` of macOS; without it, its own choice.',
        example: '200',
        home: true,
      }),
    },
  },
  mouse: {
    sentence: 'The mouse in the dashboard.',
    keys: {
      enabled: setting({
        check: z.boolean(),
        default: true,
        expected: 'one of true, false',
        sentence:
          "Clicks and the wheel are the dashboard's from the start; M changes it. While they are, most terminals select text with Shift held.",
        home: true,
      }),
    },
  },
} satisfies Record<string, { sentence: string; keys: Record<string, AnySetting> }>;

/** Tables whose keys other parts name and check; here a value is a text. Only the data directory's file may have them. */
export const FREE_TABLES = {
  keys: {
    sentence: 'Your own keys in the dashboard: the action, and the key for it.',
    expected: 'a text that names a key',
    example: 'launch = "l"',
  },
  theme: {
    sentence: 'Your own colours in the dashboard: the meaning, and the colour for it.',
    expected: 'a text that names a colour, like "cyan", "light_red", "#ff8700" or "none"',
    example: 'working = "green"',
  },
} as const;

/** Tables that are one value as a whole, read by a rule of their own; a project's takes the place of the one below it. */
export const WHOLE_TABLES = {
  layout: {
    sentence:
      'The panes that a session begins with: Claude once, and shells in the worktree. Without it Claude is alone.',
    expected:
      'a split with direction ("horizontal" is side by side), ratio (percent for the first, 50) and first and second, each "claude", "shell" or a split; `{ pane = "shell" }` means the same as "shell"',
    example: ['direction = "horizontal"', 'ratio = 60', 'first = "claude"', 'second = "shell"'],
  },
} as const;

/** Tables that may be said several times, as `[[templates]]`. What has the `name` of one below it takes its place. */
export const LISTS = {
  templates: {
    sentence:
      'A task that is written often: Ctrl+T in the form of a new task, or `claustre add-task PROJECT --template NAME`. What it does not say stays as it is.',
    keys: {
      name: setting<string>({
        check: text,
        default: '',
        expected: 'a text',
        sentence: 'What it is called.',
        example: '"bug"',
        needed: true,
      }),
      prompt: setting({
        check: textOrUnset,
        default: null,
        expected: 'a text',
        sentence: 'The prompt; {cursor} is where your own words go, else they go after it.',
        example: '"Find the cause of this and fix it, with a test: {cursor}"',
      }),
      mode: setting<TaskMode | null>({
        check: z.enum(TASK_MODES),
        default: null,
        expected: `one of ${TASK_MODES.join(', ')}`,
        sentence: 'How it is worked on.',
        example: '"autonomous"',
      }),
      base: setting({
        check: textOrUnset,
        default: null,
        expected: 'a text',
        sentence: 'The branch that the work starts from and goes to.',
        example: '"main"',
      }),
      branch: setting({
        check: textOrUnset,
        default: null,
        expected: 'a text',
        sentence: 'The branch of the work.',
        example: '"fix/next"',
      }),
      push: setting<PushMode | null>({
        check: z.enum(PUSH_MODES),
        default: null,
        expected: `one of ${PUSH_MODES.join(', ')}`,
        sentence: 'Where the work goes.',
        example: '"pr"',
      }),
      loop: setting<boolean | null>({
        check: z.boolean(),
        default: null,
        expected: 'true or false',
        sentence: 'Whether review comments are worked on.',
        example: 'true',
      }),
      subtasks: setting({
        check: texts,
        default: [],
        expected: 'a list of texts',
        sentence: 'Its steps, in their order.',
        example: '["Write a test that fails", "Fix it"]',
      }),
    },
  },
} satisfies Record<string, { sentence: string; keys: Record<string, AnySetting> }>;

// biome-ignore lint/suspicious/noExplicitAny: a setting of whatever type; unknown would refuse them all, since T stands on both sides.
type AnySetting = Setting<any>;

/** `setup_timeout_secs` in a file is `setupTimeoutSecs` in code. */
type Camel<Word extends string> = Word extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Word;

type Tables = typeof TABLES;
type Values<Keys> = {
  readonly [Key in keyof Keys as Camel<Key & string>]: Keys[Key] extends Setting<infer T>
    ? T
    : never;
};

/** All settings with their values, in camelCase: `settings.worktree.setupTimeoutSecs`. */
export type Settings = {
  readonly [Name in keyof Tables]: Values<Tables[Name]['keys']>;
} & { readonly [Name in keyof typeof FREE_TABLES]: Readonly<Record<string, string>> } & {
  readonly layout: PaneLayout;
} & {
  readonly [Name in keyof typeof LISTS]: readonly Values<(typeof LISTS)[Name]['keys']>[];
};

/** What the tables that are one value are when no file says them. */
export const WHOLE_DEFAULTS = { layout: CLAUDE_ALONE } as const;

/** The name in code of a key in the file. */
export function camelCase(key: string): string {
  return key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The definitions of a table's keys, or undefined when there is no such table. */
export function keysOfTable(table: string): Readonly<Record<string, AnySetting>> | undefined {
  if (Object.hasOwn(LISTS, table)) return LISTS[table as keyof typeof LISTS].keys;
  return Object.hasOwn(TABLES, table) ? TABLES[table as keyof Tables].keys : undefined;
}

/** The definition of a key, or undefined when there is none. */
export function findSetting(table: string, key: string): AnySetting | undefined {
  const keys = keysOfTable(table);
  if (keys === undefined) return undefined;
  return Object.hasOwn(keys, key) ? keys[key] : undefined;
}
