import { refuse } from '#domain/error.ts';
import { sayRefusal } from './call.ts';
import type { Command, SurfaceCommand } from './command.ts';
import { DONE } from './exit-codes.ts';
import { optionKey, parameterKey } from './names.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof SHELLS)[number];

/** What completion offers after a command. All words are ours: [a-z0-9-] and sentences. */
interface Offer {
  name: string;
  summary: string;
  options: { names: string[]; summary: string; takesValue: boolean; values: readonly string[] }[];
  /** Words that a positional argument can only be. */
  values: readonly string[];
}

/** `claustre completion bash|zsh|fish`: prints a script for the shell's start file, made of the definitions. */
export function completionCommand(commands: () => readonly Command[]): SurfaceCommand {
  return {
    usage: 'completion <shell>',
    summary: 'Print a script that completes commands and options in bash, zsh or fish.',
    async run(io, given) {
      const shell = SHELLS.find((each) => each === given.shell);
      if (shell === undefined) {
        const reason = `There is no completion for ${JSON.stringify(given.shell)}.`;
        return sayRefusal(io, refuse(reason, `There is: ${SHELLS.join(', ')}.`, 'invalid'));
      }
      const offers = await Promise.all(
        commands()
          .filter(({ hidden }) => !hidden)
          .map(offerOf),
      );
      await io.stdout(SCRIPTS[shell](offers));
      return DONE;
    },
  };
}

async function offerOf(command: Command): Promise<Offer> {
  const choices: Record<string, readonly string[]> =
    command.name === 'completion' ? { shell: SHELLS } : await command.choices();
  const options = command.options.map(({ flags, summary }) => {
    const names = flags.split(/[ ,]+/).filter((word) => word.startsWith('-'));
    const values = choices[optionKey(flags)] ?? [];
    return { names, summary, takesValue: /[<[]/.test(flags), values };
  });
  const values = command.parameters.split(' ').flatMap((name) => choices[parameterKey(name)] ?? []);
  return { name: command.name, summary: command.summary, options, values };
}

const SCRIPTS: Record<Shell, (offers: readonly Offer[]) => string> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

function words(offer: Offer): string {
  return [...offer.options.flatMap(({ names }) => names), '--help', ...offer.values].join(' ');
}

/** Lines of a `case` on "command option", for options whose values are known; other options with a value complete files. */
function valueCases(offers: readonly Offer[]): string[] {
  return offers.flatMap(({ name, options }) =>
    options
      .filter(({ takesValue }) => takesValue)
      .map(({ names, values }) => {
        const patterns = names.map((option) => `'${name} ${option}'`).join('|');
        return `    ${patterns}) words='${values.join(' ')}'; free=${values.length === 0 ? 1 : 0} ;;`;
      }),
  );
}

function bashScript(offers: readonly Offer[]): string {
  return `# claustre completion for bash: eval "$(claustre completion bash)"
_claustre() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  local command="\${COMP_WORDS[1]}" words='' free=0
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${offers.map(({ name }) => name).join(' ')} help --help --version' -- "$current"))
    return
  fi
  case "$command $previous" in
${valueCases(offers).join('\n')}
    *) case "$command" in
${offers.map((offer) => `      ${offer.name}) words='${words(offer)}' ;;`).join('\n')}
      help) words='${offers.map(({ name }) => name).join(' ')}' ;;
    esac ;;
  esac
  [ "$free" -eq 1 ] || COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _claustre claustre
`;
}

/** A sentence between single quotes, for zsh and fish alike. */
function quoted(text: string): string {
  return `'${text.replace(/'/g, '’').replace(/\\/g, '')}'`;
}

function zshScript(offers: readonly Offer[]): string {
  return `#compdef claustre
# claustre completion for zsh: eval "$(claustre completion zsh)"
_claustre() {
  local command="\${words[2]}" previous="\${words[CURRENT-1]}" free=0
  local -a commands offered
  if (( CURRENT == 2 )); then
    commands=(
${offers.map(({ name, summary }) => `      ${quoted(`${name}:${summary}`)}`).join('\n')}
    )
    _describe 'command' commands
    return
  fi
  case "$command $previous" in
${valueCases(offers)
  .map((line) => line.replace(/words='([^']*)'/, 'offered=($1)'))
  .join('\n')}
    *) case "$command" in
${offers.map((offer) => `      ${offer.name}) offered=(${words(offer)}) ;;`).join('\n')}
    esac ;;
  esac
  if (( free )); then _files; else compadd -- $offered; fi
}
compdef _claustre claustre
`;
}

function fishScript(offers: readonly Offer[]): string {
  const lines = offers.flatMap(({ name, summary, options, values }) => {
    const here = `-n '__fish_seen_subcommand_from ${name}'`;
    return [
      `complete -c claustre -f -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
      ...(values.length === 0 ? [] : [`complete -c claustre -f ${here} -a '${values.join(' ')}'`]),
      ...options.map((option) => {
        const names = option.names.map((each) =>
          each.startsWith('--') ? `-l ${each.slice(2)}` : `-s ${each.slice(1)}`,
        );
        const value = option.takesValue ? ' -r' : '';
        const offered = option.values.length === 0 ? '' : ` -f -a '${option.values.join(' ')}'`;
        return `complete -c claustre ${here} ${names.join(' ')}${value}${offered} -d ${quoted(option.summary)}`;
      }),
    ];
  });
  return `# claustre completion for fish: claustre completion fish | source\n${lines.join('\n')}\n`;
}
