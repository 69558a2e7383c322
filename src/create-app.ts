import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createClaude } from '#adapters/claude/create-claude.ts';
import { createClock } from '#adapters/clock.ts';
import { runCommand } from '#adapters/command.ts';
import { createDesktop } from '#adapters/desktop/desktop.ts';
import { editText } from '#adapters/desktop/editor.ts';
import { createNotifier } from '#adapters/desktop/notifier.ts';
import { folders } from '#adapters/folders.ts';
import { createGh } from '#adapters/gh/create-gh.ts';
import { createGit } from '#adapters/git/create-git.ts';
import { createHost, readKeptEnvironment } from '#adapters/host.ts';
import { createLog } from '#adapters/log.ts';
import { createMemory } from '#adapters/memory.ts';
import { openPty } from '#adapters/node-pty/open-pty.ts';
import { ports } from '#adapters/ports.ts';
import { createShell } from '#adapters/shell/create-shell.ts';
import { createTmux } from '#adapters/tmux/create-tmux.ts';
import type { App } from '#app.ts';
import { loadConfig } from '#config/load.ts';
import {
  createPaths,
  environment as environmentOfProcess,
  socketName,
  userHome,
} from '#config/paths.ts';
import { ClaustreError } from '#domain/error.ts';
import { pauseOf } from '#domain/pull-request/host.ts';
import { takeParked } from '#operations/session/take-parked.ts';
import { watchChanges } from '#store/changes.ts';
import { takeLock } from '#store/lock.ts';
import { openLastingStore } from '#store/reconnect.ts';
import { makeSpool } from '#store/spool.ts';

export { environmentOfProcess };

export interface AppOptions {
  /** The environment to live in; it decides where the data directory is. */
  environment: Readonly<Record<string, string>>;
  /** Absolute path of the script that runs. */
  main: string;
  /** Name of the log file. */
  log: string;
}

/**
 * Builds the App: the data directory (0700), the opened and migrated database, the adapters. What hooks could not commit is committed
 * first. Throws `environment` with a remedy when the data directory, the configuration or the database cannot be used.
 */
export function createApp(options: AppOptions): App & { close(): void } {
  const { environment } = options;
  const paths = createPaths(environment, options.main);
  prepareHome(paths.home);
  const config = loadConfig(paths);
  const { settings } = config;
  const store = openLastingStore(paths.database);
  makeSpool(join(paths.home, 'spool'));
  const log = createLog(paths.log, options.log);
  try {
    takeParked({ store });
  } catch (error) {
    // What is parked stays parked for the next opener; the person's command is not held up by it.
    log.error('Parked reports could not be taken in.', error);
  }
  return {
    paths,
    config,
    store,
    changes: (callback) => watchChanges(store, callback),
    git: createGit({
      env: environment,
      takeLock: () => takeLock(join(paths.home, 'moves.lock')),
    }),
    gh: createGh({
      run: runCommand,
      env: environment,
      cwd: paths.home,
      pauseOf: (host) => pauseOf(store.hosts.find(host), Date.now()),
    }),
    tmux: createTmux({
      socket: settings.tmux.socket ?? socketName(paths.home, userHome(environment)),
      configPath: paths.tmuxConfig,
      home: paths.home,
      env: environment,
      reservedKey: settings.tmux.returnKey,
      prefix: settings.tmux.prefix,
      copyKeys: settings.tmux.copyKeys ?? copyKeysOf(environment),
      openPty,
      takeLock: () => takeLock(join(paths.home, 'tmux.lock')),
    }),
    claude: createClaude({
      paths,
      run: runCommand,
      env: environment,
      command: settings.claude.command,
    }),
    desktop: {
      ...createDesktop(runCommand, process.platform, environment),
      ...createNotifier(runCommand, process.platform, environment),
      editText: (text, command) => editText(text, command, environment),
    },
    clock: createClock(),
    log,
    host: {
      ...createHost(environment),
      ...createMemory(process.platform, runCommand),
      ...ports,
      folders,
      shell: createShell({ paths, takeLock }),
    },
    close: () => store.close(),
  };
}

/** The environment of whoever started the supervisor, over which its own few variables are laid: tmux's server has a bare one. */
export function keptEnvironment(main: string): Record<string, string> {
  const own = environmentOfProcess();
  return { ...readKeptEnvironment(createPaths(own, main).environment), ...own };
}

/** The environment that a session was launched with, over which this process's own few variables are laid. */
export function environmentOfSession(main: string, sessionId: string): Record<string, string> {
  const own = environmentOfProcess();
  const { home, sessions } = createPaths(own, main);
  const kept = readKeptEnvironment(join(sessions, sessionId, 'environment.json'));
  return { ...own, ...kept, CLAUSTRE_HOME: home };
}

/** Makes this process the one review loop of a session; null when another is. Returns the function that lets go. */
export function lockReviewLoop(
  { paths }: Pick<App, 'paths'>,
  sessionId: string,
): (() => void) | null {
  const folder = join(paths.sessions, sessionId, 'review');
  makeFolder(folder);
  return takeLock(join(folder, 'lock'));
}

/** The data directory of this process's environment. */
export function dataDirectory(main: string): string {
  return createPaths(environmentOfProcess(), main).home;
}

/** Makes this process the one supervisor of its data directory; null when another is. Returns the function that lets go. */
export function lockSupervisor(app: Pick<App, 'paths'>): (() => void) | null {
  return takeLock(`${app.paths.heartbeat}.lock`);
}

/** The rule by which tmux itself chooses: an editor like vi. */
function copyKeysOf({ VISUAL, EDITOR }: Readonly<Record<string, string>>): 'emacs' | 'vi' {
  return /vi/.test(VISUAL || EDITOR || '') ? 'vi' : 'emacs';
}

/** Like `mkdir -p`. Node's own recursive way never returns where a file system lets nothing be made, such as /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process was as fast.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** The data directory is the user's alone: others could plant settings that run as the user. */
function prepareHome(home: string): void {
  try {
    makeFolder(home);
    const found = statSync(home);
    if (!found.isDirectory()) throw new Error('it is no directory');
    if ((found.mode & 0o077) !== 0 && found.uid === process.getuid?.()) chmodSync(home, 0o700);
  } catch (error) {
    throw new ClaustreError(
      'environment',
      `The data directory "${home}" cannot be used: ${error instanceof Error ? error.message : String(error)}.`,
      { hint: 'Make it writable for you, or name another one in CLAUSTRE_HOME.', cause: error },
    );
  }
}
