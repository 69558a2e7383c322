import type { App, WorktreeState } from '#app.ts';
import type { DeliveryFacts } from '#domain/delivery/missing.ts';
import { isRefusal, type Refusal } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import { isOfSession } from '#domain/pull-request/pull-request.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';

/** What is true of a session's work now, asked of git and the remote; refuses when one of them cannot tell. */
export async function deliveryFacts(
  { store, git }: Pick<App, 'store' | 'git'>,
  task: Task,
  project: Project,
  session: Session,
  state: WorktreeState,
): Promise<DeliveryFacts | Refusal> {
  const { remote } = project;
  const asks = task.push !== 'local' && remote !== null;
  const there = asks ? await git.remoteHead(project.path, remote, session.branch) : null;
  if (isRefusal(there)) return there;
  const uncommitted = state.changed + state.untracked;
  const touched =
    uncommitted === 0 || session.baseCommit === null
      ? null
      : await git.touchedFiles(session.worktree, session.baseCommit);
  const followed = store.pullRequests.of(task.id);
  return {
    push: task.push,
    branch: session.branch,
    base: session.base,
    checkedOut: state.branch,
    head: state.head,
    ahead: state.ahead,
    unpushed: state.unpushed,
    uncommitted,
    // Their number is known; their names are a help.
    files: touched === null || isRefusal(touched) ? [] : touched.uncommitted,
    remote,
    remoteHead: there?.commit ?? null,
    forge: project.forge !== null,
    pullRequest: followed !== null && isOfSession(followed, session) ? followed : null,
  };
}
