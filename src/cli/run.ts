import type { App } from '#app.ts';
import { ClaustreError } from '#domain/error.ts';
import { plainText } from '#format/text.ts';
import type { AnyOperation } from '#operations/operation.ts';
import { type Command, operationCommand, type SurfaceCommand, surfaceCommand } from './command.ts';
import { DONE, exitCode, FAILED, INTERRUPTED, WRONG_USAGE } from './exit-codes.ts';
import { INTERRUPTED_ERROR, type Io } from './io.ts';

export interface CliOptions {
  version: string;
  /** Commands that are no operations. `dashboard`, when it is among them, is what `claustre` alone means. */
  surfaces?: readonly SurfaceCommand[];
  /** All operations, unless a test brings its own. */
  operations?: readonly AnyOperation[];
}

/**
 * The command line: arguments (without node and script) to an operation, its printed result and the exit code. The app is created only when
 * an operation runs, not for help, completion or wrong usage. Never throws: what goes wrong is said on stderr.
 */
export async function runCli(
  argv: readonly string[],
  createApp: () => Promise<App>,
  io: Io,
  options: CliOptions,
): Promise<number> {
  let app: App | null = null;
  const once = async (): Promise<App> => {
    app ??= await createApp();
    return app;
  };
  try {
    const commands = await allCommands(once, options);
    const words = argv.length === 0 ? defaultWords(commands) : argv;
    // Loaded here and not above, so that whoever only draws a screen never pays for it.
    const { parseArguments } = await import('./arguments.ts');
    const { version } = options;
    const parsed = parseArguments(words, commands, { version, columns: io.columns ?? 80 });
    switch (parsed.kind) {
      case 'text':
        await io.stdout(parsed.text);
        return DONE;
      case 'wrong':
        await io.stderr(`${plainText(parsed.reason)}\n${plainText(parsed.hint)}\n`);
        return WRONG_USAGE;
      case 'run':
        return await parsed.command.run(io, parsed.given);
      default:
        return parsed satisfies never;
    }
  } catch (error) {
    return await sayError(io, error, app);
  }
}

/** All commands: of operations, of surfaces, and those that are about the commands themselves. */
async function allCommands(
  createApp: () => Promise<App>,
  options: CliOptions,
): Promise<readonly Command[]> {
  const operations = options.operations ?? (await import('#operations/all.ts')).OPERATIONS;
  const commands: Command[] = [];
  for (const surface of options.surfaces ?? []) commands.push(surfaceCommand(surface));
  for (const operation of operations) {
    const command = operationCommand(operation, async (io, given) => {
      const { callOperation } = await import('./call.ts');
      return callOperation(operation, given, createApp, io);
    });
    if (command !== null) commands.push(command);
  }
  const { completionCommand } = await import('./completion.ts');
  commands.push(surfaceCommand(completionCommand(() => commands)));
  return commands;
}

function defaultWords(commands: readonly Command[]): readonly string[] {
  return commands.some(({ name }) => name === 'dashboard') ? ['dashboard'] : ['--help'];
}

async function sayError(io: Io, error: unknown, app: App | null): Promise<number> {
  if (error instanceof ClaustreError) {
    const { message, hint } = error;
    await io.stderr(`${plainText(hint === undefined ? message : `${message}\n${hint}`)}\n`);
    if (error.code === 'internal') app?.log.error(message, error);
    return exitCode(error.code);
  }
  if (error instanceof Error && error.name === INTERRUPTED_ERROR) return INTERRUPTED;
  app?.log.error('The command line met an error that nobody expected.', error);
  const message = error instanceof Error ? error.message : String(error);
  const more = app === null ? '' : `\nMore is in ${app.log.path}.`;
  await io.stderr(`${plainText(`This is a fault of claustre: ${message}${more}`)}\n`);
  return FAILED;
}
