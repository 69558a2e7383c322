import type { App } from '#app.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import { isOwnBranch, whyKeepBranch } from '#domain/pull-request/landing.ts';
import {
  type MergePlan,
  type MergeReading,
  type MergeWish,
  planMerge,
} from '#domain/pull-request/merge.ts';
import type { MergeEffects } from '#domain/pull-request/merge-words.ts';
import { isOfSession, type PullRequest } from '#domain/pull-request/pull-request.ts';
import type { Session } from '#domain/session.ts';
import { type Task, transition } from '#domain/task.ts';
import { refreshPullRequests } from './refresh.ts';

/** What is to be merged, as the database knows it. */
export interface Mergeable {
  task: Task;
  project: Project;
  session: Session | null;
  pullRequest: PullRequest;
}

export interface PreparedMerge {
  /** As it was just read. */
  pullRequest: PullRequest;
  reading: MergeReading;
  plan: MergePlan;
  effects: MergeEffects;
}

/** GitHub works out whether something can be merged only when it is asked; these are the pauses between the questions. */
const UNKNOWN_WAITS_MS = [1_000, 2_000, 3_000, 5_000];

/** Reads everything anew and says what a merge would do; `merged` when it is merged by now, or why it cannot be done. */
export async function prepareMerge(
  app: App,
  { task, project, session, pullRequest: known }: Mergeable,
  wish: MergeWish,
): Promise<PreparedMerge | { merged: MergeReading } | Refusal> {
  const pullRequest = await readAnew(app, known);
  if (isRefusal(pullRequest)) return pullRequest;
  const reading = await readSettled(app, pullRequest);
  if (isRefusal(reading)) return reading;
  if (reading.state === 'merged') return { merged: reading };
  if (reading.headCommit !== pullRequest.headCommit) {
    return refuse(
      `Somebody just pushed to pull request #${reading.number}.`,
      'Look at what is new, then try again.',
    );
  }
  const applies = transition(task, 'merge');
  if (isRefusal(applies)) return applies;
  if (!isOfSession(pullRequest, session)) {
    return refuse(
      `Pull request #${reading.number} holds the work of an earlier session of #${task.id}.`,
      `Open it: claustre open ${task.id}`,
    );
  }
  const stacked = whyNotFromStack(task, project, session, reading);
  if (stacked !== undefined) return stacked;
  const plan = planMerge(task.id, reading, pullRequest, wish);
  if (isRefusal(plan)) return plan;
  const local =
    session === null
      ? { uncommitted: 0 }
      : await lookLocally(app, { task, project, session }, reading);
  if (isRefusal(local)) return local;
  const own = isOwnBranch(session, reading);
  const keeps = whyKeepBranch(
    // Those that are retargeted before do not hold it.
    { ...reading, children: [] },
    {
      wanted: app.config.forProject(project.path).merge.deleteBranch,
      ownBranch: own,
    },
  );
  const deletesOn = keeps === null ? project.remote : null;
  const retargets = own ? reading.children : [];
  const effects = { deletesOn, keeps, retargets, ...local, endsSession: session !== null };
  return { pullRequest, reading, plan, effects };
}

/** Why the pull request of a stacked task is not merged: it would go into its parent's branch, and not where the parent goes. */
function whyNotFromStack(
  { id }: Pick<Task, 'id'>,
  { defaultBranch }: Pick<Project, 'defaultBranch'>,
  session: Pick<Session, 'stackedOn' | 'base'> | null,
  { base, number }: Pick<MergeReading, 'base' | 'number'>,
): Refusal | undefined {
  if (session === null || session.stackedOn === null || session.base !== base) return undefined;
  return refuse(
    `#${id} is stacked on #${session.stackedOn}, so that pull request #${number} goes to ${base}, the branch of that one.`,
    `Merge #${session.stackedOn} first, or give it another base: claustre rebase ${id} --onto ${defaultBranch}`,
  );
}

async function readAnew(app: App, known: PullRequest): Promise<PullRequest | Refusal> {
  const refreshed = await refreshPullRequests.run(app, { host: known.host, ids: [known.id] });
  if (isRefusal(refreshed)) return refreshed;
  if (refreshed.trouble !== null) return refreshed.trouble;
  const reason = refreshed.failed.get(known.id);
  if (reason !== undefined) {
    return refuse(
      `Pull request #${known.number} could not be read: ${reason}`,
      `Open it: claustre open ${known.taskId}`,
      'environment',
    );
  }
  return (
    app.store.pullRequests.find(known.id) ??
    refuse(`Pull request #${known.number} is not known any more.`, undefined, 'not_found')
  );
}

/** Asks again while GitHub still works out whether it can be merged: a merge on a guess is none. */
async function readSettled(
  app: Pick<App, 'gh' | 'clock'>,
  pullRequest: PullRequest,
): Promise<MergeReading | Refusal> {
  for (const wait of [...UNKNOWN_WAITS_MS, null]) {
    const reading = await readMergeOf(app, pullRequest);
    if (isRefusal(reading)) return reading;
    const open = reading.state === 'open' && !reading.queued;
    const unknown = reading.mergeable === null || reading.mergeState === null;
    if (!open || !unknown || wait === null) return reading;
    await app.clock.wait(wait);
  }
  throw new Error('The last reading is returned above.');
}

/** How a pull request stands, for a merge. */
export async function readMergeOf(
  { gh }: Pick<App, 'gh'>,
  { host, repository, nodeId, head, number }: PullRequest,
): Promise<MergeReading | Refusal> {
  if (nodeId === null || head === null) {
    return refuse(`Pull request #${number} was not read yet.`, 'Try again in a minute.');
  }
  return gh.readMerge(host, { nodeId, repository, branch: head });
}

/** What stands in the worktree that the merge would leave out: commits refuse it, files are counted. */
async function lookLocally(
  app: App,
  { task, project, session }: { task: Task; project: Project; session: Session },
  { headCommit, head }: MergeReading,
): Promise<{ uncommitted: number } | Refusal> {
  const { name } = session.activity;
  if (name === 'starting' || name === 'working') {
    return refuse(
      `Claude is at work in #${task.id}.`,
      'Wait until its turn ends, or interrupt it in its pane.',
    );
  }
  const state = await app.git.inspectWorktree(session.worktree, session.baseCommit);
  // A worktree that is gone holds nothing that could be left out.
  if (isRefusal(state)) return state.code === 'not_found' ? { uncommitted: 0 } : state;
  const uncommitted = state.changed + state.untracked;
  if (state.head === headCommit || project.remote === null) return { uncommitted };
  const unpushed = await app.git.commitsBeyond({
    repository: project.path,
    remote: project.remote,
    branch: head,
    from: headCommit,
    to: state.head,
  });
  if (isRefusal(unpushed)) return unpushed;
  if (unpushed.length === 0) return { uncommitted };
  const named = unpushed.slice(0, 3).map(({ commit, subject }) => `${commit} "${subject}"`);
  const more = unpushed.length > 3 ? ` and ${unpushed.length - 3} more` : '';
  return refuse(
    `The worktree of #${task.id} has commits that were not pushed: ${named.join(', ')}${more}.`,
    `Ask Claude to push them: claustre send ${task.id} "Push your commits."`,
  );
}
