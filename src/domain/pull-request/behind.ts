import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import { compareTasks } from '#domain/task-order.ts';
import { isOfSession, type PullRequest } from './pull-request.ts';
import type { FixPolicy } from './round.ts';

/** When a branch was moved last, and to which commit. */
export interface LastMove {
  /** Milliseconds since 1970. */
  at: number;
  head: string;
}

/** A task with an open pull request, as far as bringing it up to its base is concerned. */
export interface Sibling {
  task: Pick<Task, 'id' | 'status' | 'priority' | 'position' | 'completedAt'>;
  pullRequest: Pick<
    PullRequest,
    | 'host'
    | 'repository'
    | 'base'
    | 'state'
    | 'mergeState'
    | 'mergeable'
    | 'queued'
    | 'checks'
    | 'headCommit'
    | 'readAt'
  >;
  /** Whether it is moved without being asked: its failures are mended by themselves, too. */
  automatic: boolean;
  lastMove: () => LastMove | null;
}

/** That a branch is brought up to its base without being asked, sooner or later. */
export interface Refresh {
  /** Why the last try failed; null while nothing stands against it. */
  held: string | null;
}

/** How a task is brought up to its base without being asked; null when only a person does it, or nothing is to be done. */
export function refreshOf(
  task: Pick<Task, 'status' | 'push'>,
  session: Session | null,
  pullRequest: PullRequest | null,
  { policy, held }: { policy: FixPolicy; held: string | null },
): Refresh | null {
  if (task.push !== 'pr' || pullRequest === null || session === null) return null;
  if (session.state !== 'open' || session.stackedOn !== null) return null;
  if (!isOfSession(pullRequest, session)) return null;
  return needsIt({ task, pullRequest, automatic: policy === 'automatic' }) ? { held } : null;
}

const MINUTE = 60_000;
/** Checks that take longer keep no other from its turn. */
const SETTLE_MS = 60 * MINUTE;
/** GitHub shows a push within seconds; a head that still differs after this was pushed by somebody else. */
const SEEN_MS = 2 * MINUTE;

/**
 * Which pull requests are brought up to their base next: at most one for each base, since what is merged after it puts all others behind again.
 * Only those that need it (GitHub says behind, and could be merged else), and none while the one before has not settled.
 */
export function nextBehind<Each extends Sibling>(siblings: readonly Each[], now: number): Each[] {
  const bases = Map.groupBy(siblings, ({ pullRequest: { host, repository, base } }) =>
    JSON.stringify([host, repository, base]),
  );
  return [...bases.values()].flatMap((each): Each[] => {
    const [first] = each.filter(needsIt).toSorted((a, b) => compareTasks(a.task, b.task));
    return first === undefined || each.some((one) => isSettling(one, now)) ? [] : [first];
  });
}

/** Whether it needs it, and nothing speaks against doing it unasked. GitHub refuses a push to what stands in its queue. */
function needsIt({
  task,
  pullRequest,
  automatic,
}: {
  task: Pick<Task, 'status'>;
  pullRequest: Pick<PullRequest, 'state' | 'mergeState' | 'mergeable' | 'queued'>;
  automatic: boolean;
}): boolean {
  const { state, mergeState, mergeable, queued } = pullRequest;
  if (!automatic || state !== 'open' || queued) return false;
  const delivered = task.status === 'in_review' || task.status === 'ci_failed';
  return delivered && mergeState === 'behind' && mergeable !== 'conflicting';
}

function isSettling({ pullRequest, ...sibling }: Sibling, now: number): boolean {
  const lastMove = sibling.lastMove();
  if (lastMove === null || pullRequest.state !== 'open' || now - lastMove.at > SETTLE_MS) {
    return false;
  }
  const { headCommit, readAt, checks, mergeable } = pullRequest;
  if (headCommit !== lastMove.head) {
    return readAt === null || Date.parse(readAt) < lastMove.at + SEEN_MS;
  }
  return checks === null || checks === 'pending' || mergeable === null;
}
