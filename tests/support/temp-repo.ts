import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tempDir } from './temp-dir.ts';

export interface TempRepo {
  /** The temporary directory that holds everything. */
  root: string;
  /** The main working tree, on `main` with one commit (README.md). */
  path: string;
  /** The bare repository that is its `origin`. */
  remote: string;
  /** For git and for `createGit`: a home and a global configuration of its own, so that the person's are not read. */
  env: Record<string, string>;
  /** Runs git in the main working tree, or in another directory with `in`; returns its output without the last line end. */
  git: (...args: string[]) => string;
  in: (directory: string) => (...args: string[]) => string;
  /** Writes files and commits them in a directory (default: the main working tree); returns the commit. */
  commit: (files: Record<string, string>, directory?: string) => string;
  /** Does as a colleague would: commits to a branch of the remote, made from `from` when it is new. Returns the commit. */
  pushElsewhere: (branch: string, files: Record<string, string>, from?: string) => string;
  /** A path below the root for a worktree. */
  worktree: (name: string) => string;
  /** Bytes of `.git/config`, which nothing of ours may change. */
  config: () => string;
}

const globalConfig = `[user]
  name = Test
  email = test@example.org
[init]
  defaultBranch = main
[protocol "file"]
  allow = always
[gc]
  auto = 0
[maintenance]
  auto = false
[core]
  fsync = none
`;

/** Makes a repository with a bare remote in about 60 ms. `remote: false` leaves `origin` out; `empty: true` the first commit. */
export function tempRepo(options: { remote?: boolean; empty?: boolean } = {}): TempRepo {
  const root = tempDir();
  const path = join(root, 'repo');
  const remote = join(root, 'remote.git');
  const env = testGitEnv(root);
  const inDirectory =
    (directory: string) =>
    (...args: string[]) =>
      execFileSync('git', args, { cwd: directory, env, encoding: 'utf8', stdio: 'pipe' }).replace(
        /\n$/,
        '',
      );
  const git = inDirectory(path);
  const commit = (files: Record<string, string>, directory = path) => {
    writeFiles(directory, files);
    const at = inDirectory(directory);
    at('add', '--', ...Object.keys(files));
    at('commit', '--quiet', '--no-verify', '-m', Object.keys(files).join(' '));
    return at('rev-parse', 'HEAD');
  };
  const pushElsewhere = (branch: string, files: Record<string, string>, from = 'main') => {
    const clone = join(tempDir(), 'clone');
    inDirectory(root)('clone', '--quiet', remote, clone);
    const at = inDirectory(clone);
    const known = at('ls-remote', 'origin', `refs/heads/${branch}`) !== '';
    at('checkout', '--quiet', '-B', branch, known ? `origin/${branch}` : `origin/${from}`);
    const made = commit(files, clone);
    at('push', '--quiet', 'origin', branch);
    return made;
  };
  mkdirSync(path);
  git('init', '--quiet');
  if (!options.empty) commit({ 'README.md': 'hello\n' });
  if (options.remote !== false) {
    inDirectory(root)('init', '--quiet', '--bare', remote);
    git('remote', 'add', 'origin', remote);
    if (!options.empty) git('push', '--quiet', 'origin', 'main');
  }
  const worktree = (name: string) => join(root, 'worktrees', name);
  const config = () => readFileSync(join(path, '.git', 'config'), 'latin1');
  return { root, path, remote, env, git, in: inDirectory, commit, pushElsewhere, worktree, config };
}

/** An environment for git that knows nothing of the person who runs the tests. */
function testGitEnv(root: string): Record<string, string> {
  const home = join(root, 'home');
  mkdirSync(home, { recursive: true });
  const config = join(home, 'gitconfig');
  writeFileSync(config, globalConfig);
  return {
    PATH: process.env.PATH ?? '',
    HOME: home,
    GIT_CONFIG_GLOBAL: config,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
}

/** Writes text files below a directory and makes the folders that they need. */
export function writeFiles(directory: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
}
