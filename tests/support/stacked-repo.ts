import { existsSync } from 'node:fs';
import { createGit } from '#adapters/git/create-git.ts';
import type { TakeLock } from '#adapters/git/rebase/alone.ts';
import type { Rebased, RebaseRequest } from '#adapters/git/rebase/rebase.ts';
import { isRefusal, type Refusal } from '#domain/error.ts';
import { type TempRepo, tempRepo } from './temp-repo.ts';

/** A branch `child` with two commits in a worktree, pushed, on a branch `parent` with two commits, on main. */
export interface StackedRepo {
  repo: TempRepo;
  worktree: string;
  /** Runs git in the child's worktree. */
  child: (...args: string[]) => string;
  /** The parent's commit that the child began on. */
  began: string;
  rebase: (more?: Partial<RebaseRequest>) => Promise<Rebased | Refusal>;
  /** The remote's commit of a branch. */
  remote: (branch: string) => string;
  /** Lands the parent on the remote's main; returns the commit. */
  land: (how: 'squash' | 'rebase' | 'merge') => string;
  /** Files that the child changes against a commit. */
  files: (against: string) => string[];
}

export function stackedRepo(takeLock?: TakeLock): StackedRepo {
  const repo = tempRepo();
  const { git } = repo;
  git('checkout', '--quiet', '-b', 'parent');
  repo.commit({ 'parent.txt': 'one\n' });
  const began = repo.commit({ 'parent.txt': 'one\ntwo\n' });
  git('push', '--quiet', 'origin', 'parent');
  git('checkout', '--quiet', 'main');
  const worktree = repo.worktree('child');
  git('worktree', 'add', '--quiet', '-b', 'child', worktree, 'parent');
  const child = repo.in(worktree);
  repo.commit({ 'child.txt': 'one\n' }, worktree);
  repo.commit({ 'child.txt': 'one\ntwo\n' }, worktree);
  child('push', '--quiet', 'origin', 'child');
  const adapter = createGit({ env: repo.env, ...(takeLock && { takeLock }) });
  const request: RebaseRequest = {
    repository: repo.path,
    worktree,
    branch: 'child',
    remote: 'origin',
    onto: 'main',
    holding: null,
    below: [began],
    newest: false,
    name: 'session',
    mayTouch: () => true,
  };
  return {
    repo,
    worktree,
    child,
    began,
    rebase: (more = {}) => adapter.rebase({ ...request, ...more }),
    remote: (branch) => repo.in(repo.remote)('rev-parse', branch),
    land: (how) => land(repo, how),
    files: (against) => child('diff', '--name-only', against).split('\n').filter(Boolean),
  };
}

/** Does as GitHub's button, on the remote itself. */
function land(repo: TempRepo, how: 'squash' | 'rebase' | 'merge'): string {
  const clone = repo.worktree('github');
  if (!existsSync(clone)) repo.in(repo.root)('clone', '--quiet', repo.remote, clone);
  const git = repo.in(clone);
  git('fetch', '--quiet', 'origin');
  git('checkout', '--quiet', '-B', 'main', 'origin/main');
  if (how === 'merge') git('merge', '--quiet', '--no-ff', '-m', 'Merge', 'origin/parent');
  if (how === 'squash') {
    git('merge', '--quiet', '--squash', 'origin/parent');
    git('commit', '--quiet', '-m', 'Parent (#1)');
  }
  if (how === 'rebase') {
    git('checkout', '--quiet', '--detach', 'origin/parent');
    git('rebase', '--quiet', '--force-rebase', 'main');
    git('checkout', '--quiet', '-B', 'main');
  }
  git('push', '--quiet', 'origin', 'main');
  return git('rev-parse', 'HEAD');
}

/** What a move came to, or a failed test that shows what it said instead. */
export function moved(result: Rebased | Refusal): Extract<Rebased, { conflicts: null }> {
  if (!isRefusal(result) && result.conflicts === null) return result;
  throw new Error(`Not moved: ${JSON.stringify(result)}`);
}
