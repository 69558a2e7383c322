import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClaustreError, isRefusal, type Refusal, refuse } from '#domain/error.ts';
import { lastWords, refuseOrThrow } from './errors.ts';
import type { Diff, DiffFile, DiffLimits } from './git.ts';
import type { GitOptions, RunGit } from './invoke.ts';
import { gitPath } from './objects.ts';
import { exists } from './paths.ts';
import { read } from './plumbing.ts';
import { readStatus } from './work.ts';

const diffTimeoutMs = 120_000;
const maxTextBytes = 32 * 1024 * 1024;

/** The person's own settings (colours, prefixes, external programs) must not change what is read here. */
const plainDiff = [
  '-c',
  'core.quotePath=false',
  'diff',
  '--no-color',
  '--no-ext-diff',
  '--no-textconv',
  '--no-relative',
  '--find-renames',
  '--src-prefix=a/',
  '--dst-prefix=b/',
  '-O/dev/null',
];

/** See `Git.diff`; without limits a text that is too long is refused. The worktree's own index is only read. */
export async function diffWorktree(
  git: RunGit,
  worktree: string,
  baseCommit: string,
  limits: DiffLimits | null,
): Promise<Diff | Refusal> {
  const status = await readStatus(git, worktree);
  if (isRefusal(status)) return status;
  const from = await mergeBase(git, worktree, baseCommit);
  if (isRefusal(from)) return from;
  const untracked = status.entries
    .filter((entry) => entry.kind === 'untracked' && !entry.path.endsWith('/'))
    .map((entry) => entry.path);
  const found = { worktree, from, untracked: new Set(untracked), limits };
  if (untracked.length === 0) return readDiff(git, found, {});
  const folder = await mkdtemp(join(tmpdir(), 'claustre-diff-'));
  try {
    const index = join(folder, 'index');
    const env = { GIT_INDEX_FILE: index, GIT_LITERAL_PATHSPECS: '1' };
    await announce(git, worktree, index, untracked);
    return await readDiff(git, found, env);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function mergeBase(
  git: RunGit,
  worktree: string,
  baseCommit: string,
): Promise<string | Refusal> {
  const answer = await git(worktree, ['merge-base', '--end-of-options', baseCommit, 'HEAD']);
  if (answer.exitCode === 0) return answer.stdout.trim();
  // Exit code 1: both are there but have nothing in common.
  if (answer.exitCode === 1) return baseCommit;
  return refuse(
    `The changes cannot be compared with ${baseCommit.slice(0, 12)}: ${lastWords(answer)}`,
    'Run `git fetch` in the repository.',
    'not_found',
  );
}

/** Makes an index of our own in which untracked files count as new ones. */
async function announce(
  git: RunGit,
  worktree: string,
  index: string,
  untracked: readonly string[],
): Promise<void> {
  const own = await gitPath(git, worktree, 'index');
  if (await exists(own)) await copyFile(own, index);
  const add = ['add', '-N', '--pathspec-from-file=-', '--pathspec-file-nul'];
  await read(git, worktree, ['-c', 'core.splitIndex=false', ...add], {
    env: { GIT_INDEX_FILE: index, GIT_LITERAL_PATHSPECS: '1' },
    input: untracked.join('\0'),
    timeoutMs: diffTimeoutMs,
  });
}

interface Wanted {
  worktree: string;
  from: string;
  untracked: ReadonlySet<string>;
  limits: DiffLimits | null;
}

async function readDiff(
  git: RunGit,
  { worktree, from, untracked, limits }: Wanted,
  env: Readonly<Record<string, string>>,
): Promise<Diff | Refusal> {
  const options = { env, timeoutMs: diffTimeoutMs };
  const numbers = await read(git, worktree, [...plainDiff, '--numstat', '-z', from, '--'], options);
  const files = parseNumstat(numbers).map((file) => ({
    ...file,
    untracked: untracked.has(file.path),
  }));
  const sum = (key: 'added' | 'deleted') =>
    files.reduce((total, file) => total + (file[key] ?? 0), 0);
  const found = await readText(git, worktree, from, options, {
    bytes: limits?.bytes ?? null,
    leftOut: limits === null ? [] : longFiles(files, limits.fileLines),
  });
  return isRefusal(found)
    ? found
    : { files, added: sum('added'), deleted: sum('deleted'), ...found };
}

/** Paths of the files with more changed lines than this. */
function longFiles(files: readonly DiffFile[], lines: number): string[] {
  return files
    .filter(({ added, deleted }) => (added ?? 0) + (deleted ?? 0) > lines)
    .map(({ path }) => path);
}

async function readText(
  git: RunGit,
  worktree: string,
  from: string,
  options: GitOptions,
  { bytes, leftOut }: { bytes: number | null; leftOut: readonly string[] },
): Promise<Pick<Diff, 'text' | 'cut'> | Refusal> {
  try {
    const without = leftOut.map((path) => `:(top,exclude,literal)${path}`);
    const args = [...plainDiff, '--submodule=short', from, '--', ...without];
    // The words in brackets are magic, which the variable would switch off.
    const env = { ...options.env, GIT_LITERAL_PATHSPECS: '0' };
    const answer = await git(worktree, args, {
      ...options,
      env,
      maxOutputBytes: bytes ?? maxTextBytes,
    });
    if (answer.exitCode !== 0) return refuseOrThrow('The diff could not be read', args, answer);
    return { text: answer.stdout };
  } catch (error) {
    const beginning = error instanceof ClaustreError ? beginningOf(error.cause) : null;
    if (beginning === null) throw error;
    if (bytes !== null) return { text: beginning, cut: true };
    return refuse(
      `The diff is longer than ${maxTextBytes / 1024 / 1024} MiB.`,
      'Read it file by file with `git diff` in the worktree.',
    );
  }
}

/** What the runner kept of a command that it ended because of its output's length; null when it ended for another reason. */
function beginningOf(cause: unknown): string | null {
  if (typeof cause !== 'object' || cause === null) return null;
  const cut = 'isMaxBuffer' in cause && cause.isMaxBuffer === true;
  if (!cut) return null;
  return 'stdout' in cause && typeof cause.stdout === 'string' ? cause.stdout : '';
}

/** Reads `diff --numstat -z`: a rename has an empty name, then the old and the new one as fields of their own. */
export function parseNumstat(output: string): Omit<DiffFile, 'untracked'>[] {
  const fields = output.split('\0');
  const files: Omit<DiffFile, 'untracked'>[] = [];
  for (let at = 0; at < fields.length; at += 1) {
    const match = /^(\d+|-)\t(\d+|-)\t(.*)$/s.exec(fields[at] ?? '');
    if (!match) continue;
    const [, added = '-', deleted = '-', name = ''] = match;
    const renamed = name === '';
    const path = renamed ? fields[at + 2] : name;
    if (renamed) at += 2;
    const count = (text: string) => (text === '-' ? null : Number(text));
    files.push({
      path: path ?? '',
      added: count(added),
      deleted: count(deleted),
    });
  }
  return files;
}
