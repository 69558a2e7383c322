import { existsSync } from 'node:fs';
import type { RunCommand } from '#adapters/command.ts';
import { type Refusal, refuse } from '#domain/error.ts';
import { type Ended, openWindow, runInTerminal } from './own-program.ts';

/** A program of the person's own, with its arguments; no shell reads them. */
export interface OwnProgram {
  argv: readonly string[];
  cwd: string;
  /** It opens a window of its own: it gets no terminal, and nobody waits for its end. */
  window: boolean;
}

/** What belongs to the person rather than to claustre: the browser, the editor, the tool for git. */
export interface Desktop {
  /** Opens a web address in the browser; refuses when nothing can, or when it is no web address. */
  open(url: string): Promise<Refusal | undefined>;
  /**
   * Starts a program of the person's. One without a window gets this process's terminal until it ends. Refuses when the program or the
   * directory is missing, when there is no terminal to give, and when it ends with a failure.
   */
  run(program: OwnProgram): Promise<Refusal | undefined>;
  /** See editor.ts. */
  editText(text: string, command: (path: string) => readonly string[]): Promise<string | Refusal>;
}

/** `environment` is the caller's; $BROWSER in it is the person's own choice of browser, tried first. */
export function createDesktop(
  run: RunCommand,
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string>>,
): Omit<Desktop, 'editText'> {
  const browser = environment.BROWSER;
  const standard = platform === 'darwin' ? 'open' : 'xdg-open';
  return {
    async open(url) {
      if (!/^https?:\/\//.test(url))
        return refuse(`"${url}" is no web address.`, undefined, 'invalid');
      const program = browser === undefined || browser === '' ? standard : browser;
      const result = await run(program, [url], { timeoutMs: 10_000 }).catch((error: unknown) => ({
        exitCode: 1,
        stderr: error instanceof Error ? error.message : String(error),
      }));
      if (result.exitCode === 0) return undefined;
      return refuse(
        `The browser could not be opened: ${result.stderr.trim() || `${program} failed`}`,
        `Open ${url} yourself, or set BROWSER.`,
        'environment',
      );
    },
    run: (program) => runOwn(program, environment),
  };
}

async function runOwn(
  { argv, cwd, window }: OwnProgram,
  env: Readonly<Record<string, string>>,
): Promise<Refusal | undefined> {
  const [program = ''] = argv;
  // Node would report it as a missing program.
  if (!existsSync(cwd)) {
    return refuse(`The worktree "${cwd}" is not there any more.`, undefined, 'not_found');
  }
  if (!window && !process.stdin.isTTY) {
    return refuse(
      `"${program}" needs a terminal, and here is none.`,
      'Call it from a terminal, or name it in [tools] windows if it opens a window.',
      'environment',
    );
  }
  if (window) return (await openWindow(argv, env, cwd)) ? undefined : missing(program);
  const ended = await runInTerminal(argv, env, cwd);
  return ended === null ? missing(program) : failure(program, ended);
}

function missing(program: string): Refusal {
  return refuse(
    `The program "${program}" was not found.`,
    'Install it, or name another one in [tools] of config.toml.',
    'environment',
  );
}

function failure(program: string, { code, signal }: Ended): Refusal | undefined {
  if (code === 0) return undefined;
  return refuse(`"${program}" ended with ${signal ?? code ?? 'an unknown code'}.`);
}
