import type { z } from 'zod';
import { type Refusal, refuse } from '#domain/error.ts';
import { nearMiss } from '#domain/near-miss.ts';
import type { OperationCommand } from '#operations/operation.ts';
import type { Given } from './command.ts';
import type { Io } from './io.ts';
import { longName, optionKey } from './names.ts';

type Definition = Pick<OperationCommand<never>, 'usage' | 'options' | 'texts'>;

/** Puts the texts of files and of standard input where the command line only named them. Refuses what is given twice. */
export async function readTexts(
  io: Io,
  command: Definition,
  given: Given,
): Promise<Given | Refusal> {
  const texts = { ...given };
  let input: string | null = null;
  const readInput = async (): Promise<string> => {
    input ??= withoutLastBreak(await io.readInput());
    return input;
  };
  const ofOptions = (command.options ?? [])
    .filter(({ text }) => text)
    .map(({ flags }) => optionKey(flags));
  for (const key of [...(command.texts ?? []), ...ofOptions]) {
    if (texts[key] === '-') texts[key] = await readInput();
  }
  for (const option of command.options ?? []) {
    const key = optionKey(option.flags);
    const path = texts[key];
    if (option.fileFor === undefined || typeof path !== 'string') continue;
    if (texts[option.fileFor] !== undefined) {
      return refuse(
        `--${key} and --${option.fileFor} say the same.`,
        'Give one of them.',
        'invalid',
      );
    }
    delete texts[key];
    texts[option.fileFor] = path === '-' ? await readInput() : await io.readFile(path);
  }
  return texts;
}

/** Programs end their output with a line break that nobody means; `$(…)` in a shell drops it too. */
function withoutLastBreak(text: string): string {
  return text.replace(/\r?\n$/, '');
}

/** What is wrong with the input of a command, as a refusal of wrong usage in the words of the command line. */
export function explainIssues(error: z.ZodError, command: Definition, given: Given): Refusal {
  const sentences: string[] = [];
  let hint: string | undefined;
  for (const issue of error.issues.slice(0, 5)) {
    const key = String(issue.path[0] ?? '');
    const value = issue.path.reduce<unknown>(
      (inside, part) => (inside as Record<PropertyKey, unknown> | undefined)?.[part],
      given,
    );
    const { says, near } = explain(issue, value);
    const shown = value === undefined ? '' : ` ${JSON.stringify(value)}`;
    sentences.push(`${label(command, key)}${shown} ${says}.`);
    if (near !== null) hint ??= `Did you mean ${near}?`;
  }
  return refuse(sentences.join('\n'), hint, 'invalid');
}

function label(command: Definition, key: string): string {
  const option = command.options?.find(({ flags }) => optionKey(flags) === key);
  return option === undefined ? `<${key}>` : `--${longName(option.flags)}`;
}

type Issue = z.core.$ZodIssue;

const TYPE_WORDS: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
};

function explain(issue: Issue, value: unknown): { says: string; near: string | null } {
  switch (issue.code) {
    case 'invalid_value': {
      const values = issue.values.map(String);
      const near = typeof value === 'string' ? nearMiss(value, values) : null;
      return { says: `must be ${listed(values)}`, near };
    }
    case 'invalid_union':
      // Of the shapes that it could have, the one for texts is what a command line can meet.
      return explainUnion(issue.errors, value);
    case 'too_small':
      return { says: `must be at least ${sized(issue.minimum, issue.origin)}`, near: null };
    case 'too_big':
      return { says: `must be at most ${sized(issue.maximum, issue.origin)}`, near: null };
    case 'invalid_type':
      return {
        says:
          value === undefined
            ? 'is missing'
            : `must be ${TYPE_WORDS[issue.expected] ?? issue.expected}`,
        near: null,
      };
    default:
      return { says: issue.message, near: null };
  }
}

function explainUnion(
  errors: readonly Issue[][],
  value: unknown,
): { says: string; near: string | null } {
  const all = errors.flat();
  const told = all.find((issue) => issue.code !== 'invalid_type') ?? all[0];
  return told === undefined ? { says: 'is not valid', near: null } : explain(told, value);
}

function sized(limit: number | bigint, origin: string): string {
  if (origin === 'string') return `${limit} ${limit === 1 ? 'character' : 'characters'} long`;
  return origin === 'array' ? `${limit} long` : String(limit);
}

function listed(values: readonly string[]): string {
  if (values.length < 2) return values.join('');
  return `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
}
