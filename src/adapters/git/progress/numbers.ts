import { type FileHandle, lstat, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseNumstat } from '#adapters/git/diff.ts';
import { refuseOrThrow } from '#adapters/git/errors.ts';
import type { WorkReading, WorkRequest } from '#adapters/git/git.ts';
import type { RunGit } from '#adapters/git/invoke.ts';
import { nulFields } from '#adapters/git/plumbing.ts';
import { ClaustreError, type Refusal } from '#domain/error.ts';
import type { Work } from '#domain/progress.ts';
import type { ChangedFile } from '#domain/proof/risk.ts';
import { changedFiles, sizeOf, splitRaw } from './changed-files.ts';

/** These are figures for a screen: better none than a git that works for minutes. */
const timeoutMs = 15_000;
const maxOutputBytes = 4 * 1024 * 1024;
/** Untracked files are read to count their lines. */
const maxUntracked = 200;
const maxUntrackedBytes = 4 * 1024 * 1024;

/** See `Git.readWork`. Four processes, none of which writes anything. */
export async function readWork(git: RunGit, request: WorkRequest): Promise<WorkReading | Refusal> {
  const { worktree, baseCommit } = request;
  const options = {
    timeoutMs,
    maxOutputBytes,
    env: { GIT_CEILING_DIRECTORIES: dirname(worktree) },
  };
  const args = [
    ...['diff', '--raw', '--numstat', '-z', '--no-ext-diff', '--no-textconv', '--no-relative'],
    ...['--ignore-submodules=dirty', '--merge-base', baseCommit, '--'],
  ];
  const changed = await git(worktree, args, options);
  if (changed.exitCode !== 0) {
    return refuseOrThrow('The work could not be measured', args, changed);
  }
  const { changes, numbers } = splitRaw(changed.stdout);
  const files = parseNumstat(numbers);
  const untracked = await countUntracked(git, worktree, options);
  const distance = await readDistance(git, request, options);
  return {
    ...distance,
    head: await readHead(git, worktree, options),
    files: files.length + untracked.files,
    added: files.reduce((sum, file) => sum + (file.added ?? 0), untracked.lines),
    deleted: files.reduce((sum, file) => sum + (file.deleted ?? 0), 0),
    cut: untracked.cut,
    changed: [...(await changedFiles(worktree, files, changes)), ...untracked.found],
  };
}

type Options = Parameters<RunGit>[2];

/** How far the work and its base are apart. The remote's base counts before the local one, as it does at the launch. */
async function readDistance(
  git: RunGit,
  { worktree, base, remote }: WorkRequest,
  options: Options,
): Promise<Pick<Work, 'ahead' | 'behind'>> {
  const names = [
    ...(remote === null ? [] : [`refs/remotes/${remote}/${base}`]),
    `refs/heads/${base}`,
  ];
  for (const name of names) {
    const range = `${name}...HEAD`;
    const count = ['rev-list', '--left-right', '--count', range, '--'];
    const answer = await git(worktree, count, options);
    const counts = answer.exitCode === 0 ? /^(\d+)\t(\d+)/.exec(answer.stdout) : null;
    if (counts !== null) return { behind: Number(counts[1]), ahead: Number(counts[2]) };
  }
  return { ahead: null, behind: null };
}

async function readHead(git: RunGit, worktree: string, options: Options): Promise<string | null> {
  const answer = await git(worktree, ['rev-parse', '--verify', '--quiet', 'HEAD'], options);
  return answer.exitCode === 0 ? answer.stdout.trim() : null;
}

interface Untracked {
  files: number;
  /** Of as many as were read. */
  found: ChangedFile[];
  lines: number;
  cut: boolean;
}

async function countUntracked(git: RunGit, worktree: string, options: Options): Promise<Untracked> {
  const args = ['ls-files', '--others', '--exclude-standard', '-z'];
  let names: string[];
  try {
    const answer = await git(worktree, args, options);
    // A nested repository is named with a slash at its end; it is no file of this one.
    names = nulFields(answer.stdout).filter((name) => !name.endsWith('/'));
  } catch (error) {
    if (!(error instanceof ClaustreError) || error.code === 'internal') throw error;
    // So many that not even their names fit: no program builds that on purpose, and its number helps nobody.
    return { files: 0, found: [], lines: 0, cut: true };
  }
  const read = names.slice(0, maxUntracked);
  const found: Untracked = {
    files: names.length,
    found: [],
    lines: 0,
    cut: names.length > maxUntracked,
  };
  let left = maxUntrackedBytes;
  for (const name of read) {
    const counted = await countLines(join(worktree, name), left);
    found.found.push(await newFile(worktree, name, counted));
    if (counted === null) found.cut = true;
    else {
      found.lines += counted.lines;
      left -= counted.bytes;
    }
  }
  return found;
}

/** The lines of a text file as git would count them, 0 for anything else; null when it has more bytes than this. */
async function countLines(
  path: string,
  limit: number,
): Promise<{ lines: number; bytes: number } | null> {
  let file: FileHandle | undefined;
  try {
    const { size, ...stats } = await lstat(path);
    if (!((stats.mode & 0o170000) === 0o100000)) return { lines: 0, bytes: 0 };
    if (size > limit) return null;
    file = await open(path, 'r');
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size), 0, size, 0);
    const bytes = buffer.subarray(0, bytesRead);
    if (bytesRead === 0 || bytes.subarray(0, 8_000).includes(0))
      return { lines: 0, bytes: bytesRead };
    let lines = bytes.at(-1) === 10 ? 0 : 1;
    for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) lines += 1;
    return { lines, bytes: bytesRead };
  } catch (error) {
    // It was removed since git named it, or nobody may read it: neither is a reason to know nothing at all.
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (['ENOENT', 'EACCES', 'EISDIR', 'ENOTDIR'].includes(code)) return { lines: 0, bytes: 0 };
    throw error;
  } finally {
    await file?.close();
  }
}

/** An untracked file; one that was too long to be read is not known to be text. */
async function newFile(
  worktree: string,
  path: string,
  counted: { lines: number; bytes: number } | null,
): Promise<ChangedFile> {
  if (counted === null) {
    const bytes = await sizeOf(join(worktree, path));
    return { path, change: 'added', binary: true, bytes };
  }
  const binary = counted.lines === 0 && counted.bytes > 0;
  return { path, change: 'added', binary, bytes: binary ? counted.bytes : null };
}
