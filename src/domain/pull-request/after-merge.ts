import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import type { Session } from '#domain/session.ts';
import { describeSaved, type TrashEntry } from '#domain/trash.ts';

/** What a worktree holds that the merge of its pull request does not; null when the worktree cannot be read. */
export type Left = Pick<TrashEntry, 'commits' | 'changed' | 'untracked'> | null;

/**
 * What a merge means for the session of its task: `wait` Claude works on, and the end of its turn shows what is left; `ask` there is work that
 * was not merged, and a person must not find it gone; `end` nothing is lost, and task and session are done.
 */
export type AfterMerge = { kind: 'wait' } | { kind: 'ask'; leftOut: string } | { kind: 'end' };

/** Whether Claude is in the middle of something, be it a question or a usage limit that it waits for. */
export function isAtWork({ activity }: Pick<Session, 'activity'>): boolean {
  const { name } = activity;
  return name !== 'idle' && name !== 'ended' && name !== 'lost';
}

/**
 * What is left counts only when Claude rests: in the middle of a turn it says nothing. A session that a person opened again after the merge is
 * theirs to end.
 */
export function afterMerge(
  session: Pick<Session, 'activity' | 'movedAt'>,
  { mergedAt }: Pick<PullRequest, 'mergedAt'>,
  left: Left,
): AfterMerge {
  if (isAtWork(session)) return { kind: 'wait' };
  if (left === null) return { kind: 'ask', leftOut: 'its worktree cannot be read' };
  const words = describeSaved(left);
  if (words !== null) {
    return { kind: 'ask', leftOut: `the merge does not hold ${words} of its worktree` };
  }
  if (mergedAt !== null && session.movedAt > Date.parse(mergedAt)) {
    return { kind: 'ask', leftOut: 'its session was opened again since' };
  }
  return { kind: 'end' };
}
