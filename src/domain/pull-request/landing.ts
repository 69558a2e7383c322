import type { Session } from '#domain/session.ts';
import type { MergeReading } from './merge.ts';
import type { PullRequest } from './pull-request.ts';

/**
 * Whether claustre made the branch of a pull request. Only then it is deleted, and what goes onto it is given another base: what goes onto a
 * branch of others, which may live on, is theirs.
 */
export function isOwnBranch(
  session: Pick<Session, 'ownBranch' | 'branch'> | null,
  { head }: Pick<MergeReading, 'head'>,
): boolean {
  return session?.ownBranch === true && session.branch === head;
}

/**
 * Why the branch of a pull request stays on the remote after the merge, in one phrase; null when it may be deleted. A branch that others
 * build on must stay: GitHub closes a pull request whose base is deleted.
 */
export function whyKeepBranch(
  reading: Pick<
    MergeReading,
    'head' | 'base' | 'fork' | 'headProtected' | 'children' | 'sameHead' | 'incomplete'
  > & { rules: Pick<MergeReading['rules'], 'defaultBranch'> },
  { wanted, ownBranch }: { wanted: boolean; ownBranch: boolean },
): string | null {
  const { head, children, sameHead } = reading;
  if (!wanted) return 'the settings keep it';
  if (!ownBranch) return 'claustre did not make it';
  if (reading.fork) return 'it lies in a fork';
  if (head === reading.base || head === reading.rules.defaultBranch) return 'others work on it';
  if (reading.headProtected) return 'it is protected';
  if (children.length > 0) return `${numbers(children)} would be closed`;
  if (sameHead.length > 0) return `${numbers(sameHead.map((number) => ({ number })))} shows it`;
  return reading.incomplete ? 'not all pull requests of it could be read' : null;
}

/** Pull requests in a sentence. */
export function numbers(pulls: readonly { number: number }[]): string {
  const list = pulls.map(({ number }) => `#${number}`).join(', ');
  return `pull request${pulls.length === 1 ? '' : 's'} ${list}`;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const STEPS = [MINUTE, 5 * MINUTE, 30 * MINUTE];

/** How long to wait after this many landings of one pull request that were not finished. */
export function landingWait(failures: number): number {
  return STEPS[failures - 1] ?? 60 * MINUTE;
}

/**
 * Whether somebody stays for what a merge has left to do: where nobody does, a branch that could not be deleted at once would stay for good. What
 * did not go for a day is tried only when somebody is there anyway. `now` in milliseconds since 1970.
 */
export function isLanding(
  { state, landedAt, mergedAt }: Pick<PullRequest, 'state' | 'landedAt' | 'mergedAt'>,
  now: number,
): boolean {
  if (state !== 'merged' || landedAt !== null || mergedAt === null) return false;
  return now - Date.parse(mergedAt) < DAY;
}
