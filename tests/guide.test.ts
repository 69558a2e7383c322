import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { operationCommand, surfaceCommand } from '#cli/command.ts';
import { completionCommand } from '#cli/completion.ts';
import { SURFACES } from '#cli/surfaces.ts';
import { checkToml } from '#config/check.ts';
import { ACTIVITIES } from '#domain/activity.ts';
import { TASK_STATUSES } from '#domain/task.ts';
import { keyLabel } from '#format/key.ts';
import { activitySign, statusSign } from '#format/status.ts';
import { OPERATIONS } from '#operations/all.ts';
import { KEYMAP } from '#tui/keys/keymap.ts';

const ROOT = dirname(import.meta.dirname);
const GUIDE = readdirSync(join(ROOT, 'docs/guide')).map((name) => `docs/guide/${name}`);
const PAGES = ['README.md', ...GUIDE].map(read);
const DOCS = [...PAGES, read('docs/architecture.md'), read('docs/contributing.md')];

interface Page {
  readonly path: string;
  readonly text: string;
}

function read(path: string): Page {
  return { path, text: readFileSync(join(ROOT, path), 'utf8') };
}

const COMMANDS = [
  ...Object.values(SURFACES).map((surface) => surfaceCommand({ ...surface, run: async () => 0 })),
  ...OPERATIONS.flatMap((operation) => operationCommand(operation, async () => 0) ?? []),
  surfaceCommand(completionCommand(() => [])),
];

/** All blocks of a language, and all that stands between single backticks. */
const blocks = (text: string, language: string): string[] =>
  [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)]
    .filter(([, found]) => found === language)
    .map(([, , body = '']) => body);
const inline = (text: string): string[] =>
  [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/(?<!`)`([^`\n]+)`(?!`)/g)].map(
    ([, words = '']) => words,
  );

/** `claustre` and what follows it, up to the next command of the shell. */
function callsIn({ text }: Page): string[] {
  return [...blocks(text, 'sh'), ...inline(text)].flatMap((words) =>
    [...words.matchAll(/(?<![\w./~-]|-L )claustre ([a-z][^\n|;&`)]*)/g)].map(
      ([, call = '']) => call,
    ),
  );
}

function whatIsWrong(call: string): string | undefined {
  const [name = '', ...words] = call.replace(/"[^"]*"|'[^']*'/g, 'text').split(/\s+/);
  const command = COMMANDS.find((each) => each.name === name || each.aliases.includes(name));
  if (command === undefined) return `"${name}" is no command: ${call}`;
  const ended = words.indexOf('--');
  const known = command.options.flatMap(({ flags }) => flags.match(/--?[a-z][\w-]*/g) ?? []);
  const unknown = (ended < 0 ? words : words.slice(0, ended)).find(
    (word) => /^--?[a-z]/.test(word) && !known.includes(word),
  );
  return unknown === undefined ? undefined : `"${unknown}" is no option: ${call}`;
}

describe('the pages for people', () => {
  test('name commands and options that exist', () => {
    const calls = PAGES.flatMap(callsIn);
    expect(calls.length).toBeGreaterThan(50);
    expect(calls.flatMap((call) => whatIsWrong(call) ?? [])).toEqual([]);
  });

  test('show settings that can be read', () => {
    const problems = PAGES.flatMap(({ text }) => blocks(text, 'toml')).flatMap((toml) =>
      checkToml(toml, 'home').problems.map((problem) => ({ toml, problem })),
    );
    expect(problems).toEqual([]);
  });

  test('explain every sign of a task and of Claude', () => {
    const { text } = read('docs/guide/dashboard.md');
    const signs = [
      ...TASK_STATUSES.map(statusSign),
      ...ACTIVITIES.map((activity) => activitySign(activity)),
      activitySign('ended', true),
    ];
    const missing = signs.filter(({ symbol, label }) => !text.includes(`\`${symbol}\` ${label}`));
    expect(missing).toEqual([]);
  });

  test('the table of keys in the README has keys that exist on the dashboard', () => {
    const { text } = read('README.md');
    const table = text.slice(text.indexOf('## The keys'), text.indexOf('Arrows move everywhere'));
    const keys = table
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .flatMap((line) => line.split('|').filter((_, index) => index % 2 === 1))
      .flatMap(inline);
    const known = KEYMAP.filter(({ context }) =>
      ['tasks', 'session', 'everywhere'].includes(context),
    ).flatMap((binding) => binding.keys.map((key) => keyLabel(key)));
    expect(keys.length).toBeGreaterThan(25);
    expect(keys.filter((key) => !known.includes(key))).toEqual([]);
  });

  test('each picture stands in one of them', () => {
    const pictures = readdirSync(join(ROOT, 'docs/pictures'));
    const shown = PAGES.map(({ text }) => text).join('\n');
    expect(pictures.filter((name) => !shown.includes(`pictures/${name})`))).toEqual([]);
  });
});

test('every file that the pages for developers name is there', () => {
  const named = DOCS.flatMap(({ path, text }) =>
    inline(text)
      .filter((words) => /^(?:src|tests|hooks|docs)\/[\w./-]+$/.test(words))
      .map((file) => ({ path, file })),
  );
  expect(named.length).toBeGreaterThan(50);
  // Tests and operations are named in general as well: tests/x/y.test.ts.
  const general = /^tests\/x\//;
  expect(named.filter(({ file }) => !general.test(file) && !existsSync(join(ROOT, file)))).toEqual(
    [],
  );
});
