import type { AnyOperation, OperationOption } from '#operations/operation.ts';
import type { Io } from './io.ts';

/** What was given on the command line, by the names of arguments and options in camelCase. Texts as typed; lists for what may repeat. */
export type Given = Record<string, unknown>;

/** A command that is no operation: a screen, a hook's entry, something that waits. `main` hooks them in. */
export interface SurfaceCommand {
  /** `wait <task...>` */
  usage: string;
  summary: string;
  options?: readonly OperationOption[];
  aliases?: readonly string[];
  hidden?: boolean;
  /** Returns the exit code. */
  run(io: Io, given: Given): Promise<number>;
}

/** A command as the parser, the help and the completion see it, wherever it comes from. */
export interface Command {
  name: string;
  /** What follows the name: `<task...>`. */
  parameters: string;
  summary: string;
  options: readonly OperationOption[];
  aliases: readonly string[];
  hidden: boolean;
  /** The values that an argument or option can only have, by its name in camelCase. Slow: only help and completion need it. */
  choices(): Promise<Record<string, readonly string[]>>;
  run(io: Io, given: Given): Promise<number>;
}

const JSON_OPTION: OperationOption = {
  flags: '--json',
  summary: 'print one JSON document',
};
const YES_OPTION: OperationOption = { flags: '--yes', summary: 'do it without asking' };

function split(usage: string): { name: string; parameters: string } {
  const [name = '', ...rest] = usage.split(' ');
  return { name, parameters: rest.join(' ') };
}

/** The command of an operation; null for one that only claustre itself calls. */
export function operationCommand(operation: AnyOperation, run: Command['run']): Command | null {
  const { command } = operation;
  if (command === undefined) return null;
  return {
    ...split(command.usage),
    summary: operation.summary,
    options: [
      ...(command.options ?? []),
      ...(command.json ? [JSON_OPTION] : []),
      ...(command.confirm === undefined ? [] : [YES_OPTION]),
    ],
    aliases: command.aliases ?? [],
    hidden: command.hidden ?? false,
    choices: async () => (await import('./choices.ts')).choicesOf(operation.input),
    run,
  };
}

/** The command of something that is no operation. */
export function surfaceCommand(surface: SurfaceCommand): Command {
  return {
    ...split(surface.usage),
    summary: surface.summary,
    options: surface.options ?? [],
    aliases: surface.aliases ?? [],
    hidden: surface.hidden ?? false,
    choices: async () => ({}),
    run: (io, given) => surface.run(io, given),
  };
}
