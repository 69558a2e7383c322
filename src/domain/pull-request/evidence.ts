import { type Check, checkKey, checkTitle, sharesName } from './checks.ts';
import { type Feedback, isUndecided, newestStatement } from './feedback.ts';
import { oneVisibleLine, visibleComment } from './message/fence.ts';
import type { PullRequest } from './pull-request.ts';
import type { Evidence } from './round.ts';
import { placeOf } from './verdict.ts';

/** One reason for a round, with what Claude is told of it. All of it comes from outside. */
export interface Finding extends Evidence {
  kind: 'check' | 'conflict' | 'review' | 'feedback';
  /** What it is about, as `name: value` lines, and then its text. */
  facts: readonly (readonly [name: string, value: string])[];
  text: string | null;
  /** The check whose log is at hand. */
  check: Check | null;
  /** What was said, where it is that; it is to be answered. */
  feedbackId: string | null;
}

/** What is looked at for findings. */
export interface EvidenceFacts {
  pullRequest: PullRequest;
  feedback: readonly Feedback[];
  /** Whether what reviewers say is left to the review loop. */
  loop: boolean;
  /** Whether checks count that failed and that the base branch does not require. */
  optional: boolean;
}

/** More than this goes into the next round: a prompt with everything would be read badly. */
const MOST = 20;

/** Everything that stands against a pull request and that Claude can do something about. Unknown facts are no findings. */
export function findings({ pullRequest, feedback, loop, optional }: EvidenceFacts): Finding[] {
  if (pullRequest.state !== 'open') return [];
  const said = loop ? [] : feedback.filter(isUndecided).map(saidFinding);
  return [...failingChecks(pullRequest, optional), ...conflict(pullRequest), ...said].slice(
    0,
    MOST,
  );
}

/** What is kept of findings, and shown to people. */
export function evidenceOf(found: readonly Evidence[]): Evidence[] {
  return found.map(({ kind, key, title }) => ({ kind, key, title }));
}

function failingChecks(pullRequest: PullRequest, optional: boolean): Finding[] {
  const { checks } = pullRequest;
  if (checks !== 'failed' && !(optional && checks === 'failed_optional')) return [];
  const { checkRuns, headCommit } = pullRequest;
  return failing(pullRequest, optional).map((check) => {
    const isShared = sharesName(check, checkRuns);
    const title = isShared ? checkTitle(check) : check.name;
    return {
      kind: 'check',
      key: `${isShared ? checkKey(check) : check.name}@${headCommit}`,
      title: oneVisibleLine(title),
      facts: [['check', title], ...(check.url === null ? [] : ([['page', check.url]] as const))],
      text: null,
      check,
      feedbackId: null,
    };
  });
}

/** The checks that failed; those that the base branch requires come first, and alone where the others do not count. */
function failing({ checkRuns }: Pick<PullRequest, 'checkRuns'>, optional: boolean): Check[] {
  const failed = checkRuns.filter(({ meaning }) => meaning === 'failed');
  const required = failed.filter((check) => check.required !== false);
  if (required.length === 0) return failed;
  return optional ? [...required, ...failed.filter((check) => check.required === false)] : required;
}

function conflict({ mergeable, base, baseCommit, headCommit }: PullRequest): Finding[] {
  if (mergeable !== 'conflicting') return [];
  return [
    {
      kind: 'conflict',
      key: `${base}@${baseCommit} ${headCommit}`,
      title: oneVisibleLine(`conflict with ${base ?? 'its base'}`),
      facts: base === null ? [] : [['base branch', base]],
      text: null,
      check: null,
      feedbackId: null,
    },
  ];
}

function saidFinding(feedback: Feedback): Finding {
  const newest = newestStatement(feedback);
  const place = placeOf(feedback);
  const by = newest?.author ?? 'somebody';
  const state = feedback.state === 'changes_requested' ? 'requests changes' : null;
  const first = oneVisibleLine(visibleComment(newest?.body ?? ''), 80);
  return {
    kind: state === null ? 'feedback' : 'review',
    key: `${feedback.id} ${newest?.id ?? ''}`,
    title: oneVisibleLine(`${by}${place === null ? '' : ` on ${place}`}: ${first}`, 160),
    facts: [
      ['from', state === null ? by : `${by}, who ${state}`],
      ...(place === null ? [] : ([['place', place]] as const)),
      ...(feedback.outdated ? ([['note', 'the lines have changed since']] as const) : []),
    ],
    text: spoken(feedback),
    check: null,
    feedbackId: feedback.id,
  };
}

/** A conversation as trusted people and ourselves led it; what strangers said in between is left out. */
function spoken({ statements }: Feedback): string {
  const kept = statements.filter(({ trust }) => trust !== 'untrusted');
  const [only] = kept;
  if (kept.length === 1 && only !== undefined) return visibleComment(only.body);
  return kept
    .map(({ author, trust, body }) => {
      const who = trust === 'ours' ? 'you' : (author ?? 'somebody');
      return `${who}:\n${visibleComment(body)}`;
    })
    .join('\n\n');
}

/** Whether two lists name the same reasons. */
export function isSameEvidence(one: readonly Evidence[], other: readonly Evidence[]): boolean {
  const keys = (list: readonly Evidence[]) => list.map(({ kind, key }) => `${kind} ${key}`).sort();
  return JSON.stringify(keys(one)) === JSON.stringify(keys(other));
}
