import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ClaustreError } from '#domain/error.ts';

/** A place that is thrown away: a repository, a data directory and a home of its own. Nothing of the person's is read or written. */
export interface World {
  root: string;
  repository: string;
  /** What everything in it lives with. */
  env: Record<string, string>;
  /** Runs git in the repository and returns its output without the last line end. Throws when git says no. */
  git(...args: string[]): Promise<string>;
  /** Ends the tmux server of this place and everything that runs on it. */
  end(socket: string): Promise<void>;
  remove(): void;
}

const run = promisify(execFile);

/** What the demo takes over from the person's environment: where programs are, which editor is liked, and how the terminal speaks. */
const KEPT =
  /^(PATH|TERM|COLORTERM|NO_COLOR|LANG|LC_.*|TZ|SHELL|VISUAL|EDITOR|USER|LOGNAME|TMPDIR)$/;

const GIT_CONFIG = `[user]
  name = Demo
  email = demo@example.org
[init]
  defaultBranch = main
`;

/** The stand-in needs no login and asks for no trust; it is called through a program of its own, as the real one is. */
export function createWorld(main: string, environment: Readonly<Record<string, string>>): World {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'claustre-demo-')));
  const repository = join(root, 'tea-house');
  const env: Record<string, string> = {
    ...Object.fromEntries(Object.entries(environment).filter(([name]) => KEPT.test(name))),
    HOME: join(root, 'home'),
    CLAUSTRE_HOME: join(root, 'claustre'),
    CLAUDE_CONFIG_DIR: join(root, 'claude'),
    TMUX_TMPDIR: root,
    GIT_CONFIG_GLOBAL: join(root, 'home', '.gitconfig'),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
  };
  const command = join(root, 'stand-in');
  for (const folder of ['home', 'claustre', 'claude', 'tea-house']) {
    mkdirSync(join(root, folder), { mode: 0o700 });
  }
  const words = [process.execPath, join(dirname(main), 'agent.js')].map(shellWord).join(' ');
  writeFileSync(command, `#!/bin/sh\nexec ${words} "$@"\n`);
  chmodSync(command, 0o700);
  writeFileSync(join(root, 'home', '.gitconfig'), GIT_CONFIG);
  // Nothing of it appears on the person's desktop.
  const quiet = '[notifications]\nenabled = false\n';
  const config = `[claude]\ncommand = ${JSON.stringify(command)}\n${quiet}`;
  writeFileSync(join(root, 'claustre', 'config.toml'), config, { mode: 0o600 });
  const trusted = { projects: { [repository]: { hasTrustDialogAccepted: true } } };
  writeFileSync(join(root, 'claude', '.claude.json'), JSON.stringify(trusted));
  return {
    root,
    repository,
    env,
    async git(...args) {
      try {
        const { stdout } = await run('git', args, { cwd: repository, env, timeout: 30_000 });
        return stdout.replace(/\n$/, '');
      } catch (error) {
        const { stderr, code } = error as { stderr?: string; code?: unknown };
        if (code === 'ENOENT') {
          throw new ClaustreError('environment', 'The program "git" was not found.', {
            hint: 'Install git and make sure that it is in PATH.',
          });
        }
        const why = String(stderr ?? error).trim();
        throw new ClaustreError('environment', `git ${args[0]} did not work: ${why}`, {
          hint: '`claustre doctor` checks the tools.',
        });
      }
    },
    async end(socket) {
      // It says no when no server runs: then nothing is left to end.
      await run('tmux', ['-L', socket, 'kill-server'], { env, timeout: 5_000 }).catch(
        () => undefined,
      );
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
