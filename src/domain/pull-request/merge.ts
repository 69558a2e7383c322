import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import { failedChecks } from './checks.ts';
import type { Mergeability, MergeMethod, PullRequest, PullRequestState } from './pull-request.ts';

/** An open pull request whose base is the branch of another one: the next of a stack. */
export interface ChildPullRequest {
  nodeId: string;
  number: number;
  title: string;
  head: string;
  headCommit: string;
  /** Its head lies in somebody's fork. */
  fork: boolean;
}

/** What the repository lets people do. Null is not known. */
export interface MergeRules {
  archived: boolean;
  /** `admin maintain write triage read`, as GitHub says it of gh's login. */
  permission: string | null;
  methods: MergeMethod[];
  /** The one that its web page offers first. */
  defaultMethod: MergeMethod | null;
  autoMerge: boolean;
  /** GitHub itself deletes the branch of a merged pull request. */
  deletesBranch: boolean;
  defaultBranch: string | null;
}

/** Everything that matters for a merge, read in one request just before it and just after. */
export interface MergeReading {
  nodeId: string;
  number: number;
  title: string;
  state: PullRequestState;
  draft: boolean;
  base: string;
  head: string;
  headCommit: string;
  mergeCommit: string | null;
  mergedBy: string | null;
  /** How many commits it has. */
  commits: number;
  mergeable: Mergeability | null;
  mergeState: string | null;
  autoMerge: MergeMethod | null;
  queued: boolean;
  /** The base takes merges through a queue only. */
  queueNeeded: boolean;
  fork: boolean;
  /** A rule protects the head branch. */
  headProtected: boolean;
  rules: MergeRules;
  children: ChildPullRequest[];
  /** Numbers of other open pull requests of the same head branch. */
  sameHead: number[];
  /** Some of the children or of those of the same head could not be read. */
  incomplete: boolean;
}

/** What the person or the settings want; a method of null is the repository's own. */
export interface MergeWish {
  method: MergeMethod | null;
  /** Leave it to GitHub when it cannot be merged yet. */
  auto: boolean;
  /** Mark a draft as ready first. */
  ready: boolean;
}

/** What will be done: merge now, stand in the queue, or have GitHub merge it once it may. */
export interface MergePlan {
  way: 'now' | 'queue' | 'auto';
  method: MergeMethod;
  /** It is a draft that is marked as ready first. */
  ready: boolean;
}

type Facts = Pick<
  PullRequest,
  'checks' | 'checksNote' | 'checkRuns' | 'review' | 'changesRequestedBy' | 'unresolvedThreads'
>;

/** The last word on the method: the wished one, else the repository's own, else the first that it allows. */
function methodOf(wish: MergeWish, { methods, defaultMethod }: MergeRules): MergeMethod | Refusal {
  const allowed = methods.join(', ');
  if (wish.method !== null) {
    if (methods.includes(wish.method)) return wish.method;
    return refuse(
      `The repository does not allow the method "${wish.method}".`,
      allowed === '' ? 'Change that in its settings on GitHub.' : `It allows: ${allowed}.`,
    );
  }
  const own =
    defaultMethod !== null && methods.includes(defaultMethod) ? defaultMethod : methods[0];
  return own ?? refuse('The repository allows no method of merging.');
}

/** How a pull request would be merged now, or why it is not. */
export function planMerge(
  task: number,
  reading: MergeReading,
  facts: Facts,
  wish: MergeWish,
): MergePlan | Refusal {
  const name = `#${reading.number}`;
  const no = whyNever(task, reading, wish);
  if (no !== undefined) return no;
  const method = methodOf(wish, reading.rules);
  if (isRefusal(method)) return method;
  const ready = reading.draft;
  if (reading.queued) {
    return refuse(`Pull request ${name} stands in the merge queue already.`, 'GitHub merges it.');
  }
  const early = whyNotYet(task, reading, facts);
  if (early === undefined) return { way: reading.queueNeeded ? 'queue' : 'now', method, ready };
  if (!early.passes || !wish.auto) return early.refusal;
  if (reading.autoMerge !== null) {
    return refuse(`GitHub merges pull request ${name} by itself already, as soon as it may.`);
  }
  if (!reading.rules.autoMerge) {
    return refuse(
      `${early.refusal.reason} The repository does not allow GitHub to merge by itself.`,
      'Merge it later, or allow auto-merge in its settings on GitHub.',
    );
  }
  return { way: 'auto', method, ready };
}

/** Why it cannot be merged whatever time passes; undefined when nothing stands against it. */
function whyNever(task: number, reading: MergeReading, wish: MergeWish): Refusal | undefined {
  const name = `Pull request #${reading.number}`;
  const { rules } = reading;
  if (reading.state !== 'open') {
    return refuse(`${name} is ${reading.state}.`, `\`claustre reopen ${task}\` opens it again.`);
  }
  if (rules.archived) return refuse('The repository is archived: nothing can be merged in it.');
  if (rules.permission === 'read' || rules.permission === 'triage') {
    return refuse(
      `gh's login may not merge here: it may only ${rules.permission}.`,
      'Ask somebody who may write.',
    );
  }
  if (reading.draft && !wish.ready) {
    return refuse(
      `${name} is a draft.`,
      `\`claustre merge ${task} --ready\` marks it as ready and merges it.`,
    );
  }
  return undefined;
}

interface Early {
  refusal: Refusal;
  /** It passes by itself when checks end or somebody approves, so that GitHub can be left to wait for it. */
  passes: boolean;
}

/** Why it cannot be merged at this moment; undefined when it can. */
function whyNotYet(task: number, reading: MergeReading, facts: Facts): Early | undefined {
  const { base, mergeState } = reading;
  const name = `Pull request #${reading.number}`;
  const never = (reason: string, hint?: string): Early => ({
    refusal: refuse(reason, hint),
    passes: false,
  });
  const soon = (reason: string, hint = autoHint(task)): Early => ({
    refusal: refuse(reason, hint),
    passes: true,
  });
  if (reading.mergeable === 'conflicting' || mergeState === 'dirty') {
    return never(
      `${name} conflicts with ${base}.`,
      `Let Claude resolve them: claustre fix ${task}`,
    );
  }
  if (facts.review === 'changes_requested') {
    const who = facts.changesRequestedBy.join(', ');
    return never(
      `${who === '' ? 'A reviewer' : who} asked for changes.`,
      `Let Claude answer it: claustre fix ${task}`,
    );
  }
  if (facts.checks === 'failed') {
    const names = failedChecks(facts.checkRuns).slice(0, 5).join(', ');
    return never(
      `Checks failed${names === '' ? '' : `: ${names}`}.`,
      `See them: claustre checks ${task}. Let Claude fix them: claustre fix ${task}`,
    );
  }
  // A draft is blocked for that alone; of what else GitHub wants, only this is known before it is none.
  if (reading.draft && mergeState === 'draft') {
    const runs = facts.checkRuns.some((run) => run.meaning === 'pending' && run.required !== false);
    const hint = autoHint(task, '--ready --auto');
    if (runs) return soon('Checks that the base wants are still running.', hint);
    return facts.review === 'required' ? soon(`${name} needs an approval first.`, hint) : undefined;
  }
  if (reading.mergeable === null || mergeState === null) {
    return soon(
      `GitHub has not worked out yet whether ${name.toLowerCase()} can be merged.`,
      'Try again in a minute.',
    );
  }
  if (mergeState === 'behind') {
    return never(
      `The branch is behind ${base}, and ${base} takes only what is up to date.`,
      `Bring it up to date: claustre rebase ${task}`,
    );
  }
  if (mergeState !== 'blocked') return undefined;
  if (facts.checks === 'pending') return soon('Checks that the base wants are still running.');
  if (facts.review === 'required') return soon(`${name} needs an approval first.`);
  if ((facts.unresolvedThreads ?? 0) > 0) {
    return soon(`GitHub blocks it: ${facts.unresolvedThreads} conversations are unresolved.`);
  }
  const note = facts.checksNote === null ? '' : ` (${facts.checksNote})`;
  return soon(`GitHub blocks it: a rule of ${base} is not fulfilled${note}.`);
}

function autoHint(task: number, how = '--auto'): string {
  return `\`claustre merge ${task} ${how}\` leaves it to GitHub to merge it as soon as it may.`;
}
