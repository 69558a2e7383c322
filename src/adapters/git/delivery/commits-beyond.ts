import type { CommitLine } from '#adapters/git/git.ts';
import type { RunGit } from '#adapters/git/invoke.ts';
import { read } from '#adapters/git/plumbing.ts';
import { fetchBranches } from '#adapters/git/remote-branches.ts';
import { isRefusal, type Refusal } from '#domain/error.ts';

/** More are only counted by whoever cares; a sentence names a few. */
const MOST = 20;

/** See `Git.commitsBeyond`. */
export async function commitsBeyond(
  git: RunGit,
  env: Readonly<Record<string, string>>,
  request: { repository: string; remote: string; branch: string; from: string; to: string },
): Promise<CommitLine[] | Refusal> {
  const { repository, remote, branch, from, to } = request;
  const known = await git(repository, ['cat-file', '-e', `${from}^{commit}`]);
  if (known.exitCode !== 0) {
    const fetched = await fetchBranches(git, env, repository, remote, [branch]);
    if (isRefusal(fetched)) return fetched;
  }
  const range = [`--max-count=${MOST}`, '--format=%h%x09%s', to, `^${from}`];
  const output = await read(git, repository, ['log', ...range, '--']);
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [commit = '', subject = ''] = line.split('\t', 2);
      return { commit, subject };
    });
}
