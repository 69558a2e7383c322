import { lastWords } from '#adapters/git/errors.ts';
import type { TouchedFiles } from '#adapters/git/git.ts';
import type { RunGit } from '#adapters/git/invoke.ts';
import { nulFields } from '#adapters/git/plumbing.ts';
import { readStatus } from '#adapters/git/work.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';

const timeoutMs = 15_000;
/** Names of some fifty thousand files; work that touches more is no work of one task. */
const maxOutputBytes = 4 * 1024 * 1024;

/** See `Git.touchedFiles`. Two processes, none of which writes anything. */
export async function readTouched(
  git: RunGit,
  worktree: string,
  baseCommit: string,
): Promise<TouchedFiles | Refusal> {
  const bounded: RunGit = (directory, args, options) =>
    git(directory, args, { ...options, timeoutMs, maxOutputBytes });
  const status = await readStatus(bounded, worktree);
  if (isRefusal(status)) return status;
  const { head } = status;
  if (head === null) return refuse(`The branch of "${worktree}" has no commit.`);
  const range = `${baseCommit}...${head}`;
  const args = ['diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', range, '--'];
  const committed = await bounded(worktree, args);
  if (committed.exitCode !== 0) {
    const reason = lastWords(committed);
    return refuse(`What "${worktree}" changes cannot be told: ${reason}`, undefined, 'environment');
  }
  // A repository inside of the worktree is named with a slash at its end; it is no file of this one.
  const uncommitted = status.entries.map(({ path }) => path).filter((path) => !path.endsWith('/'));
  const files = [...new Set([...nulFields(committed.stdout), ...uncommitted])].sort();
  return { head, files, uncommitted };
}
