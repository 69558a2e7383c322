import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { SavedWork } from './git.ts';
import type { RunGit } from './invoke.ts';
import {
  claustreIdentity,
  commitTree,
  gitPath,
  writeBlob,
  writeRefs,
  writeTree,
} from './objects.ts';
import { canonicalPath, exists } from './paths.ts';
import { read } from './plumbing.ts';
import { readCheckouts, readRefs } from './refs.ts';
import { hashFiles } from './saved-files.ts';
import { submoduleWithWork } from './submodules.ts';
import { type SavedFile, type TrashRecord, trashRef, unfinishedFiles } from './trash-record.ts';
import { countEntries, readStatus, type Status } from './work.ts';

interface SaveRequest {
  repository: string;
  worktree: string;
  branch: string;
  baseCommit: string | null;
  name: string;
}

/**
 * See `Git.saveWork`. Writes <ref>/head (the branch's tip), /index and /worktree (commits to look at with any tool) and /state (the index
 * file itself and what `restoreWork` needs besides) in one transaction. Refuses when the name is taken, so that a second call after a
 * half-done removal cannot write a damaged worktree over a whole one, and when a repository inside the worktree holds work that would
 * be lost with it.
 */
export async function saveWork(git: RunGit, request: SaveRequest): Promise<SavedWork | Refusal> {
  const { repository, branch, name } = request;
  const ref = trashRef(name);
  const taken = await read(git, repository, ['for-each-ref', '--count=1', ref]);
  if (taken !== '') return refuse(`The trash holds "${name}" already.`, 'Save under another name.');
  const tip = (await readRefs(git, repository, [`refs/heads/${branch}`])).get(
    `refs/heads/${branch}`,
  );
  const worktree = await canonicalPath(request.worktree);
  if (!(await exists(worktree))) {
    if (tip === undefined) {
      return refuse(
        `There is neither a worktree "${worktree}" nor a branch "${branch}" to save.`,
        undefined,
        'not_found',
      );
    }
    return saveBranch(git, request, tip);
  }
  const checkouts = await readCheckouts(git, repository);
  if (!checkouts.some((checkout) => checkout.path === worktree)) {
    return refuse(`"${worktree}" is no worktree of "${repository}".`, 'Look into it by hand.');
  }
  const status = await readStatus(git, worktree);
  if (isRefusal(status)) return status;
  const loose = await repositoryInside(git, worktree, status);
  if (loose) return loose;
  const folder = await mkdtemp(join(tmpdir(), 'claustre-save-'));
  try {
    const saved = { ...request, worktree, status, folder };
    return await saveWorktree(git, saved, tip ?? status.head);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function saveBranch(git: RunGit, request: SaveRequest, head: string): Promise<SavedWork> {
  const { repository, branch, name } = request;
  const record: TrashRecord = { version: 1, branch, worktree: null };
  const about = await writeBlob(git, repository, JSON.stringify(record));
  const tree = await writeTree(git, repository, [`100644 blob ${about}\tabout.json`]);
  const state = await commitTree(git, repository, tree, [head]);
  await writeRefs(git, repository, name, { head, state });
  const commits = await countCommits(git, request, head);
  return {
    ref: trashRef(name),
    branch,
    head,
    commits,
    changed: 0,
    untracked: 0,
  };
}

/** A nested repository's history cannot be kept in this one, and removing the worktree removes it. */
async function repositoryInside(
  git: RunGit,
  worktree: string,
  status: Status,
): Promise<Refusal | null> {
  const nested = status.entries.find(
    (entry) => entry.kind === 'untracked' && entry.path.endsWith('/'),
  );
  const path = nested?.path ?? (await submoduleWithWork(git, worktree));
  if (path === null) return null;
  return refuse(
    `The work in "${join(worktree, path)}" cannot be saved: it is a repository of its own.`,
    nested ? 'Move it elsewhere or delete it.' : 'Commit and push it there.',
  );
}

async function saveWorktree(
  git: RunGit,
  request: SaveRequest & { status: Status; folder: string },
  head: string | null,
): Promise<SavedWork | Refusal> {
  const { worktree, branch, name, status, folder } = request;
  if (head === null || status.head === null) {
    return refuse(`"${worktree}" has no commit, so nothing can be kept of it.`);
  }
  const files = await hashFiles(git, worktree, status);
  if (isRefusal(files)) return files;
  const index = await copyIndex(git, worktree, join(folder, 'index'));
  const env = { GIT_INDEX_FILE: join(folder, 'trees'), ...claustreIdentity };
  await copyFile(index, env.GIT_INDEX_FILE);
  await updateIndex(git, worktree, env, status.entries.flatMap(resolved));
  const indexTree = await read(git, worktree, ['write-tree'], { env });
  await updateIndex(
    git,
    worktree,
    env,
    files.map((file) => asIndexLine(file, head)),
  );
  const worktreeTree = await read(git, worktree, ['write-tree'], { env });

  const unfinished = await readUnfinished(git, worktree);
  const indexCommit = await commitTree(git, worktree, indexTree, [
    status.head,
    ...unfinishedCommits(unfinished),
  ]);
  const worktreeCommit = await commitTree(git, worktree, worktreeTree, [status.head, indexCommit]);
  const onBranch = status.branch === branch;
  const record: TrashRecord = {
    version: 1,
    branch,
    worktree: { commit: status.head, onBranch, files, unfinished },
  };
  const state = await writeState(git, worktree, record, index, status);
  await writeRefs(git, worktree, name, {
    head,
    index: indexCommit,
    worktree: worktreeCommit,
    state: await commitTree(git, worktree, state, [head]),
  });
  const commits = await countCommits(git, request, head);
  return {
    ref: trashRef(name),
    branch,
    head,
    commits,
    ...countEntries(status.entries),
  };
}

/** Copies the index to a place of ours as one whole file; a split one would lean on a second file of the worktree's git directory. */
async function copyIndex(git: RunGit, worktree: string, target: string): Promise<string> {
  const own = await gitPath(git, worktree, 'index');
  if (await exists(own)) await copyFile(own, target);
  const whole = ['core.splitIndex=false', 'core.fsmonitor=false', 'core.untrackedCache=false'];
  await read(
    git,
    worktree,
    [...whole.flatMap((setting) => ['-c', setting]), 'update-index', '--force-write-index'],
    { env: { GIT_INDEX_FILE: target } },
  );
  return target;
}

/** One stage for a conflict, since a tree cannot hold three: ours, else theirs, else the base. The others are kept in the state. */
function resolved(entry: Status['entries'][number]): string[] {
  const [base, ours, theirs] = entry.stages;
  const stage = [ours, theirs, base].find((one) => one !== undefined && one.mode !== '000000');
  return stage ? [`${stage.mode} ${stage.object}\t${entry.path}`] : [];
}

function asIndexLine({ mode, object, path }: SavedFile, head: string): string {
  // Git wants as many zeros as its hashes are long: 40, or 64 in a SHA-256 repository.
  return mode === null ? `0 ${'0'.repeat(head.length)}\t${path}` : `${mode} ${object}\t${path}`;
}

/** Status lists changes before untracked files, so what gave way to a folder is removed before the folder's files come. */
async function updateIndex(
  git: RunGit,
  worktree: string,
  env: Readonly<Record<string, string>>,
  lines: readonly string[],
): Promise<void> {
  if (lines.length === 0) return;
  const input = lines.map((line) => `${line}\0`).join('');
  const args = ['-c', 'core.splitIndex=false', 'update-index', '--add', '--replace'];
  await read(git, worktree, [...args, '-z', '--index-info'], { env, input });
}

/** The tree of <ref>/state: the record, the index file, and every side of each conflict so that no object of it is collected. */
async function writeState(
  git: RunGit,
  worktree: string,
  record: TrashRecord,
  index: string,
  status: Status,
): Promise<string> {
  const hash = ['hash-object', '-w', '--no-filters', '--', index];
  const lines = [
    `100644 blob ${await writeBlob(git, worktree, JSON.stringify(record))}\tabout.json`,
    `100644 blob ${await read(git, worktree, hash)}\tindex`,
  ];
  const sides = status.entries
    .flatMap((entry) => entry.stages)
    .filter((stage) => /^1[02]0/.test(stage.mode))
    .map((stage, at) => `100644 blob ${stage.object}\t${at}`);
  if (sides.length > 0)
    lines.push(`040000 tree ${await writeTree(git, worktree, sides)}\tconflicts`);
  return writeTree(git, worktree, lines);
}

async function readUnfinished(git: RunGit, worktree: string): Promise<Record<string, string>> {
  const folder = dirname(await gitPath(git, worktree, 'HEAD'));
  const found: Record<string, string> = {};
  for (const name of unfinishedFiles) {
    const path = join(folder, name);
    if (await exists(path)) found[name] = await readFile(path, 'utf8');
  }
  return found;
}

function unfinishedCommits(unfinished: Record<string, string>): string[] {
  return Object.entries(unfinished)
    .filter(([name]) => name.endsWith('_HEAD'))
    .flatMap(([, text]) => text.split('\n').filter((line) => /^[0-9a-f]{40,64}$/.test(line)));
}

async function countCommits(
  git: RunGit,
  { repository, baseCommit }: SaveRequest,
  head: string,
): Promise<number> {
  const hidden = baseCommit === null ? ['--remotes'] : [baseCommit];
  return Number(await read(git, repository, ['rev-list', '--count', head, '--not', ...hidden]));
}
