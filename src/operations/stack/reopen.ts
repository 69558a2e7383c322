import type { App } from '#app.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import { refreshPullRequests } from '#operations/pull-request/refresh.ts';
import { giveBase } from './base.ts';

/** The branch that a pull request went to, and the commit that it ended on. */
interface Gone {
  branch: string;
  commit: string;
}

/**
 * Whether GitHub closed a pull request because its base was deleted after the parent's merge: somebody closed it then, and that branch is gone.
 * Refuses when the remote cannot be asked.
 */
export async function wasClosedByMerge(
  app: App,
  project: Project,
  child: PullRequest,
  { branch, mergedAt }: { branch: string; mergedAt: string | null },
): Promise<boolean | Refusal> {
  if (child.state !== 'closed' || child.base !== branch) return false;
  if (project.remote === null || mergedAt === null) return false;
  const closed = app.store.events
    .ofTask(child.taskId, 200)
    .findLast(({ kind, data }) => kind === 'pull_request.closed' && data.number === child.number);
  if (closed === undefined || closed.at < mergedAt) return false;
  const there = await app.git.remoteHead(project.path, project.remote, branch);
  return isRefusal(there) ? there : there === null;
}

/**
 * Opens it again with another base. GitHub does neither while the old base is missing, so that branch is made once more, and taken away when the
 * pull request does not need it any longer. What is cut off is done by the next call, as long as the pull request is closed.
 */
export async function reopenOnto(
  app: App,
  project: Project,
  child: PullRequest,
  { gone, base }: { gone: Gone; base: string },
): Promise<Refusal | null> {
  const { store, git, gh } = app;
  const { remote, path: repository } = project;
  const { id, host, nodeId, number } = child;
  if (remote === null || nodeId === null) return refuse(`#${number} cannot be opened again.`);
  const { branch, commit } = gone;
  const made = await git.moveRemoteBranch({ repository, remote, branch, from: null, to: commit });
  if (made !== null) return made;
  const written = await gh.reopen(host, nodeId);
  await refreshPullRequests.run(app, { host, ids: [id] });
  const now = store.pullRequests.find(id);
  const opened = now?.state === 'open';
  const retargeted = opened && now !== null ? await giveBase(app, now, base, 'supervisor') : null;
  if (opened && retargeted !== null) return retargeted;
  const away = await git.deleteRemoteBranch({ repository, remote, branch, commit });
  if (!opened) return written.outcome === 'done' ? refuse(`#${number} stays closed.`) : written.why;
  if (isRefusal(away)) landAgain(app, project, branch);
  return null;
}

/** The branch is there again and could not be taken away: whoever deletes the branches of merged pull requests looks at it once more. */
function landAgain({ store }: App, project: Project, branch: string): void {
  const merged = store.pullRequests.latest().find(({ state, head, taskId }) => {
    const ours = store.tasks.find(taskId)?.projectId === project.id;
    return ours && state === 'merged' && head === branch;
  });
  if (merged === undefined) return;
  store.write(() => store.pullRequests.update(merged.id, { landedAt: null }, null));
}
