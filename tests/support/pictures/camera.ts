import { spawnSync } from 'node:child_process';
import { waitFor } from '../../support/wait-for.ts';
import { MAIN, type Place, STEP_MS } from './place.ts';
import type { Screen } from './screen-svg.ts';

/** The dashboard in a terminal of its own. */
export interface Camera {
  /** Presses keys by tmux's names. */
  press(...keys: string[]): void;
  type(text: string): void;
  sees(what: string | RegExp): Promise<void>;
  /** Selects the task of the queue with this title. */
  selects(title: string): Promise<void>;
  look(): string;
  shoot(): Screen;
  close(): Promise<void>;
}

export function openCamera(place: Place, columns: number, rows: number): Camera {
  const tmux = (...args: string[]): string => place.run('tmux', ['-u', '-L', 'screen', ...args]);
  const size = ['-x', String(columns), '-y', String(rows)];
  const program = [process.execPath, MAIN];
  tmux('-f', '/dev/null', 'new-session', '-d', ...size, '--', ...program);
  const text = (): string => tmux('capture-pane', '-p');
  const camera: Camera = {
    press: (...keys) => void tmux('send-keys', ...keys),
    type: (words) => void tmux('send-keys', '-l', '--', words),
    async sees(what) {
      const isThere = (): boolean =>
        typeof what === 'string' ? text().includes(what) : what.test(text());
      await waitFor(`"${what}" on the screen`, isThere, STEP_MS);
    },
    async selects(title) {
      camera.press('2', '/');
      camera.type(title);
      await waitFor('the filter', () => / 1\/1 ─╮/.test(text()), STEP_MS);
      camera.press('Enter');
      camera.press('Escape');
      await waitFor('all tasks again', () => !/ 1\/1 ─╮/.test(text()), STEP_MS);
    },
    look: text,
    shoot() {
      const captured = tmux('capture-pane', '-p', '-e').split('\n').slice(0, rows);
      const where = tmux('display-message', '-p', '#{cursor_flag} #{cursor_x} #{cursor_y}');
      const [shown, column = 0, row = 0] = where.split(' ').map(Number);
      return { rows: captured, columns, cursor: shown === 1 ? { column, row } : null };
    },
    async close() {
      const { env } = place;
      spawnSync('tmux', ['-L', 'screen', 'kill-server'], { env, timeout: 5_000 });
      const list = ['-L', 'screen', 'list-sessions'];
      await waitFor('the dashboard to end', () => spawnSync('tmux', list, { env }).status !== 0);
    },
  };
  return camera;
}
