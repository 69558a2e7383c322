import { z } from 'zod';
import type { App } from '#app.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { EventSource } from '#domain/event.ts';
import { isOwnBranch, numbers, whyKeepBranch } from '#domain/pull-request/landing.ts';
import type { ChildPullRequest, MergeReading } from '#domain/pull-request/merge.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import type { Session } from '#domain/session.ts';
import { defineOperation } from '#operations/operation.ts';
import { findTask } from '#operations/task/find.ts';

export interface Landed {
  /** Numbers of the pull requests that got another base. */
  retargeted: number[];
  /** What became of the branch on the remote; null when there is nothing of ours to delete. */
  branch: 'deleted' | 'gone' | 'kept' | null;
  /** Why it was kept. */
  why: string | null;
}

/**
 * Does what a merge leaves to do, whoever merged: other pull requests that go onto the merged branch get its base, and then the branch is
 * deleted on the remote. Refuses what may go better later, and is to be called again then; what is done is not done twice.
 */
export const landPullRequest = defineOperation({
  name: 'pull-request.land',
  summary: 'Retarget what was built on a merged branch, and delete the branch on the remote.',
  input: z.object({ id: z.number().int(), source: z.enum(['person', 'supervisor']) }),
  async run(app, { id, source }): Promise<Landed | Refusal> {
    const { store, gh } = app;
    const pullRequest = store.pullRequests.find(id);
    if (pullRequest === null || pullRequest.state !== 'merged') {
      return refuse('Only a merged pull request lands.');
    }
    const nothing: Landed = { retargeted: [], branch: null, why: null };
    const { host, repository, nodeId, head } = pullRequest;
    if (pullRequest.landedAt !== null) return nothing;
    if (nodeId === null || head === null) return finish(app, pullRequest, nothing, source);
    const reading = await gh.readMerge(host, { nodeId, repository, branch: head });
    if (isRefusal(reading)) return reading;
    const session = sessionOf(app, pullRequest);
    const own = isOwnBranch(session, reading);
    const retargeted = own ? await retargetChildren(app, pullRequest, reading) : [];
    if (isRefusal(retargeted)) return retargeted;
    const branch = await deleteBranch(app, { pullRequest, session }, { ...reading, children: [] });
    if (isRefusal(branch)) return branch;
    return finish(
      app,
      pullRequest,
      { retargeted: retargeted.map((each) => each.number), ...branch },
      source,
    );
  },
});

/**
 * Gives every open pull request onto the branch the base of its parent, and reads that it has it. Returns those that have it now; refuses
 * when one has not, and then the branch must stay.
 */
export async function retargetChildren(
  app: Pick<App, 'gh'>,
  { host, repository }: Pick<PullRequest, 'host' | 'repository'>,
  { children, head, base, incomplete }: MergeReading,
): Promise<ChildPullRequest[] | Refusal> {
  if (children.length === 0 && !incomplete) return [];
  const asked = await app.gh.openChildren(host, repository, head);
  if (isRefusal(asked)) return asked;
  let no: Refusal | null = null;
  for (const child of asked) {
    const written = await app.gh.retarget(host, child.nodeId, base);
    if (written.outcome !== 'done') no = written.why;
  }
  const left = await app.gh.openChildren(host, repository, head);
  if (isRefusal(left)) return left;
  if (left.length === 0) return asked;
  const why = no === null ? '' : ` ${no.reason}`;
  return refuse(
    `The base of ${numbers(left)} could not be changed to ${base}.${why}`,
    'Try again; where that does not help, change it on GitHub.',
    'environment',
  );
}

function sessionOf({ store: { sessions } }: App, { taskId }: PullRequest): Session | null {
  return sessions.openOf(taskId) ?? sessions.lastOf(taskId);
}

async function deleteBranch(
  app: App,
  { pullRequest, session }: { pullRequest: PullRequest; session: Session | null },
  reading: MergeReading,
): Promise<Pick<Landed, 'branch' | 'why'> | Refusal> {
  const found = findTask(app.store, pullRequest.taskId);
  if (isRefusal(found)) return { branch: null, why: null };
  const { project } = found;
  if (project.remote === null || pullRequest.headCommit === null || session === null) {
    return { branch: null, why: null };
  }
  const why = whyKeepBranch(reading, {
    wanted: app.config.forProject(project.path).merge.deleteBranch,
    ownBranch: isOwnBranch(session, reading),
  });
  if (why !== null) return { branch: 'kept', why };
  const deleted = await app.git.deleteRemoteBranch({
    repository: project.path,
    remote: project.remote,
    branch: reading.head,
    commit: reading.headCommit,
  });
  if (deleted === 'moved') return { branch: 'kept', why: 'it has newer commits' };
  if (!isRefusal(deleted)) return { branch: deleted, why: null };
  // The remote itself says no, and would say it again.
  return deleted.code === 'refused' ? { branch: 'kept', why: deleted.reason } : deleted;
}

function finish(
  { store, clock }: App,
  { id }: PullRequest,
  landed: Landed,
  source: EventSource,
): Landed {
  const at = clock.iso();
  store.write(() => {
    const now = store.pullRequests.find(id);
    if (now === null || now.landedAt !== null) return;
    const quiet =
      landed.retargeted.length === 0 && landed.branch !== 'deleted' && landed.why === null;
    store.pullRequests.update(
      id,
      { landedAt: at },
      quiet
        ? null
        : {
            kind: 'pull_request.landed',
            at,
            source,
            taskId: now.taskId,
            projectId: store.tasks.find(now.taskId)?.projectId ?? null,
            data: { number: now.number, ...landed },
          },
    );
  });
  return landed;
}
