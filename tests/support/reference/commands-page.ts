import type { Command } from '#cli/command.ts';
import { optionKey } from '#cli/names.ts';
import { code, page, table } from './markdown.ts';

/** docs/reference/commands.md */
export async function commandsPage(commands: readonly Command[]): Promise<string> {
  const shown = commands.filter(({ hidden }) => !hidden);
  const intro = [
    '`#12` and `12` name the same task. What follows `--` is never an option. Results go to standard output, everything else to standard error; with `--json` the result is exactly one document.',
    'Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 something outside claustre is missing, 124 a wait timed out, 130 interrupted.',
  ];
  const sections = await Promise.all(shown.map(section));
  return page('Commands', 'src/operations', [...intro, ...sections]);
}

async function section(command: Command): Promise<string> {
  const choices = await command.choices();
  const usage = `claustre ${command.name} ${command.parameters}`.trim();
  const parts = [`## ${command.name}`, command.summary, `    ${usage}`];
  if (command.aliases.length > 0) {
    parts.push(`Also: ${command.aliases.map(code).join(', ')}.`);
  }
  if (command.options.length > 0) {
    const rows = command.options.map(({ flags, summary }) => {
      const unsaid = (choices[optionKey(flags)] ?? []).filter((value) => !summary.includes(value));
      return [code(flags), unsaid.length === 0 ? summary : `${summary}: ${unsaid.join(', ')}`];
    });
    parts.push(table(['option', 'what it does'], rows));
  }
  return parts.join('\n\n');
}
