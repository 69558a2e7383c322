import { z } from 'zod';
import { CLAUDE_ALONE, type PaneLayout } from '#domain/panes/layout.ts';
import { PUSH_MODES, type PushMode, TASK_MODES, type TaskMode } from '#domain/task.ts';
import { BUDGET } from './budget-table.ts';
import { CLAUDE, PERMISSIONS } from './claude-tables.ts';
import { FIX } from './fix-table.ts';
import { GATES } from './gates-list.ts';
import { MERGE } from './merge-table.ts';
import { NOTIFICATIONS } from './notifications-table.ts';
import { ALARM, ATTEMPTS, QUEUE, SESSIONS } from './queue-tables.ts';
import { REVIEW_LOOP } from './review-loop-table.ts';
import {
  type AnySetting,
  type Camel,
  type Setting,
  setting,
  text,
  textOrUnset,
  texts,
  tmuxKey,
} from './setting.ts';
import { TEMPLATES } from './templates-list.ts';

/** Editors and tools for git that leave the terminal alone. */
const WINDOWS = [
  ...['code', 'code-insiders', 'codium', 'cursor', 'windsurf', 'zed', 'zeditor', 'subl', 'gvim'],
  ...['idea', 'webstorm', 'pycharm', 'goland', 'rustrover', 'gedit', 'kate', 'mate'],
  ...['gitk', 'git-gui', 'gitg', 'gitkraken', 'smerge', 'fork'],
];

/** Every table and key of config.toml, once. */
export const TABLES = {
  claude: CLAUDE,
  permissions: PERMISSIONS,
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
      ports: setting({
        check: z.int().min(0).max(100),
        default: 10,
        expected: 'a whole number from 0 to 100',
        sentence:
          'Ports that each worktree has for itself: CLAUSTRE_PORT is the first of them, CLAUSTRE_PORT_1 the next.',
      }),
      first_port: setting({
        check: z.int().min(1024).max(60_000),
        default: 21_000,
        expected: 'a whole number from 1024 to 60000',
        sentence: 'Where the blocks of ports begin.',
        home: true,
      }),
    },
  },
  queue: QUEUE,
  attempts: ATTEMPTS,
  alarm: ALARM,
  budget: BUDGET,
  sessions: SESSIONS,
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
      trusted: setting({
        check: texts,
        default: [],
        expected: 'a list of texts',
        sentence:
          'Whose comments may be given to Claude besides yours and those of people who may push: "ada" is a person, "reviewer[bot]" a bot.',
        home: true,
      }),
    },
  },
  merge: MERGE,
  fix: FIX,
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
  review_loop: REVIEW_LOOP,
  notifications: NOTIFICATIONS,
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
  templates: TEMPLATES,
  gates: GATES,
} satisfies Record<string, { sentence: string; keys: Record<string, AnySetting> }>;

type Tables = typeof TABLES;
type Values<Keys> = {
  readonly [Key in keyof Keys as Camel<Key & string>]: Keys[Key] extends Setting<infer T>
    ? T
    : never;
};

/** All settings with their values, in camelCase: `settings.worktree.setupTimeoutSecs`. */
export type Settings = {
  readonly [Name in keyof Tables as Camel<Name & string>]: Values<Tables[Name]['keys']>;
} & { readonly [Name in keyof typeof FREE_TABLES]: Readonly<Record<string, string>> } & {
  readonly layout: PaneLayout;
} & {
  readonly [Name in keyof typeof LISTS]: readonly Values<(typeof LISTS)[Name]['keys']>[];
};

/** What the tables that are one value are when no file says them. */
export const WHOLE_DEFAULTS = { layout: CLAUDE_ALONE } as const;
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
