import type { App } from '#app.ts';
import { type Refusal, refuse } from '#domain/error.ts';
import { commandWords, type Opened, openCommand, programName } from '#domain/program.ts';

/** Programs of the person's own that work in a worktree. */
type Tool = 'editor' | 'git';

/**
 * Runs a program of the person's in a worktree: the editor with what it is to open, the tool for git with nothing. Refuses what the desktop
 * refuses.
 */
export async function runTool(
  app: Pick<App, 'config' | 'desktop' | 'host'>,
  tool: Tool,
  opened: Opened,
): Promise<Refusal | undefined> {
  const words = wordsOf(app, tool);
  if (words.length === 0) {
    return refuse('No program is named.', 'Name one in [tools] of config.toml.', 'environment');
  }
  return app.desktop.run({
    argv: openCommand(words, opened, tool === 'editor' ? 'place' : 'nothing'),
    cwd: opened.worktree,
    window: !needsTerminal(app, tool),
  });
}

/** Whether the program draws in the terminal, which then has to be handed to it. */
export function needsTerminal(app: Pick<App, 'config' | 'host'>, tool: Tool): boolean {
  const [program = ''] = wordsOf(app, tool);
  return !app.config.settings.tools.windows.includes(programName(program));
}

function wordsOf(app: Pick<App, 'config' | 'host'>, tool: Tool): string[] {
  if (tool === 'git') return commandWords(app.config.settings.tools.git);
  return editorsOf(app)[0] ?? [];
}

/** The editors that the person named, each as words, the one that counts first; at the end the one that is everywhere. */
export function editorsOf({ config, host }: Pick<App, 'config' | 'host'>): string[][] {
  const { VISUAL, EDITOR } = host.environment;
  return [config.settings.tools.editor, VISUAL, EDITOR, 'vi']
    .map((line) => commandWords(line ?? ''))
    .filter((words) => words.length > 0);
}
