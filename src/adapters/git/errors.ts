import type { CommandResult } from '#adapters/command.ts';
import { ClaustreError, type ErrorCode, type Refusal, refuse } from '#domain/error.ts';

interface KnownFailure {
  /** Looked for in stderr; git speaks English here (LC_ALL=C). */
  pattern: RegExp;
  code: Exclude<ErrorCode, 'internal'>;
  /** `$1` stands for the first group of the pattern. */
  reason: string;
  hint: string;
}

export const notARepository = 'This is no git repository.';

/** Said of a damaged repository, and for a moment also while two fetches bring the same objects. */
export const unreadableObject = 'The repository is damaged: an object cannot be read.';

/** The first match wins: what explains most stands first. */
const knownFailures: readonly KnownFailure[] = [
  {
    pattern: /No space left on device/,
    code: 'environment',
    reason: 'The disk is full.',
    hint: 'Free some space and try again.',
  },
  {
    pattern: /smudge filter (\S+) failed/,
    code: 'environment',
    reason: 'The filter "$1", which the repository asks for, failed.',
    hint: 'Install what it needs (Git LFS, git-crypt …), then try again.',
  },
  {
    pattern: /detected dubious ownership in repository at '([^']+)'/,
    code: 'environment',
    reason: 'Git does not trust "$1": it belongs to another user.',
    hint: 'Run `git config --global --add safe.directory <path>` if you trust it.',
  },
  {
    pattern: /cannot change to '([^']+)': No such file or directory/,
    code: 'not_found',
    reason: 'The folder "$1" does not exist.',
    hint: 'Check the path.',
  },
  {
    pattern: /Permission denied \(publickey|Host key verification failed|sign_and_send_pubkey/,
    code: 'environment',
    reason: 'The remote does not accept the ssh key.',
    hint: 'Make `git fetch` work in a terminal without a question (ssh-agent, known_hosts), then try again.',
  },
  {
    pattern:
      /could not read (?:Username|Password)|Authentication failed|terminal prompts disabled|HTTP (?:401|403)|error: (?:401|403)/,
    code: 'environment',
    reason: 'The remote asks for a login.',
    hint: 'Run `gh auth setup-git` or set up a credential helper, then try again.',
  },
  {
    pattern: /Could not resolve host|Could not resolve hostname|Name or service not known/i,
    code: 'environment',
    reason: "The remote's host was not found.",
    hint: 'Check the network.',
  },
  {
    pattern:
      /Connection (?:refused|timed out|reset|closed)|Network is unreachable|Failed to connect|Operation timed out|early EOF|hung up unexpectedly|unable to access/i,
    code: 'environment',
    reason: 'The remote could not be reached.',
    hint: 'Check the network.',
  },
  {
    pattern: /'([^']+)' does not appear to be a git repository|[Rr]epository .*not found/,
    code: 'environment',
    reason: 'The remote is no git repository, or you may not read it.',
    hint: 'Check `git remote -v`.',
  },
  {
    pattern: /Could not read from remote repository|transport '\w+' not allowed/,
    code: 'environment',
    reason: 'The remote could not be read.',
    hint: 'Make `git fetch` work in a terminal, then try again.',
  },
  {
    pattern: /[Nn]ot a git repository/,
    code: 'refused',
    reason: notARepository,
    hint: 'Name the folder of a repository.',
  },
  {
    pattern: /is already (?:checked out|used by worktree) at '([^']+)'/,
    code: 'refused',
    reason: 'The branch is in use in "$1".',
    hint: 'Check out another branch there, or choose another branch for the task.',
  },
  {
    pattern: /'refs\/heads\/([^']+)' exists; cannot create/,
    code: 'refused',
    reason: 'The branch "$1" exists, so none below or above that name can be made.',
    hint: 'Choose another branch name.',
  },
  {
    pattern:
      /Unable to create '([^']+\.lock)': File exists|cannot lock ref|reference already exists/,
    code: 'refused',
    reason: 'Another git process is at work in the repository.',
    hint: 'Try again; remove a lock file that an ended git has left behind.',
  },
  {
    pattern: /refusing to merge unrelated histories/,
    code: 'refused',
    reason: 'The two branches have no commit in common.',
    hint: 'Merge them by hand if that is meant.',
  },
  {
    pattern: /would be overwritten by/,
    code: 'refused',
    reason: 'Uncommitted changes in the checked out base branch are in the way.',
    hint: 'Commit or stash them there, then try again.',
  },
  {
    pattern: /Not possible to fast-forward|have not concluded your merge|unmerged files/,
    code: 'refused',
    reason: 'The checkout of the base branch cannot be moved forward now.',
    hint: 'Finish what is begun there, then try again.',
  },
  {
    pattern: /did not match any file/,
    code: 'refused',
    reason: 'Files changed while they were read.',
    hint: 'Try again.',
  },
  {
    pattern: /unknown (?:option|switch)|is not a git command|not a valid object name --write-tree/,
    code: 'environment',
    reason: 'This git is too old.',
    hint: 'Install git 2.38 or newer.',
  },
  {
    pattern: /bad object|is corrupt|unable to read tree|missing blob|unable to read [0-9a-f]{40}/,
    code: 'environment',
    reason: unreadableObject,
    hint: 'Run `git fsck` in it.',
  },
  {
    pattern: /Read-only file system|Permission denied/,
    code: 'environment',
    reason: 'Git may not write there.',
    hint: 'Check the permissions of the repository and the worktree folder.',
  },
];

/** The last words of a failed git for a sentence or the log: no control characters, at most 300 characters, no passwords in addresses. */
export function lastWords(result: Pick<CommandResult, 'stderr' | 'stdout'>): string {
  const lines = (result.stderr.trim() || result.stdout.trim()).split('\n');
  const telling = lines.filter((line) => /^(?:fatal|error):/.test(line.trim()));
  const chosen = (telling.length > 0 ? telling : lines.slice(-2)).join(' ');
  return chosen
    .replaceAll(/\/\/[^/@\s]+@/g, '//')
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, 300);
}

/** What the table of known failures says of an answer, or null when no rule foresees it. */
export function knownRefusal(result: CommandResult): Refusal | null {
  for (const { pattern, code, reason, hint } of knownFailures) {
    const match = pattern.exec(result.stderr);
    if (match)
      return refuse(
        reason.replace('$1', () => match[1] ?? ''),
        hint,
        code,
      );
  }
  return null;
}

/** The error for an answer that no rule foresees. `what` is the sentence's beginning: "The worktree could not be made". */
export function gitFailure(what: string, args: readonly string[], result: CommandResult) {
  return new ClaustreError('internal', `${what}: ${lastWords(result) || 'git said nothing'}`, {
    details: {
      program: 'git',
      args,
      exitCode: result.exitCode,
      stderr: lastWords(result),
    },
  });
}

/** The refusal of a known failure; throws for any other. */
export function refuseOrThrow(
  what: string,
  args: readonly string[],
  result: CommandResult,
): Refusal {
  const known = knownRefusal(result);
  if (known) return known;
  throw gitFailure(what, args, result);
}
