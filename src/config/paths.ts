import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** Every path that claustre reads or writes of its own. All absolute. */
export interface Paths {
  /** The data directory: $CLAUSTRE_HOME, else ~/.claustre. */
  home: string;
  config: string;
  layer: string;
  database: string;
  worktrees: string;
  sessions: string;
  log: string;
  tmuxConfig: string;
  /** Touched by the supervisor every few seconds; its age says whether one runs. */
  heartbeat: string;
  /** Environment of whoever started the supervisor last: its gh and git need the same logins and proxies. */
  environment: string;
  /** Environment of whoever let the queue run last: that of the sessions that it starts. */
  launchEnvironment: string;
  /** The running claustre: node, its main script, the small script of hooks, and the folder of hook forwarders. */
  node: string;
  main: string;
  hook: string;
  hooks: string;
}

/** Name of the tmux socket: `claustre` for the default home, else with eight hex digits of the home's path, so that two homes never meet. */
export function socketName(home: string, userHome: string): string {
  if (home === join(userHome, '.claustre')) return 'claustre';
  return `claustre-${createHash('sha256').update(home).digest('hex').slice(0, 8)}`;
}

/** The environment of this process. The only place that reads it. */
export function environment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
}

/** The user's home directory as the environment says it. */
export function userHome(env: Readonly<Record<string, string>>): string {
  return env.HOME === undefined || env.HOME === '' ? homedir() : env.HOME;
}

/** All paths for an environment. `main` is the absolute path of the script that runs. */
export function createPaths(env: Readonly<Record<string, string>>, main: string): Paths {
  const chosen = env.CLAUSTRE_HOME;
  const home =
    chosen === undefined || chosen === '' ? join(userHome(env), '.claustre') : resolve(chosen);
  const root = dirname(dirname(main));
  return {
    home,
    config: join(home, 'config.toml'),
    layer: join(home, 'claude.md'),
    database: join(home, 'claustre.db'),
    worktrees: join(home, 'worktrees'),
    sessions: join(home, 'sessions'),
    log: join(home, 'log'),
    tmuxConfig: join(home, 'tmux.conf'),
    heartbeat: join(home, 'supervisor.pid'),
    environment: join(home, 'supervisor.env.json'),
    launchEnvironment: join(home, 'queue.env.json'),
    node: process.execPath,
    main,
    hook: join(dirname(main), 'hook.cjs'),
    hooks: join(root, 'hooks', 'claude'),
  };
}
