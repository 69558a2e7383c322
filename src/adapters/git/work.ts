import { dirname } from 'node:path';
import { type Refusal, refuse } from '#domain/error.ts';
import { lastWords } from './errors.ts';
import type { WorktreeState } from './git.ts';
import type { RunGit } from './invoke.ts';
import { exists } from './paths.ts';

/** One line of `git status --porcelain=v2`. */
interface StatusEntry {
  path: string;
  kind: 'changed' | 'unmerged' | 'untracked';
  /** Two letters, index then working tree, `.` for unchanged; `??` for untracked. */
  letters: string;
  /** Stages of an unmerged path: mode and object of base, ours and theirs; mode 000000 where a side has none. */
  stages: { mode: string; object: string }[];
}

export interface Status {
  /** null before the first commit. */
  head: string | null;
  /** null when HEAD is detached. */
  branch: string | null;
  entries: StatusEntry[];
}

const statusTimeoutMs = 120_000;

/**
 * Reads the status of exactly this worktree. Refuses when it cannot be read. The ceiling keeps git from looking upwards where the `.git`
 * file is missing: it would answer for a repository that happens to lie above.
 */
export async function readStatus(git: RunGit, worktree: string): Promise<Status | Refusal> {
  const args = [
    'status',
    '--porcelain=v2',
    '-z',
    '--branch',
    '--untracked-files=all',
    '--no-renames',
    '--ignore-submodules=none',
  ];
  const answer = await git(worktree, args, {
    timeoutMs: statusTimeoutMs,
    env: { GIT_CEILING_DIRECTORIES: dirname(worktree) },
  });
  if (answer.exitCode !== 0) {
    if (await exists(worktree)) return cannotInspect(worktree, lastWords(answer));
    return refuse(`There is no folder "${worktree}".`, undefined, 'not_found');
  }
  // Git reports what it could not look into as a warning and goes on as if it were empty.
  if (/could not open directory|unable to access/.test(answer.stderr)) {
    return cannotInspect(worktree, answer.stderr.split('\n')[0] ?? '');
  }
  return parseStatus(answer.stdout);
}

function cannotInspect(worktree: string, reason: string): Refusal {
  return refuse(
    `"${worktree}" cannot be inspected: ${reason}.`,
    'Look into it with `git status`.',
    'environment',
  );
}

/** Reads `status --porcelain=v2 -z --branch --no-renames`. */
export function parseStatus(output: string): Status {
  const status: Status = { head: null, branch: null, entries: [] };
  for (const line of output.split('\0')) {
    const fields = line.split(' ');
    const from = (index: number) => fields.slice(index).join(' ');
    const [type, second = ''] = fields;
    if (line.startsWith('# branch.oid ')) status.head = oidOrNull(from(2));
    else if (line.startsWith('# branch.head ')) status.branch = branchOrNull(from(2));
    else if (type === '1') status.entries.push(entry('changed', second, from(8)));
    else if (type === 'u') {
      const stages = [3, 4, 5].map((index) => ({
        mode: fields[index] ?? '',
        object: fields[index + 4] ?? '',
      }));
      status.entries.push({
        ...entry('unmerged', second, from(10)),
        stages,
      });
    } else if (type === '?') status.entries.push(entry('untracked', '??', from(1)));
  }
  return status;
}

function entry(kind: StatusEntry['kind'], letters: string, path: string): StatusEntry {
  return { path, kind, letters, stages: [] };
}

function oidOrNull(text: string): string | null {
  return text === '(initial)' ? null : text;
}

function branchOrNull(text: string): string | null {
  return text === '(detached)' ? null : text;
}

/** Numbers of changed and untracked files. */
export function countEntries(entries: readonly StatusEntry[]): {
  changed: number;
  untracked: number;
} {
  const untracked = entries.filter((one) => one.kind === 'untracked').length;
  return { changed: entries.length - untracked, untracked };
}

/** See `Git.inspectWorktree`. Without a base commit, `ahead` counts what no remote has, as `unpushed` does. */
export async function inspectWorktree(
  git: RunGit,
  path: string,
  baseCommit: string | null,
): Promise<WorktreeState | Refusal> {
  const status = await readStatus(git, path);
  if ('refused' in status) return status;
  if (status.head === null) return cannotInspect(path, 'its branch has no commit');
  const count = ['rev-list', '--count', 'HEAD', '--not'];
  const [unpushed, ahead] = await Promise.all([
    git(path, [...count, '--remotes', ...(baseCommit === null ? [] : [baseCommit])]),
    baseCommit === null ? null : git(path, [...count, baseCommit]),
  ]);
  const failed = [unpushed, ahead].find((answer) => answer !== null && answer.exitCode !== 0);
  if (failed) return cannotInspect(path, lastWords(failed));
  return {
    head: status.head,
    branch: status.branch,
    ...countEntries(status.entries),
    ahead: Number((ahead ?? unpushed).stdout),
    unpushed: Number(unpushed.stdout),
  };
}
