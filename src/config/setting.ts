import { z } from 'zod';
import { commandWords } from '#domain/program.ts';

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

export function setting<T>(definition: Setting<T>): Setting<T> {
  return definition;
}

// biome-ignore lint/suspicious/noExplicitAny: a setting of whatever type; unknown would refuse them all, since T stands on both sides.
export type AnySetting = Setting<any>;

/** `setup_timeout_secs` in a file is `setupTimeoutSecs` in code. */
export type Camel<Word extends string> = Word extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Word;

/** The name in code of a key in the file. */
export function camelCase(key: string): string {
  return key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

export const text = z.string().min(1);
export const textOrUnset: z.ZodType<string | null> = z.string().min(1);
export const texts: z.ZodType<readonly string[]> = z.array(text);

/** A program with its arguments: a list of words, or one text that is split at its blanks. No shell reads it. */
export const command: z.ZodType<readonly string[] | null> = z.union([
  z.array(text).min(1),
  text.transform(commandWords).pipe(z.array(text).min(1)),
]);

/** A key as tmux names it. */
export const tmuxKey = z.string().regex(/^[\w\\[\]^@-]+$/);
