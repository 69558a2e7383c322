import type { RunCommand } from '#adapters/command.ts';
import { type Refusal, refuse } from '#domain/error.ts';

/** What belongs to the person's desktop rather than to the terminal. */
export interface Desktop {
  /** Opens a web address in the browser; refuses when nothing can, or when it is no web address. */
  open(url: string): Promise<Refusal | undefined>;
}

/** `browser` is the person's own choice of program ($BROWSER), tried first. */
export function createDesktop(
  run: RunCommand,
  platform: NodeJS.Platform,
  browser: string | undefined,
): Desktop {
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
  };
}
