import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Journey } from './journey.ts';
import { waitFor } from './wait-for.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'dist', 'main.js');

const PATIENCE_MS = 20_000;

/** A person at a terminal in which the dashboard runs; another tmux plays the terminal. */
export interface Person {
  /** The rows of the screen. */
  screen(): string[];
  /** The same as one text. */
  reads(): string;
  /** Waits until the text is on the screen, and returns its rows. */
  sees(text: string | RegExp): Promise<string[]>;
  /** Presses keys by tmux's names for them. */
  press(...keys: string[]): void;
  types(text: string): void;
  /** Pastes with marks, as terminals do for programs that ask for them. */
  pastes(text: string): void;
  /** Sends a report of the mouse for a cell, counted from 0. */
  mouse(code: number, x: number, y: number, released?: boolean): void;
  resizes(columns: number, rows: number): void;
  /** What is in the clipboard of the terminal. */
  clipboard(): string;
  /** A format of tmux about the terminal, filled in: `#{cursor_x}`. */
  asks(format: string): string;
  /** Closes the terminal's window. */
  closes(): void;
  /** Waits until the dashboard has ended. */
  leaves(): Promise<void>;
}

/** Opens the built dashboard of a world in a terminal of this size. It ends with the test. */
export async function person(
  world: Pick<Journey, 'env'>,
  {
    columns = 120,
    rows = 40,
    cwd = '/',
    env = {},
  }: { columns?: number; rows?: number; cwd?: string; env?: Record<string, string> } = {},
): Promise<Person> {
  const tmux = (...args: string[]): string => {
    const done = spawnSync('tmux', ['-u', '-L', 'terminal', ...args], {
      env: { ...world.env, ...env },
      encoding: 'utf8',
    });
    if (done.status !== 0) throw new Error(`tmux ${args.join(' ')}: ${done.stderr}`);
    return done.stdout;
  };
  onTestFinished(() => {
    spawnSync('tmux', ['-L', 'terminal', 'kill-server'], { env: world.env });
  });
  const size = ['-x', String(columns), '-y', String(rows)];
  // The shell stays when the dashboard has ended, with whatever modes that has left behind.
  const script = `'${process.execPath}' '${MAIN}'; echo "ended with $?"; exec cat`;
  tmux(
    ...['-f', '/dev/null', 'new-session', '-d', '-s', 'person', '-c', cwd, ...size],
    ...['--', 'sh', '-c', script],
  );
  tmux('set-option', '-g', 'status', 'off');
  tmux('set-option', '-s', 'set-clipboard', 'on');
  tmux('resize-window', '-t', 'person:', ...size);
  const screen = (): string[] => tmux('capture-pane', '-p', '-N', '-t', 'person:').split('\n');
  const reads = (): string => screen().join('\n');
  const sees = async (text: string | RegExp): Promise<string[]> => {
    const look = (): string[] | false => {
      const shown = screen();
      const whole = shown.join('\n');
      return (typeof text === 'string' ? whole.includes(text) : text.test(whole)) && shown;
    };
    try {
      return await waitFor(`${text} on the screen`, look, PATIENCE_MS);
    } catch (error) {
      throw new Error(`${String(text)} is not on the screen:\n${reads()}`, {
        cause: error,
      });
    }
  };
  await sees('help');
  return {
    screen,
    reads,
    sees,
    press: (...keys) => void tmux('send-keys', '-t', 'person:', ...keys),
    types: (text) => void tmux('send-keys', '-t', 'person:', '-l', '--', text),
    pastes(text) {
      tmux('set-buffer', '-b', 'pasted', '--', text);
      tmux('paste-buffer', '-p', '-r', '-b', 'pasted', '-t', 'person:');
    },
    mouse(code, x, y, released = false) {
      const report = `\u001B[<${code};${x + 1};${y + 1}${released ? 'm' : 'M'}`;
      tmux('send-keys', '-t', 'person:', '-l', '--', report);
    },
    resizes: (width, height) =>
      void tmux('resize-window', '-t', 'person:', '-x', String(width), '-y', String(height)),
    clipboard: () => tmux('show-buffer'),
    asks: (format) => tmux('display-message', '-p', '-t', 'person:', format).trimEnd(),
    closes: () => void tmux('kill-server'),
    async leaves() {
      await sees('ended with 0');
    },
  };
}
