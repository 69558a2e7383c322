import type { App } from '#app.ts';
import { type Refusal, refuse } from '#domain/error.ts';
import { commandWords, type Opened, openCommand, programName } from '#domain/program.ts';

/**
 * Runs a program of the person's in a worktree: an editor with what it is to open, a tool for git with nothing. Refuses what the desktop
 * refuses.
 */
export async function runTool(
  { config, desktop }: Pick<App, 'config' | 'desktop'>,
  command: string,
  opened: Opened,
  behind: 'place' | 'nothing',
): Promise<Refusal | undefined> {
  const words = commandWords(command);
  const [program] = words;
  if (program === undefined) {
    return refuse('No program is named.', 'Name one in [tools] of config.toml.', 'environment');
  }
  return desktop.run({
    argv: openCommand(words, opened, behind),
    cwd: opened.worktree,
    window: config.settings.tools.windows.includes(programName(program)),
  });
}
