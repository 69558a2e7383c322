import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type CommandResult, runCommand } from '#adapters/command.ts';
import { ClaustreError } from '#domain/error.ts';
import { argumentsOf } from './argv.ts';

/** How every call reaches the one server. */
export interface Server {
  /** What every tmux process of ours gets, and so what the server starts with. */
  readonly env: Readonly<Record<string, string>>;
  /** The server's own working directory, so that it never holds a worktree in use. */
  readonly cwd: string;
  /** Arguments before any command. */
  readonly flags: readonly string[];
  /**
   * Runs commands in turn in one tmux process; returns whatever the exit code. Throws when tmux is
   * missing or too slow.
   */
  call(commands: readonly (readonly string[])[], input?: string): Promise<CommandResult>;
  /** The commands that start the server, if need be, and give it our settings. */
  readonly start: readonly (readonly string[])[];
}

const CALL_MS = 10_000;

/**
 * Names of variables that the server needs itself; everything else belongs to a session and is
 * given with it.
 */
const KEPT = /^(?:PATH|HOME|USER|LOGNAME|SHELL|TERM|TZ|LANG|LC_[A-Z]+|TMUX_TMPDIR)$/;

/**
 * Returns the few variables that a tmux server may inherit: it hands its environment to every pane
 * for as long as it lives.
 */
export function scrubbed(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && KEPT.test(name)) kept[name] = value;
  }
  return kept;
}

export function createServer(options: {
  socket: string;
  configPath: string;
  config: string;
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
}): Server {
  const env = scrubbed(options.env);
  // -u: without a UTF-8 locale in its environment tmux would print "_" for every letter that is not
  // ASCII.
  const flags = ['-u', '-L', options.socket, '-f', options.configPath];
  let written = false;
  return {
    cwd: options.cwd,
    env,
    flags,
    // The server reads -f only when it starts; one that runs since an older claustre gets today's
    // settings this way.
    start: [['start-server'], ['source-file', options.configPath.replace(/[\\*?[\]]/g, '\\$&')]],
    async call(commands, input) {
      if (!written) {
        mkdirSync(options.cwd, { recursive: true, mode: 0o700 });
        writeConfig(options.configPath, options.config);
        written = true;
      }
      return await runCommand('tmux', [...flags, ...argumentsOf(commands)], {
        cwd: options.cwd,
        env,
        timeoutMs: CALL_MS,
        ...(input === undefined ? {} : { input }),
      });
    },
  };
}

/**
 * Writes the file only when it says something else, in one step: a server may be starting from it.
 */
function writeConfig(path: string, content: string): void {
  if (readIfThere(path) === content) return;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, content, { mode: 0o600 });
  renameSync(draft, path);
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

const NO_SERVER = new RegExp(
  [
    'no server running',
    'error connecting to .*\\((?:No such file|Connection refused)',
    'server exited',
    'lost server',
  ].join('|'),
);

/** Whether a failed call means that no server runs, or that it ended while it was asked. */
function saysNoServer(result: CommandResult): boolean {
  return NO_SERVER.test(result.stderr);
}

/** Whether a failed call means that its session or pane does not exist (any more). */
export function saysNoTarget(result: CommandResult): boolean {
  return (
    saysNoServer(result) ||
    /(?:can't find|no such) (?:session|window|pane)|no current target/.test(result.stderr)
  );
}

/** Returns the error for a call whose failure has no meaning of its own. */
export function failure(what: string, result: CommandResult): ClaustreError {
  const said = result.stderr.trim().slice(0, 500);
  return new ClaustreError(
    'environment',
    `tmux could not ${what}${said === '' ? '' : `: ${said}`}.`,
    {
      hint: 'Run `claustre doctor`; it looks at tmux and its server.',
      details: { exitCode: result.exitCode, stderr: said },
    },
  );
}
