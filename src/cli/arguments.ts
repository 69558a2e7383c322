import { type Argument, CommanderError, Option, Command as Parser } from 'commander';
import { nearMiss } from '#domain/near-miss.ts';
import type { OperationOption } from '#operations/operation.ts';
import type { Command, Given } from './command.ts';
import { parameterKey } from './names.ts';

/** What a command line asks for. */
export type Parsed =
  | { kind: 'run'; command: Command; given: Given }
  /** Help or the version: print it and be done. */
  | { kind: 'text'; text: string }
  | { kind: 'wrong'; reason: string; hint: string };

export interface ParseContext {
  version: string;
  /** Width for the help. */
  columns: number;
}

/** Parses arguments (without node and script). Never throws for what a person typed, prints nothing, runs nothing. */
export function parseArguments(
  argv: readonly string[],
  commands: readonly Command[],
  context: ParseContext,
): Parsed {
  let output = '';
  let asked: { command: Command; given: Given } | null = null;
  const silence = (parser: Parser): Parser =>
    parser.exitOverride().configureOutput({
      writeOut: (text) => {
        output += text;
      },
      writeErr: () => {},
      getOutHelpWidth: () => context.columns,
      getErrHelpWidth: () => context.columns,
    });
  const root = silence(new Parser('claustre'))
    .description('From a prompt to a merged change, many at a time.')
    .version(`claustre ${context.version}`, '--version', 'print the version')
    .addHelpText('before', `claustre ${context.version}\n`)
    .helpCommand('help [command]', 'Show the help of a command.')
    .configureHelp({
      // Names and arguments only: with options and other names the sentences have no room at 80 columns.
      subcommandTerm: (command) =>
        [command.name(), ...command.registeredArguments.map(argumentTerm)].join(' '),
    })
    .usage('[command] …');
  for (const command of commands) {
    const parser = createParser(command, (given) => {
      asked = { command, given };
    });
    root.addCommand(silence(parser), { hidden: command.hidden });
  }
  try {
    root.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: 'text', text: output };
    if (error.code === 'commander.help') return unknownHelp(argv, commands);
    return wrong(error, nameIn(argv, commands));
  }
  if (asked === null) return { kind: 'text', text: root.helpInformation() };
  return { kind: 'run', ...(asked as { command: Command; given: Given }) };
}

function argumentTerm(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

function createParser(command: Command, found: (given: Given) => void): Parser {
  const parser = new Parser(command.name).summary(command.summary).description(command.summary);
  parser.aliases([...command.aliases]);
  for (const parameter of command.parameters.split(' ').filter((word) => word !== '')) {
    parser.argument(parameter);
  }
  for (const option of command.options) parser.addOption(createOption(option));
  parser.action(() => {
    const given: Given = { ...parser.opts() };
    for (const [index, argument] of parser.registeredArguments.entries()) {
      const value: unknown = parser.processedArgs[index];
      const absent = value === undefined || (Array.isArray(value) && value.length === 0);
      if (!absent) given[parameterKey(argument.name())] = value;
    }
    found(given);
  });
  return parser;
}

function createOption(option: OperationOption): Option {
  const created = new Option(option.flags, option.summary);
  if (option.repeatable) {
    created.argParser((value: string, before: string[] | undefined) => [...(before ?? []), value]);
  }
  return created;
}

/** The command that a wrong command line was about, as far as it can be told. */
function nameIn(argv: readonly string[], commands: readonly Command[]): string {
  const word = argv.find((each) => !each.startsWith('-'));
  const command = commands.find(
    ({ name, aliases }) => name === word || (word !== undefined && aliases.includes(word)),
  );
  return command?.name ?? '';
}

/** `help` for what is no command: commander would only show the whole help again. */
function unknownHelp(argv: readonly string[], commands: readonly Command[]): Parsed {
  const [, word = ''] = argv;
  const near = nearMiss(
    word,
    commands.filter(({ hidden }) => !hidden).map(({ name }) => name),
  );
  return {
    kind: 'wrong',
    reason: `Unknown command '${word}'.`,
    hint: near === null ? 'See: claustre --help' : `Did you mean ${near}? See: claustre --help`,
  };
}

function wrong(error: CommanderError, name: string): Parsed {
  const [first = '', ...rest] = error.message.replace(/^error: /, '').split('\n');
  const sentence = first.charAt(0).toUpperCase() + first.slice(1);
  const meant = /\((Did you mean .*)\)/.exec(rest.join(' '))?.[1];
  const help = `See: claustre ${name === '' ? '' : `${name} `}--help`;
  return {
    kind: 'wrong',
    reason: /[.?!]$/.test(sentence) ? sentence : `${sentence}.`,
    hint: meant === undefined ? help : `${meant} ${help}`,
  };
}
