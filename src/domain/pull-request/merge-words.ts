import { failedChecks } from './checks.ts';
import { numbers } from './landing.ts';
import type { ChildPullRequest, MergePlan, MergeReading } from './merge.ts';
import type { MergeMethod, PullRequest } from './pull-request.ts';

const VERBS: Record<MergeMethod, string> = {
  merge: 'Merge',
  squash: 'Squash-merge',
  rebase: 'Rebase-merge',
};

type Facts = Pick<
  PullRequest,
  'repository' | 'number' | 'checks' | 'checksNote' | 'checkRuns' | 'approvedBy' | 'review'
>;

/** What is lost in the worktree when the session ends, and what is done to the branch. */
export interface MergeEffects {
  /** The branch is deleted on this remote; null when it stays, with the reason beside. */
  deletesOn: string | null;
  keeps: string | null;
  /** Pull requests onto the branch that get its base first. */
  retargets: readonly Pick<ChildPullRequest, 'number'>[];
  /** Files that are not committed; they are saved. */
  uncommitted: number;
  /** There is a session to end. */
  endsSession: boolean;
}

/** Everything that a merge will do, in the order in which it does it: the question before it. */
export function sayMergePlan(
  plan: MergePlan,
  reading: MergeReading,
  facts: Facts,
  effects: MergeEffects,
): string {
  const what = `${facts.repository}#${facts.number} "${plain(reading.title)}" (${describe(reading, facts)})`;
  const ready = plan.ready ? ['mark it as ready first'] : [];
  if (plan.way === 'auto') {
    return sentences(
      `Have GitHub ${VERBS[plan.method].toLowerCase()} ${what} into ${reading.base} as soon as it may?`,
      ready,
    );
  }
  if (plan.way === 'queue') {
    return sentences(`Put ${what} into the merge queue of ${reading.base}?`, ready);
  }
  const { base, head } = reading;
  const branch = reading.rules.deletesBranch
    ? [`GitHub deletes ${head}`]
    : effects.deletesOn === null
      ? effects.keeps === null
        ? []
        : [`keep ${head} on the remote, since ${effects.keeps}`]
      : [`delete ${head} on ${effects.deletesOn}`];
  const files =
    effects.uncommitted === 1
      ? '1 uncommitted file is saved'
      : `${effects.uncommitted} uncommitted files are saved`;
  const end = effects.endsSession
    ? [`end the session${effects.uncommitted === 0 ? '' : ` (${files})`}`]
    : [];
  return sentences(`${VERBS[plan.method]} ${what} into ${base}?`, [
    ...ready,
    ...(effects.retargets.length === 0
      ? []
      : [`retarget ${numbers(effects.retargets)} to ${base} first`]),
    ...branch,
    ...end,
  ]);
}

/** A question and, after it, what is done along with it. */
function sentences(question: string, along: readonly string[]): string {
  if (along.length === 0) return question;
  const [last = '', ...before] = along.toReversed();
  const list = before.length === 0 ? last : `${before.toReversed().join('; ')}; then ${last}`;
  return `${question} Also: ${list}.`;
}

function describe({ commits, headCommit }: MergeReading, facts: Facts): string {
  return [
    commits === 1 ? '1 commit' : `${commits} commits`,
    `head ${headCommit.slice(0, 7)}`,
    checkWords(facts),
    facts.approvedBy.length > 0
      ? `approved by ${facts.approvedBy.join(', ')}`
      : facts.review === 'approved'
        ? 'approved'
        : 'no approval',
  ].join(', ');
}

function checkWords({ checks, checksNote, checkRuns }: Facts): string {
  switch (checks) {
    case null:
      return 'checks not known';
    case 'none':
      return 'no checks';
    case 'pending':
      return 'checks still running';
    case 'failed':
    case 'failed_optional': {
      const names = failedChecks(checkRuns).slice(0, 3).join(', ');
      return `a check that is not required failed${names === '' ? '' : `: ${names}`}`;
    }
    case 'attention':
      return checksNote === null ? 'checks need attention' : `checks: ${checksNote}`;
    default:
      return `checks ${checks}`;
  }
}

/** Text of others in a sentence: one line, no control characters. */
const plain = (text: string): string => text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
