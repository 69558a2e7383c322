import type { RunGit } from '#adapters/git/invoke.ts';
import { read } from '#adapters/git/plumbing.ts';

/** A move that was begun. What a crash leaves half done is finished from these commits, or begun anew. */
export interface Begun {
  /** The branch before it. */
  from: string;
  /** The branch after it. */
  to: string;
  /** What it stands on then. */
  base: string;
  /** The branch on the remote before it, and what is pushed there; null when nothing is. */
  push: { from: string; to: string } | null;
}

const FOLDER = 'refs/claustre/moved';

/** The move that was begun under this name and has not ended; null when there is none. */
export async function readBegun(
  git: RunGit,
  repository: string,
  name: string,
): Promise<Begun | null> {
  const folder = `${FOLDER}/${name}/`;
  const output = await read(git, repository, [
    'for-each-ref',
    '--format=%(refname) %(objectname)',
    folder,
  ]);
  const parts = new Map(
    output.split('\n').map((line): [string, string] => {
      const [ref = '', commit = ''] = line.split(' ');
      return [ref.slice(folder.length), commit];
    }),
  );
  const [from, to, base] = [parts.get('from'), parts.get('to'), parts.get('base')];
  if (from === undefined || to === undefined || base === undefined) return null;
  const [remote, pushed] = [parts.get('remote'), parts.get('pushed')];
  const push = remote === undefined || pushed === undefined ? null : { from: remote, to: pushed };
  return { from, to, base, push };
}

/** Writes down what is about to be done: all of it or nothing. Its objects are safe from then on. */
export async function writeBegun(
  git: RunGit,
  repository: string,
  name: string,
  { from, to, base, push }: Begun,
): Promise<void> {
  const parts = { from, to, base, ...(push && { remote: push.from, pushed: push.to }) };
  const input = Object.entries(parts)
    .map(([part, commit]) => `update ${FOLDER}/${name}/${part}\0${commit}\0\0`)
    .join('');
  await read(git, repository, ['update-ref', '-z', '--stdin'], { input });
}

/** Ends it. Where the branch was before stays as refs/claustre/moved/<name>/from until the next move, or until it is forgotten. */
export async function clearBegun(git: RunGit, repository: string, name: string): Promise<void> {
  const input = ['to', 'base', 'remote', 'pushed']
    .map((part) => `delete ${FOLDER}/${name}/${part}\0\0`)
    .join('');
  await read(git, repository, ['update-ref', '-z', '--stdin'], { input });
}

/** Removes all that moves under these names left. */
export async function forgetMoves(
  git: RunGit,
  repository: string,
  names: readonly string[],
): Promise<null> {
  if (names.length === 0) return null;
  const folders = names.map((name) => `${FOLDER}/${name}/`);
  const refs = await read(git, repository, ['for-each-ref', '--format=%(refname)', ...folders]);
  if (refs === '') return null;
  const input = refs
    .split('\n')
    .map((ref) => `delete ${ref}\0\0`)
    .join('');
  await read(git, repository, ['update-ref', '-z', '--stdin'], { input });
  return null;
}
