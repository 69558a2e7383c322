import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Journey } from './journey.ts';
import { waitFor } from './wait-for.ts';

const MAIN = join(import.meta.dirname, '../../dist/main.js');

/** The dashboard as a person has it, in a terminal of a tmux server that has nothing to do with claustre's. */
export interface DashboardPane {
  /** Presses keys by tmux's names, or types a text. */
  press(...keys: string[]): void;
  screen(): string;
  /** Waits until this is on the screen and returns what is. */
  see(what: string | RegExp): Promise<string>;
}

export async function openDashboard(
  { env, repo }: Journey,
  { columns = 110, rows = 34 } = {},
): Promise<DashboardPane> {
  const tmux = (...args: string[]): string => {
    const call = ['-L', 'person', '-f', '/dev/null', '-u', ...args];
    const { status, stdout, stderr } = spawnSync('tmux', call, {
      env,
      encoding: 'utf8',
      timeout: 5_000,
    });
    if (status === 0) return stdout;
    throw new Error(`tmux ${args.join(' ')}: ${stderr}`);
  };
  onTestFinished(() => void spawnSync('tmux', ['-L', 'person', 'kill-server'], { env }));
  const size = ['-x', String(columns), '-y', String(rows)];
  tmux('new-session', '-d', ...size, '-c', repo.root, '--', process.execPath, MAIN);
  const screen = (): string => tmux('capture-pane', '-p');
  const pane: DashboardPane = {
    press: (...keys) => void tmux('send-keys', ...keys),
    screen,
    see: (what) =>
      waitFor(`${what} on the dashboard`, () => {
        const shown = screen();
        const found = typeof what === 'string' ? shown.includes(what) : what.test(shown);
        return found ? shown : null;
      }),
  };
  await pane.see('claustre');
  return pane;
}
