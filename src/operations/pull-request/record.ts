import type { App } from '#app.ts';
import type { NewEvent } from '#domain/event.ts';
import { failedChecks } from '#domain/pull-request/checks.ts';
import { isOfSession, type PullRequest, reviewEvent } from '#domain/pull-request/pull-request.ts';
import type { Task, TaskEvent } from '#domain/task.ts';
import { applyTaskEvent } from '#operations/task/apply.ts';

type Columns = Partial<Omit<PullRequest, 'id' | 'taskId'>>;

/** What a person cares about: a change of one of these is an event. */
const TOLD = [
  'state',
  'draft',
  'base',
  'headCommit',
  'checks',
  'review',
  'mergeable',
  'autoMerge',
  'queued',
] as const satisfies readonly (keyof PullRequest)[];

const OWN_KINDS = {
  open: 'pull_request.reopened',
  merged: 'pull_request.merged',
  closed: 'pull_request.closed',
} as const;

/** Columns of `after` that differ from `before`. */
export function differences(before: PullRequest, after: PullRequest): Columns {
  const names = Object.keys(after) as (keyof PullRequest)[];
  const changed = names.filter(
    (name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]),
  );
  return Object.fromEntries(changed.map((name) => [name, after[name]]));
}

/**
 * What was read, under the address that GitHub told; under the known one where that address is
 * already another row's: a tool's output may have named it before the first was seen to have moved.
 */
export function underFreeAddress(
  { pullRequests }: Pick<App['store'], 'pullRequests'>,
  known: PullRequest,
  next: PullRequest,
): PullRequest {
  const { repository } = known;
  if (next.repository === repository) return next;
  const there = pullRequests.named(known.taskId, next);
  return there === null || there.id === known.id ? next : { ...next, repository };
}

/** The event that tells of the changes, or null when a person need not know. */
export function changeEvent(
  before: PullRequest,
  changes: Columns,
  task: Pick<Task, 'id' | 'projectId'>,
  at: string,
): NewEvent | null {
  const told = TOLD.filter((name) => changes[name] !== undefined);
  const failed = failedChecks(before.checkRuns);
  const fails = changes.checkRuns === undefined ? failed : failedChecks(changes.checkRuns);
  const names = JSON.stringify(fails) === JSON.stringify(failed) ? null : { failed, fails };
  if (told.length === 0 && names === null) return null;
  return {
    at,
    source: 'supervisor',
    taskId: task.id,
    projectId: task.projectId,
    kind: changes.state === undefined ? 'pull_request.update' : OWN_KINDS[changes.state],
    data: {
      number: before.number,
      from: {
        ...Object.fromEntries(told.map((name) => [name, before[name]])),
        ...(names === null ? {} : { failedChecks: names.failed }),
      },
      to: {
        ...Object.fromEntries(told.map((name) => [name, changes[name]])),
        ...(names === null ? {} : { failedChecks: names.fails }),
      },
      ...(changes.state === 'merged' ? { by: changes.mergedBy ?? before.mergedBy } : {}),
    },
  };
}

/**
 * What a pull request means for its task as both are now, or null for nothing. Only the one that
 * the task follows (its newest) and that is of its open session counts. A merge ends no open session by
 * itself: Claude may be at work in it, or its worktree hold more than was merged (see endMerged).
 */
export function meaning(app: Pick<App, 'store'>, pullRequest: PullRequest): TaskEvent | null {
  const { store } = app;
  const task = store.tasks.find(pullRequest.taskId);
  if (task === null || store.pullRequests.of(task.id)?.id !== pullRequest.id) return null;
  const session = store.sessions.openOf(task.id);
  if (!isOfSession(pullRequest, session)) return null;
  const event = reviewEvent(task.status, pullRequest);
  return event === 'merge' && session !== null ? null : event;
}

/** Lets the task follow its pull request. Call it inside `store.write`. */
export function follow(app: Pick<App, 'store'>, pullRequest: PullRequest, at: string): void {
  const event = meaning(app, pullRequest);
  if (event === null) return;
  applyTaskEvent(app.store, pullRequest.taskId, event, {
    at,
    source: 'supervisor',
    sessionId: app.store.sessions.openOf(pullRequest.taskId)?.id ?? null,
    data: {
      pullRequest: pullRequest.number,
      ...(event === 'ci_fail' ? { failedChecks: failedChecks(pullRequest.checkRuns) } : {}),
    },
  });
}

export function sameHost(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
