import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import type { TaskStatus } from './task.ts';

/**
 * What has to have become of a task before the one that waits for it can begin: `done` it is done; `merged` its pull request is merged, so
 * that its commits are in the base, which a task that a person called done may not have; `pr_green` its pull request is open,
 * without conflict and its checks are good, so that the other is stacked on its branch.
 */
export const UNTILS = ['done', 'merged', 'pr_green'] as const;
export type Until = (typeof UNTILS)[number];

/** A task that another one waits for. */
export interface After {
  id: number;
  until: Until;
}

/** What was asked or kept: a bare number means that the task has to be done. */
export function toAfter(asked: number | After): After {
  return typeof asked === 'number' ? { id: asked, until: 'done' } : asked;
}

const UNTIL_WORDS: Record<Until, string> = { done: '', merged: ' merged', pr_green: ' green' };

/** `#12`, `#12 merged` or `#12 green`, for sentences and lists. */
export function afterWords(after: readonly (number | After)[]): string {
  const words = (each: number | After): string => {
    const { id, until } = toAfter(each);
    return `#${id}${UNTIL_WORDS[until]}`;
  };
  return after.map(words).join(', ');
}

/** What ends the wait for them, in sentences. */
export function endOfWait(after: readonly After[]): string {
  const undone = after.filter(({ until }) => until === 'done');
  const unmerged = after.filter(({ until }) => until === 'merged');
  const notGreen = after.filter(({ until }) => until === 'pr_green');
  return [
    ...(undone.length === 0 ? [] : [`Finish ${afterWords(undone)} first.`]),
    ...unmerged.map(({ id }) => `The pull request of #${id} must be merged.`),
    ...notGreen.map(({ id }) => `The pull request of #${id} must be open with good checks.`),
  ].join(' ');
}

/** Those of them that ask for something else than done, by id, as JSON shows it beside the plain ids. */
export function untilById(after: readonly After[]): Record<string, Until> {
  const other = after.filter(({ until }) => until !== 'done');
  return Object.fromEntries(other.map(({ id, until }) => [id, until]));
}

/** What such a JSON says, put together again. */
export function afterOf(view: {
  after: readonly number[];
  afterUntil: Record<string, Until>;
}): After[] {
  return view.after.map((id) => ({ id, until: view.afterUntil[id] ?? 'done' }));
}

/** What is known of a task that another one waits for. `pullRequest` is the one that it follows. */
export interface AwaitedFacts {
  status: TaskStatus;
  pullRequest: Pick<PullRequest, 'state' | 'checks' | 'mergeable'> | null;
}

/** Whether the wait is over. What is not known of a pull request is no green light, and a later conflict or failure puts it out again. */
export function isMet(until: Until, { status, pullRequest }: AwaitedFacts): boolean {
  if (until === 'merged' && pullRequest !== null) return pullRequest.state === 'merged';
  if (status === 'done') return true;
  if (until !== 'pr_green') return false;
  // What was merged needs no branch to be stacked on: the task begins where it went.
  if (pullRequest?.state === 'merged') return true;
  if (status !== 'in_review' || pullRequest?.state !== 'open') return false;
  if (pullRequest.mergeable === 'conflicting') return false;
  const { checks } = pullRequest;
  return checks === 'passed' || checks === 'skipped' || checks === 'none';
}

/** Whether the wait is over for good: what is green today may be red tomorrow, and its branch is still needed. */
export function isOver(until: Until, facts: AwaitedFacts): boolean {
  if (until !== 'pr_green') return isMet(until, facts);
  return facts.status === 'done' || facts.pullRequest?.state === 'merged';
}

/** Whether adding `from → to` ("from waits for to") would close a circle; returns the circle for the sentence, or null. */
export function findCycle(
  edges: readonly { taskId: number; afterId: number }[],
  from: number,
  to: number,
): number[] | null {
  const after = new Map<number, number[]>();
  for (const edge of edges) {
    after.set(edge.taskId, [...(after.get(edge.taskId) ?? []), edge.afterId]);
  }
  const seen = new Set<number>();
  const walk = (id: number, path: number[]): number[] | null => {
    if (id === from) return [from, ...path];
    if (seen.has(id)) return null;
    seen.add(id);
    for (const next of after.get(id) ?? []) {
      const found = walk(next, [...path, next]);
      if (found !== null) return found;
    }
    return null;
  };
  return walk(to, [to]);
}
