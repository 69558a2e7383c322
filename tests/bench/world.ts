import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openStore, type Store } from '#store/store.ts';
import { AT, aProject, aSession, aTask } from '../support/builders.ts';

export const ROOT = resolve(import.meta.dirname, '../..');
export const MAIN = join(ROOT, 'dist', 'main.js');

/** A throw-away home with a tmux of its own. */
export interface World {
  dir: string;
  home: string;
  env: Record<string, string>;
  store(): Store;
  tmux(...args: string[]): string;
  close(): void;
}

const SOCKET = 'claustre-bench';

export function createWorld(): World {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'claustre-bench-')));
  const home = join(dir, 'data');
  mkdirSync(home, { mode: 0o700 });
  mkdirSync(join(dir, 'tmux'));
  writeFileSync(
    join(home, 'config.toml'),
    `[tmux]\nsocket = "${SOCKET}"\n[notifications]\nsystem = false\n`,
  );
  writeFileSync(join(dir, '.gitconfig'), '[user]\nname = Bench\nemail = bench@example.org\n');
  const env = {
    PATH: `${join(ROOT, 'node_modules', '.bin')}:${process.env.PATH ?? ''}`,
    HOME: dir,
    CLAUSTRE_HOME: home,
    TMUX_TMPDIR: join(dir, 'tmux'),
    LANG: 'C.UTF-8',
    TERM: 'xterm-256color',
  };
  const tmux = (...args: string[]): string =>
    execFileSync('tmux', ['-L', SOCKET, ...args], { env, encoding: 'utf8', stdio: 'pipe' });
  return {
    dir,
    home,
    env,
    tmux,
    store: () => openStore(join(home, 'claustre.db')),
    close() {
      try {
        tmux('kill-server');
      } catch {
        // No server was started.
      }
      rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export const event = { kind: 'bench', source: 'claustre', at: AT } as const;

/** Fills a store with three projects and this many tasks in mixed statuses. */
export function seedTasks(store: Store, count: number): void {
  const statuses = ['pending', 'pending', 'draft', 'done', 'in_review', 'working'] as const;
  store.write(() => {
    for (const name of ['api', 'web', 'docs']) {
      const path = `/repositories/${name}`;
      store.projects.add(aProject({ name, path, remote: null, forge: null }), event);
    }
    for (let index = 0; index < count; index += 1) {
      const task = aTask({
        projectId: (index % 3) + 1,
        title: `Task ${index}: make the thing number ${index} work again`,
        status: statuses[index % statuses.length] ?? 'pending',
        push: 'local',
        position: index,
      });
      store.tasks.add(task, event);
    }
  });
}

/** A task with a session in the project that is shown first, and what is typed to have it selected. */
export const SELECTED = 2;
export const SELECT = '/Task 1:\r';

/** Opens sessions without panes for the first tasks, which then work; returns the tasks' numbers. */
export function seedSessions(store: Store, count: number): number[] {
  const ids = Array.from({ length: count }, (_, index) => index + 1);
  store.write(() => {
    for (const id of ids) {
      const status = store.tasks.find(id)?.status ?? 'pending';
      store.tasks.setStatus(id, status, 'working', {}, event);
      const activity = {
        name: 'working',
        source: 'hook',
        since: Date.now(),
        detail: null,
      } as const;
      store.sessions.add(
        aSession({ id: `seed-${id}`, taskId: id, worktree: '/', pane: null, activity }),
        event,
      );
    }
  });
  return ids;
}
