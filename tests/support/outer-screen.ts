import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { isAlive, type Journey } from './journey.ts';
import { waitFor } from './wait-for.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'dist', 'main.js');
const PATIENCE_MS = 20_000;

export interface OuterScreen {
  look(): string;
  /** Waits until the words are on the screen; returns what is on it then. */
  see(words: string | RegExp): Promise<string>;
  /** Presses keys by tmux's names. */
  keys(...keys: string[]): void;
  /** Types a text as it stands. */
  type(text: string): void;
  /** Pastes as a terminal does that marks what is pasted. */
  paste(text: string): void;
}

/** The built dashboard in a tmux of its own, which plays the person's terminal. It ends with the test. */
export function openDashboard(
  { env }: Pick<Journey, 'env'>,
  more: { env?: Record<string, string>; columns?: number; rows?: number; cwd?: string } = {},
): OuterScreen {
  const { columns = 120, rows = 40 } = more;
  const outer = (...args: string[]): string => {
    const done = spawnSync('tmux', ['-L', 'outer', '-f', '/dev/null', ...args], {
      env: { ...env, ...more.env },
      encoding: 'utf8',
    });
    if (done.status === 0) return done.stdout;
    throw new Error(`tmux ${args.join(' ')}: ${done.stderr}`);
  };
  outer(
    ...['new-session', '-d', '-s', 'screen', '-x', String(columns), '-y', String(rows)],
    ...['-c', more.cwd ?? '/', process.execPath, MAIN],
  );
  const pid = Number(outer('display-message', '-p', '-t', '=screen:', '#{pane_pid}'));
  onTestFinished(async () => {
    outer('kill-server');
    await waitFor('the dashboard to end', () => !isAlive(pid));
  });
  const look = (): string => outer('capture-pane', '-p', '-t', '=screen:');
  return {
    look,
    see: (words) =>
      waitFor(
        `"${words}" on the screen`,
        () => {
          const shown = look();
          const found = typeof words === 'string' ? shown.includes(words) : words.test(shown);
          return found ? shown : null;
        },
        PATIENCE_MS,
      ),
    keys: (...keys) => void outer('send-keys', '-t', '=screen:', ...keys),
    type: (text) => void outer('send-keys', '-l', '-t', '=screen:', '--', text),
    paste(text) {
      outer('set-buffer', '-b', 'pasted', '--', text);
      outer('paste-buffer', '-p', '-d', '-b', 'pasted', '-t', '=screen:');
    },
  };
}
