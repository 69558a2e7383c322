import type { Criterion } from '#domain/gate/criterion.ts';
import { oneVisibleLine } from '#domain/pull-request/message/fence.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import type { Evidence } from '#domain/pull-request/round.ts';
import type { PushMode } from '#domain/task.ts';

/** What a repository, its remote and its forge tell of a session's work at the end of a turn. */
export interface DeliveryFacts {
  push: PushMode;
  /** The session's branch, and what it goes to. */
  branch: string;
  base: string;
  /** The branch that is checked out; null when none is. */
  checkedOut: string | null;
  head: string;
  /** Commits over the base. */
  ahead: number;
  /** Commits that no branch of the remote has. */
  unpushed: number;
  /** How many files are changed or new and not committed, and the names that are known of them. */
  uncommitted: number;
  files: readonly string[];
  /** null for a project without one. */
  remote: string | null;
  /** The commit of the branch there; null when it is not there. */
  remoteHead: string | null;
  /** Whether claustre knows where pull requests of the project live. */
  forge: boolean;
  /** That of the session's branch; null for none. */
  pullRequest: Pick<PullRequest, 'number' | 'state' | 'headCommit'> | null;
}

/** Something that is missing until the work counts as delivered. */
export interface Missing extends Evidence {
  kind: 'missing' | 'gate' | 'criterion';
  /** What Claude is told to do about it; nothing of it comes from outside. Null when Claude cannot do anything about it. */
  order: string | null;
  /** What belongs to it and comes from outside: names of files, output of a program. */
  data: string | null;
}

const NAMES = 5;
/** Names that Claude is told; it can list them itself. */
const DATA_NAMES = 50;

/** All that is missing in repository, remote and forge. */
export function missingOf(facts: DeliveryFacts): Missing[] {
  return [...offBranch(facts), ...uncommitted(facts), ...nothing(facts), ...away(facts)];
}

/** Whether there is something that gates could test: commits, and nothing beside them. */
export function isTestable(facts: DeliveryFacts): boolean {
  return facts.ahead > 0 && facts.uncommitted === 0 && facts.checkedOut === facts.branch;
}

function missing(
  key: string,
  title: string,
  order: string | null,
  data: string | null = null,
): Missing {
  return { kind: 'missing', key, title: oneVisibleLine(title, 300), order, data };
}

function offBranch({ checkedOut, branch }: DeliveryFacts): Missing[] {
  if (checkedOut === branch) return [];
  const where = checkedOut === null ? 'no branch is checked out' : `${checkedOut} is checked out`;
  return [
    missing(
      `branch ${checkedOut}`,
      `${where} instead of ${branch}`,
      'The work has to be on the branch of this session, which is named below. Bring your commits there and leave it checked out.',
      `branch of this session: ${branch}`,
    ),
  ];
}

function uncommitted({ uncommitted: count, files }: DeliveryFacts): Missing[] {
  if (count === 0) return [];
  const shown = files.slice(0, NAMES).join(', ');
  const more = files.length > NAMES || files.length < count ? ', …' : '';
  const names = shown === '' ? '' : `: ${shown}${more}`;
  const are = count === 1 ? '1 file is changed' : `${count} files are changed`;
  return [
    missing(
      `uncommitted ${[...files].sort().join('\n')} ${count}`,
      `${are} and not committed${names}`,
      'Files are changed and not committed. Commit what belongs to the task; remove what does not, or let .gitignore name it. Leave the working tree clean.',
      files.length === 0 ? null : files.slice(0, DATA_NAMES).join('\n'),
    ),
  ];
}

function nothing({ ahead, uncommitted: count, base }: DeliveryFacts): Missing[] {
  if (ahead > 0) return [];
  const title =
    count > 0
      ? `nothing is committed on top of ${base}`
      : `no file is changed and nothing is committed on top of ${base}`;
  return [
    missing(
      'nothing',
      title,
      'There is no commit of this task yet. Do what it asks for and commit it with a message that says why.',
    ),
  ];
}

/** What has to leave this machine. */
function away(facts: DeliveryFacts): Missing[] {
  if (facts.push === 'local') return [];
  if (facts.remote === null) {
    return [missing('remote', 'the project has no remote to push to', null)];
  }
  const pushed = unpushed(facts, facts.remote);
  return facts.push === 'pr' ? [...pushed, ...withoutPullRequest(facts)] : pushed;
}

function unpushed(facts: DeliveryFacts, remote: string): Missing[] {
  const { ahead, head, remoteHead, pullRequest } = facts;
  if (ahead === 0 || remoteHead === head) return [];
  if (pullRequest?.state === 'open' && pullRequest.headCommit === head) return [];
  const push = `\`git push ${remote} HEAD\``;
  const count = facts.unpushed;
  const title =
    count > 0
      ? `${count === 1 ? '1 commit is' : `${count} commits are`} not pushed`
      : `the branch on ${remote} is not what the worktree has`;
  return [
    missing(
      'push',
      title,
      `The remote does not have your last commit. Push it with ${push}. When that is refused because there are newer commits, \`git pull --rebase ${remote} <the branch>\` and push again.`,
    ),
  ];
}

function withoutPullRequest({ pullRequest, forge, base }: DeliveryFacts): Missing[] {
  if (pullRequest?.state === 'open') return [];
  if (pullRequest !== null) {
    const title = `its pull request #${pullRequest.number} is ${pullRequest.state}`;
    return [missing(`pull request ${pullRequest.number}`, title, null)];
  }
  if (!forge) {
    const title = 'there is no pull request, and claustre knows no forge of this project';
    return [missing('forge', title, null)];
  }
  return [
    missing(
      'pull request',
      'there is no pull request',
      `There is no pull request of this branch. Open one against the base branch with \`gh pr create --base ${base}\`. Its body says what changed, why, and how it was tested.`,
    ),
  ];
}

/** A criterion that was judged as not met. */
export function missingCriterion({ position, text, evidence, headCommit }: Criterion): Missing {
  return {
    kind: 'criterion',
    key: `${position}@${headCommit}`,
    title: oneVisibleLine(`criterion ${position + 1} is not met: ${text}`, 300),
    order: 'An acceptance criterion was judged as not met. Make it true.',
    data: [`criterion: ${text}`, `what was seen: ${evidence ?? 'nothing'}`].join('\n'),
  };
}
