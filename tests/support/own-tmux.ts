import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openPty } from '#adapters/node-pty/open-pty.ts';
import type { TakeLock } from '#adapters/tmux/alone.ts';
import { createTmux, type TmuxOptions } from '#adapters/tmux/create-tmux.ts';
import type { NewSession, Pane, Tmux } from '#adapters/tmux/tmux.ts';
import { isRefusal } from '#domain/error.ts';
import { tempDir } from './temp-dir.ts';

export interface OwnTmux {
  tmux: Tmux;
  /** What it was made of, for another process to make the same. */
  options: TmuxOptions;
  dir: string;
  configPath: string;
  env: Record<string, string>;
  /** Runs tmux on the same server, past the adapter, and returns what it prints. */
  ask(...args: string[]): string;
  /** Starts a session with usual values for what is not given. Throws when it is refused. */
  start(name: string, argv: NewSession['argv'], more?: Partial<NewSession>): Promise<Pane>;
}

/**
 * A tmux server of this test alone, with a temporary directory of its own; it ends with the test.
 */
export function ownTmux(
  more: {
    reservedKey?: string;
    prefix?: string;
    copyKeys?: 'emacs' | 'vi';
    env?: Record<string, string>;
    takeLock?: TakeLock;
  } = {},
): OwnTmux {
  const dir = tempDir();
  const socket = 'test';
  const env = { PATH: process.env.PATH ?? '', HOME: dir, TMUX_TMPDIR: dir, ...more.env };
  const configPath = join(dir, 'home', 'tmux.conf');
  const reservedKey = more.reservedKey ?? 'C-q';
  const { prefix = null, copyKeys = 'emacs' } = more;
  const { takeLock } = more;
  const keys = { reservedKey, prefix, copyKeys, openPty, ...(takeLock && { takeLock }) };
  const options = { socket, configPath, home: join(dir, 'home'), env, ...keys };
  const tmux = createTmux(options);
  onTestFinished(() => {
    spawnSync('tmux', ['-L', socket, 'kill-server'], { env, timeout: 5_000 });
  });
  return {
    tmux,
    options,
    dir,
    configPath,
    env,
    ask: (...args) =>
      execFileSync('tmux', ['-u', '-L', socket, ...args], {
        env,
        encoding: 'utf8',
        timeout: 5_000,
      }),
    async start(name, argv, rest = {}) {
      const request = { name, argv, cwd: dir, env: {}, columns: 80, rows: 24, label: name };
      const pane = await tmux.createSession({ ...request, ...rest });
      if (isRefusal(pane)) throw new Error(pane.reason);
      return pane;
    },
  };
}
