import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TaskView } from '#domain/task-view.ts';
import { waitFor } from '../../support/wait-for.ts';

export const ROOT = dirname(dirname(dirname(import.meta.dirname)));
export const MAIN = join(ROOT, 'dist', 'main.js');
export const STEP_MS = 30_000;

/** The tmux server that claustre makes here. */
const SOCKET = 'pictured';

/** A home of its own with stand-ins for Claude Code and GitHub: nothing of the person's is in it, and none of it is left. */
export interface Place {
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
  run(program: string, args: readonly string[], cwd?: string): string;
  claustre(...args: string[]): string;
  show(id: number): TaskView;
  /** Puts a program into `PATH`, as the text of a shell script. */
  program(name: string, text: string): void;
  /** Writes config.toml anew, with these lines at its end. */
  configure(more: string): void;
  /** Ends everything that runs here, and removes it. The dashboards have to be closed first: they would start the server anew. */
  end(): Promise<void>;
}

export function createPlace(): Place {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'claustre-pictures-')));
  const env = environment(root);
  for (const folder of ['bin', 'claustre']) mkdirSync(join(root, folder), { mode: 0o700 });
  const run: Place['run'] = (program, args, cwd = root) =>
    execFileSync(program, args, { cwd, env, encoding: 'utf8', stdio: 'pipe', timeout: STEP_MS });
  const claustre = (...args: string[]): string => run(process.execPath, [MAIN, ...args]);
  return {
    root,
    env,
    run,
    claustre,
    show: (id) => JSON.parse(claustre('show', String(id), '--json')),
    program(name, text) {
      writeFileSync(join(root, 'bin', name), `#!/bin/sh\n${text}\n`);
      chmodSync(join(root, 'bin', name), 0o755);
    },
    configure(more) {
      const given = `[github]\npoll_interval_secs = 1\n\n[tmux]\nsocket = "${SOCKET}"\n\n[notifications]\nsystem = false\n`;
      writeFileSync(join(root, 'claustre', 'config.toml'), `${given}\n${more}`);
    },
    async end() {
      spawnSync('tmux', ['-L', SOCKET, 'kill-server'], { env, timeout: 5_000 });
      const file = join(root, 'claustre', 'supervisor.pid');
      const supervisor = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
      await waitFor('the supervisor to end', () => !isAlive(supervisor));
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function environment(root: string): Record<string, string> {
  const path = [join(ROOT, 'tests/support/stand-ins'), join(root, 'bin')];
  return {
    PATH: [...path, join(ROOT, 'node_modules/.bin'), process.env.PATH].join(':'),
    HOME: root,
    CLAUSTRE_HOME: join(root, 'claustre'),
    TMUX_TMPDIR: root,
    GH_STAND_IN: join(root, 'github.json'),
    GIT_SSH_COMMAND: join(root, 'bin', 'ssh'),
    GIT_CONFIG_GLOBAL: join(root, '.gitconfig'),
    GIT_CONFIG_NOSYSTEM: '1',
    TERM: 'xterm-256color',
    COLORTERM: 'truecolor',
    LANG: 'C.UTF-8',
  };
}

function isAlive(pid: number): boolean {
  // 0 would be this process's own group.
  return pid > 0 && spawnSync('kill', ['-0', String(pid)]).status === 0;
}
