import type { z } from 'zod';
import type { App } from '#app.ts';
import type { ErrorCode, Refusal } from '#domain/error.ts';

/** An option of a command, in commander's words: `-d, --description <text>`. Its long name in camelCase is the input's key. */
export interface OperationOption {
  flags: string;
  summary: string;
  /** May be given several times; the input gets an array. */
  repeatable?: boolean;
  /** The value `-` stands for the text on standard input. */
  text?: boolean;
  /** The value is a file's path; the file's text goes to this key of the input. `-` is the standard input. */
  fileFor?: string;
}

/** How an operation is called from a shell. Absent for what only claustre itself calls. */
export interface OperationCommand<Input> {
  /** `launch <task...>`: positional names are keys of the input. */
  usage: string;
  options?: readonly OperationOption[];
  /** Positional names for which the value `-` stands for the text on standard input. */
  texts?: readonly string[];
  /** Other names of the same command. */
  aliases?: readonly string[];
  /** Not in the help: called by hooks, panes and claustre itself. */
  hidden?: boolean;
  /** Prints one JSON document with --json. */
  json?: boolean;
  /** Asks before it acts: refuses without --yes where nobody can be asked. Returns the question, or null to ask nothing. */
  confirm?(app: App, input: Input): Promise<string | null | Refusal>;
}

/**
 * One thing that a person, a hook or the clock can ask for. `name` is `<noun>.<verb>` and equals the path of its file below operations/.
 * `run` returns its result or a Refusal; it throws ClaustreError for what cannot go on. It is safe to call twice.
 */
export interface Operation<Name extends string, Input, Output> {
  name: Name;
  summary: string;
  command?: OperationCommand<Input>;
  input: z.ZodType<Input>;
  // Methods, not properties: their parameters may be narrower in an AnyOperation, which only ever gets what its own schema returned.
  run(app: App, input: Input): Promise<Output | Refusal>;
  /** What happened, in sentences for people: the command line prints it, the dashboard shows it. */
  describe?(output: Output): string;
  /** The document that --json prints, where that is not the output itself. */
  document?(output: Output): unknown;
  /** What kind of failure the output tells of, null for none: it is printed all the same, and the exit code says it too. */
  failed?(output: Output): ErrorCode | null;
}

/** An operation whose types are not known here: for the list of all, and for surfaces that work from definitions. */
export type AnyOperation = Operation<string, unknown, unknown>;

/** Defines an operation; returns it unchanged, with its types inferred. */
export function defineOperation<const Name extends string, Input, Output>(
  operation: Operation<Name, Input, Output>,
): Operation<Name, Input, Output> {
  return operation;
}
