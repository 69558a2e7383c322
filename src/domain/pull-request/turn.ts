import { isAsking } from '#domain/activity.ts';
import type { Session } from '#domain/session.ts';
import { type StackState, wayOut } from '#domain/stack.ts';
import { isReviewed, type Task } from '#domain/task.ts';
import { isAtWork } from './after-merge.ts';
import type { Refresh } from './behind.ts';
import { failedChecks } from './checks.ts';
import type { Feedback } from './feedback.ts';
import type { FixState } from './fix.ts';
import type { HostState } from './host.ts';
import { isReadyToMerge, type PullRequest } from './pull-request.ts';
import { commentWords, isReviewersTurn, reviewWords, some } from './reviewer-words.ts';
import type { Round } from './round.ts';
import { staleness } from './stale.ts';

/** The parent is the task that a stacked one begins on. */
export const TURN_HOLDERS = [
  'you',
  'claude',
  'claustre',
  'checks',
  'reviewers',
  'parent',
  'github',
] as const;
export type TurnHolder = (typeof TURN_HOLDERS)[number];

/** Why it is somebody's turn; those of a person that wait in the inbox have the name that they have there. */
export const TURN_KINDS = [
  'asks',
  'works',
  'conflict',
  'ci_failed',
  'comments',
  'closed',
  'unsure',
  'attention',
  'draft',
  'ready_to_merge',
  'merging',
  'running',
  'review',
  'parent',
  'refresh',
  'unread',
  'unknown',
] as const;
export type TurnKind = (typeof TURN_KINDS)[number];

/** Whose turn a task in review is. */
export interface Turn {
  /** Null when that is not known. */
  of: TurnHolder | null;
  kind: TurnKind;
  /** Why, in one phrase. Names in it are text from outside. */
  text: string;
}

/** Before "turn". */
export function whoseWords(of: TurnHolder): string {
  const words: Record<TurnHolder, string> = {
    you: 'your',
    claude: "Claude's",
    claustre: "claustre's",
    checks: "the checks'",
    reviewers: "the reviewers'",
    parent: "its parent's",
    github: "GitHub's",
  };
  return words[of];
}

export interface TurnFacts {
  task: Pick<Task, 'id' | 'status' | 'push' | 'loop'>;
  session: (Pick<Session, 'activity'> & Partial<Pick<Session, 'stackedOn' | 'leftOut'>>) | null;
  pullRequest: PullRequest | null;
  /** How it stands to the task that it is stacked on; null or absent when it is not stacked. */
  stack?: StackState | null;
  /** How it is brought up to its base without being asked; null or absent when it is not. */
  refresh?: Refresh | null;
  /** The newest round of the task. */
  round: Pick<Round, 'kind' | 'evidence' | 'endedAt'> | null;
  feedback: readonly Feedback[];
  fix: FixState | null;
  host: Pick<HostState, 'trouble' | 'troubleSince'> | null;
  /** Milliseconds since 1970. */
  now: number;
}

/** What others do goes on while nobody can look; after this long nobody knows any more whether they still do. */
const BELIEVED_MS = 10 * 60_000;

/** Whose turn it is; null for a task that is not in review. What a person must do stays theirs however old the news is. */
export function turnOf(facts: TurnFacts): Turn | null {
  const { task, session, pullRequest } = facts;
  if (!isReviewed(task.status)) return null;
  const activity = session?.activity ?? null;
  if (activity !== null && isAsking(activity.name)) {
    return turn('you', 'asks', activity.detail ?? `Claude asks: ${activity.name}`);
  }
  if (task.push === 'local') return localTurn(facts);
  if (pullRequest?.state === 'closed') return turn('you', 'closed', 'closed unmerged');
  if (pullRequest?.state === 'merged') return mergedTurn(facts);
  const found =
    roundTurn(facts) ??
    blocked(facts, pullRequest) ??
    workingTurn(facts) ??
    openTurn(facts, pullRequest);
  if (pullRequest === null) return found;
  return found.of === 'you' ? found : (unreadTurn(facts, pullRequest) ?? found);
}

function turn(of: TurnHolder | null, kind: TurnKind, text: string): Turn {
  return { of, kind, text };
}

/** It was merged, and the task is not done: something goes on in its session, or stands there. */
function mergedTurn({ session }: TurnFacts): Turn {
  if (session !== null && isAtWork(session)) {
    return turn('claude', 'works', 'works on, though it was merged');
  }
  const leftOut = session?.leftOut ?? null;
  if (leftOut !== null) return turn('you', 'unsure', `merged, but ${leftOut}`);
  return turn(null, 'unknown', 'merged; its worktree is looked at');
}

function localTurn(facts: TurnFacts): Turn {
  const round = roundTurn(facts);
  if (round !== null) return round;
  if (facts.task.status === 'conflict')
    return evidence(facts, 'conflict', 'conflicts with its base');
  return workingTurn(facts) ?? turn('you', 'ready_to_merge', 'ready to merge');
}

function roundTurn({ round }: TurnFacts): Turn | null {
  if (round === null || round.endedAt !== null) return null;
  if (round.kind === 'review') return turn('claude', 'works', 'judges the comments');
  const titles = some(round.evidence.map(({ title }) => title));
  return turn('claude', 'works', titles === '' ? 'works on it' : `fixes ${titles}`);
}

/** Without a round nobody knows what Claude works on: least of all that it is what stands against the merge. */
function workingTurn({ session }: TurnFacts): Turn | null {
  return session?.activity.name === 'working' ? turn('claude', 'works', 'works on it') : null;
}

/** What stands against a merge and is Claude's to mend, or the person's where Claude does not go on by itself. */
function blocked(facts: TurnFacts, pullRequest: PullRequest | null): Turn | null {
  const { status, loop } = facts.task;
  if (status === 'conflict' || pullRequest?.mergeable === 'conflicting') {
    return evidence(facts, 'conflict', `conflicts with ${pullRequest?.base ?? 'its base'}`);
  }
  if (status === 'ci_failed' || pullRequest?.checks === 'failed') {
    const names = pullRequest === null ? '' : some(failedChecks(pullRequest.checkRuns));
    return evidence(facts, 'ci_failed', names === '' ? 'checks failed' : `failed: ${names}`);
  }
  if (pullRequest === null) return null;
  const said = commentWords(pullRequest, facts.feedback);
  if (said === null) return null;
  const loops = loop && facts.session !== null && facts.fix?.kind !== 'held';
  return loops
    ? turn('claude', 'works', `judges next: ${said}`)
    : evidence(facts, 'comments', said);
}

function evidence({ fix }: TurnFacts, kind: TurnKind, text: string): Turn {
  if (fix?.kind === 'running') return turn('claude', 'works', fix.text);
  return turn('you', kind, fix?.kind === 'held' ? `${text}; ${fix.text}` : text);
}

function openTurn(facts: TurnFacts, pullRequest: PullRequest | null): Turn {
  const found = unblockedTurn(facts, pullRequest);
  // It was mostly turned off on purpose: it is said beside what there is to do now, and asks for nothing itself.
  return pullRequest?.mergeStopped === 'auto_merge'
    ? { ...found, text: `${found.text}; auto-merge was turned off` }
    : found;
}

function unblockedTurn(
  { task, feedback, session, stack = null, refresh = null }: TurnFacts,
  pullRequest: PullRequest | null,
): Turn {
  if (stack?.kind === 'left') {
    return turn('you', 'attention', `${stack.reason}; ${wayOut(task)} moves it`);
  }
  if (pullRequest === null) return turn(null, 'unknown', 'its pull request is not known');
  const {
    checks,
    checksNote,
    queued,
    autoMerge,
    mergeStopped,
    draft,
    base,
    mergeable,
    mergeState,
  } = pullRequest;
  if (checks === 'attention') return turn('you', 'attention', checksNote ?? 'checks need a person');
  if (queued) return turn('github', 'merging', 'in the merge queue');
  if (checks === 'pending') return turn('checks', 'running', runningWords(pullRequest));
  if (autoMerge !== null && !draft) {
    return turn('github', 'merging', `merges by itself (${autoMerge}) ${waitsFor(pullRequest)}`);
  }
  if (draft) return turn('you', 'draft', 'a draft to mark ready');
  if (mergeStopped === 'queue') {
    return turn('you', 'attention', 'left the merge queue without being merged');
  }
  const below = session?.stackedOn ?? null;
  if (isReadyToMerge(pullRequest)) {
    // It may ask for changes.
    if (pullRequest.feedbackMark !== pullRequest.feedbackRead) {
      return turn(null, 'unknown', 'what reviewers said is not read yet');
    }
    // Merged now it would go into the branch of another task, and not where that one goes.
    return below === null
      ? turn('you', 'ready_to_merge', 'ready to merge')
      : turn('parent', 'parent', `waits for #${below}, which it is stacked on`);
  }
  if (checks === null) {
    return checksNote === null
      ? turn(null, 'unknown', 'checks not known')
      : turn('checks', 'running', `waits for checks: ${checksNote}`);
  }
  if (isReviewersTurn(pullRequest)) return turn('reviewers', 'review', reviewWords(pullRequest));
  if (mergeable === null) return turn(null, 'unknown', 'not known whether it can be merged');
  if (mergeState === 'behind') return behindTurn(refresh, base ?? 'its base');
  const open = pullRequest.unresolvedThreads ?? feedback.filter((each) => !each.resolved).length;
  if (open > 0 && mergeState === 'blocked') {
    return turn(
      'you',
      'attention',
      open === 1 ? 'a thread to resolve' : `${open} threads to resolve`,
    );
  }
  if (mergeState === 'blocked') return turn('you', 'attention', 'GitHub does not let it be merged');
  return turn(null, 'unknown', 'not known whether it can be merged');
}

function behindTurn(refresh: Refresh | null, base: string): Turn {
  const words = `brought up to date with ${base}`;
  if (refresh === null) return turn('you', 'attention', `must be ${words}`);
  const { held } = refresh;
  return held === null
    ? turn('claustre', 'refresh', `will be ${words}`)
    : turn('you', 'attention', `cannot be ${words}: ${held.replace(/\.$/, '')}`);
}

function waitsFor({ review, mergeState, base }: PullRequest): string {
  if (review === 'required' || review === 'changes_requested') return 'once it is approved';
  return mergeState === 'behind'
    ? `once it is up to date with ${base ?? 'its base'}`
    : 'when it may';
}

function runningWords({ checkRuns, checksNote }: PullRequest): string {
  if (checksNote !== null) return checksNote;
  const running = checkRuns.filter(({ meaning }) => meaning === 'pending').length;
  if (running === 0) return 'running';
  return `${checkRuns.length - running} of ${checkRuns.length} ended`;
}

function unreadTurn({ host, now }: TurnFacts, pullRequest: PullRequest): Turn | null {
  const { readAt } = pullRequest;
  if (readAt === null) return turn(null, 'unread', 'not read yet');
  if (staleness(pullRequest, host, now) === null) return null;
  if (now - Date.parse(readAt) < BELIEVED_MS) return null;
  return turn(null, 'unread', `not read since ${readAt}`);
}
