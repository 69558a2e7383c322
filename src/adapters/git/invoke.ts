import { setTimeout as delay } from 'node:timers/promises';
import { type CommandResult, type RunCommand, runCommand } from '#adapters/command.ts';

export interface GitOptions {
  /** Variables for this one call. */
  env?: Readonly<Record<string, string>>;
  input?: string;
  timeoutMs?: number;
  maxOutputBytes?: number;
  /** Lets the repository's own hooks run. Only for what a person would have typed themselves. */
  hooks?: boolean;
}

/** Runs git in a directory and returns its answer whatever the exit code. Throws only what the command runner throws. */
export type RunGit = (
  directory: string,
  args: readonly string[],
  options?: GitOptions,
) => Promise<CommandResult>;

/**
 * Variables that tie git to one repository. A hook or a `git` alias that starts claustre hands them down, and every call of ours
 * would then work on that repository whatever its directory (the list is `git rev-parse --local-env-vars` without the settings).
 */
const boundToARepository = new Set([
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_DIR',
  'GIT_GRAFT_FILE',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_NAMESPACE',
  'GIT_NO_REPLACE_OBJECTS',
  'GIT_OBJECT_DIRECTORY',
  'GIT_PREFIX',
  'GIT_REPLACE_REF_BASE',
  'GIT_SHALLOW_FILE',
  'GIT_WORK_TREE',
]);

/**
 * The environment of every git call: English messages for the table of failures, no question on a terminal that nobody watches, no
 * lock taken by a mere read (it would meet the lock of an agent at work).
 */
export function gitEnvironment(
  env: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const kept = Object.entries(env).filter(([name]) => !boundToARepository.has(name));
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
  };
}

/**
 * What git 2.39 dies of, before it has done anything, when another git is just making a worktree: the entry is there, but one of its files
 * is still empty.
 */
const halfMadeEntry = /failed to read \S*worktrees\/\S+/;
const attempts = 10;

/** Binds the runner to an environment. Hooks are off unless a call asks for them: our plumbing is nobody's commit or checkout. */
export function createRunGit(
  env: Readonly<Record<string, string>>,
  run: RunCommand = runCommand,
): RunGit {
  const base = gitEnvironment(env);
  return async (directory, args, options = {}) => {
    const { env: extra, hooks, ...request } = options;
    const quiet = hooks === true ? [] : ['-c', 'core.hooksPath=/dev/null'];
    // `-C` instead of a working directory: git names a missing one, Node would call it a missing program.
    const words = ['-C', directory, ...quiet, ...args];
    const whole = { cwd: '/', ...request, env: { ...base, ...extra } };
    for (let attempt = 1; ; attempt += 1) {
      const result = await run('git', words, whole);
      const again = result.exitCode !== 0 && halfMadeEntry.test(result.stderr);
      if (!again || attempt === attempts) return result;
      await delay(attempt * 10);
    }
  };
}
