import type { App } from '#app.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { EventSource } from '#domain/event.ts';
import type { Project } from '#domain/project.ts';
import { isOfSession, type PullRequest } from '#domain/pull-request/pull-request.ts';
import type { Session } from '#domain/session.ts';
import { parentBranch, type StackState, stackState } from '#domain/stack.ts';
import type { Task } from '#domain/task.ts';
import { giveBase } from './base.ts';
import { parentOf } from './parent.ts';
import { reopenOnto, wasClosedByMerge } from './reopen.ts';

export interface Moved {
  id: number;
  /** Whether commits were written anew. */
  moved: boolean;
  base: string;
  baseCommit: string;
  head: string;
  /** What the remote has of it now; null when nothing had to be pushed. */
  pushed: string | null;
  stackedOn: number | null;
}

export interface Wanted {
  /** Another base from now on; null for the one that follows from its stack. */
  onto: string | null;
  source: EventSource;
}

/** Where a session's branch is to stand. */
interface Target {
  base: string;
  stackedOn: number | null;
  holding: string | null;
  below: string[];
  newest: boolean;
}

/** Why a session's branch cannot be moved now; undefined when it can. Nothing is moved under a Claude that works. */
export function whyNotMove(
  { store }: Pick<App, 'store'>,
  task: Pick<Task, 'id'>,
  session: Pick<Session, 'state' | 'activity' | 'turnBehind'> | null,
): Refusal | undefined {
  const { id } = task;
  if (session === null || session.state !== 'open') {
    return refuse(`#${id} has no session whose branch could be moved.`);
  }
  const { name } = session.activity;
  const rests = name === 'idle' || name === 'ended' || name === 'lost';
  if (!rests || (name === 'idle' && session.turnBehind)) {
    return refuse(`Claude works in #${id}.`, 'Its branch is moved when it is idle.');
  }
  if (store.rounds.openOf(id) !== null) {
    return refuse(`Claude is just told what to mend in #${id}.`, 'Wait for the end of the round.');
  }
  return undefined;
}

/**
 * Moves the commits of a session onto the newest commit of its base: for a stacked one that of its parent's branch, or where the parent landed.
 * Its pull request goes to the right base first, since a branch that is deleted closes what goes to it. Each step is done once, and a call
 * after a crash does those that are missing.
 */
export async function moveSession(
  app: App,
  { task, project, session }: { task: Task; project: Project; session: Session },
  { onto, source }: Wanted,
): Promise<Moved | Refusal> {
  const wrong = whyNotMove(app, task, session);
  if (wrong !== undefined) return wrong;
  const pullRequest = pullRequestOf(app, task, session);
  const target = targetOf(app, { project, session, pullRequest }, onto);
  if (isRefusal(target)) return target;
  const given = await targetPullRequest(app, { project, session, pullRequest }, target, source);
  if (given !== null) return given;
  const rebased = await app.git.rebase({
    repository: project.path,
    worktree: session.worktree,
    branch: session.branch,
    remote: task.push === 'local' ? null : project.remote,
    onto: target.base,
    holding: target.holding,
    below: target.below,
    newest: target.newest,
    name: session.id,
    mayTouch: () => whyNotMove(app, task, app.store.sessions.find(session.id)) === undefined,
  });
  if (isRefusal(rebased)) return rebased;
  if (rebased.conflicts !== null) {
    const files = rebased.conflicts.slice(0, 5).join(', ');
    return refuse(
      `#${task.id} conflicts with ${target.base} in ${files}.`,
      `Let Claude resolve it: claustre fix ${task.id}`,
    );
  }
  const { moved, base: baseCommit, head, pushed, from } = rebased;
  const { base, stackedOn } = target;
  record(app, session, { base, stackedOn, baseCommit }, { moved, from, to: head, pushed, source });
  return { id: task.id, moved, base, baseCommit, head, pushed, stackedOn };
}

/** The pull request that holds the work of this session; null when there is none. */
export function pullRequestOf(
  { store }: Pick<App, 'store'>,
  task: Pick<Task, 'id' | 'push'>,
  session: Session,
): PullRequest | null {
  const found = task.push === 'pr' ? store.pullRequests.of(task.id) : null;
  return found !== null && isOfSession(found, session) ? found : null;
}

interface Place {
  project: Project;
  session: Session;
  pullRequest: PullRequest | null;
}

function targetOf(
  { store }: App,
  { project, session, pullRequest }: Place,
  onto: string | null,
): Target | Refusal {
  const { stackedOn, base, baseCommit, taskId } = session;
  const parent = stackedOn === null ? null : parentOf(store, stackedOn);
  // A branch of an earlier run may still hold commits of the task that it was stacked on then.
  const before = store.tasks.after(taskId).filter(({ until }) => until === 'pr_green');
  const below = [stackedOn, ...before.map(({ id }) => id)]
    .map((id) => (id === null ? null : (store.pullRequests.of(id)?.headCommit ?? null)))
    .concat(baseCommit)
    .filter((commit) => commit !== null);
  const plain = { holding: null, below, newest: true };
  if (onto !== null) return { ...plain, base: onto, stackedOn: null };
  if (stackedOn === null) return { ...plain, base, stackedOn };
  const state: StackState = stackState(session, parent);
  switch (state.kind) {
    case 'level':
    case 'behind':
      return { ...plain, base, stackedOn };
    case 'left':
      return refuse(
        `${state.reason}.`,
        `Name the branch that it is to go to: claustre rebase ${taskId} --onto ${project.defaultBranch}`,
      );
    case 'landed': {
      const old = parent === null ? null : parentBranch(parent);
      const chosen = pullRequest?.state === 'open' ? pullRequest.base : null;
      // Somebody, or GitHub itself, has given it another base already.
      if (chosen !== null && chosen !== old && chosen !== state.base) {
        return { ...plain, base: chosen, stackedOn: null, newest: false };
      }
      const { mergeCommit: holding } = state;
      return { ...plain, base: state.base, stackedOn: state.stackedOn, holding, newest: false };
    }
    default:
      return state satisfies never;
  }
}

async function targetPullRequest(
  app: App,
  { project, session, pullRequest }: Place,
  { base }: Target,
  source: EventSource,
): Promise<Refusal | null> {
  if (pullRequest === null || pullRequest.base === null) return null;
  if (pullRequest.state === 'open') return giveBase(app, pullRequest, base, source);
  const parent = session.stackedOn === null ? null : parentOf(app.store, session.stackedOn);
  const landed = parent?.pullRequest ?? null;
  const branch = parent === null ? null : parentBranch(parent);
  if (landed === null || branch === null || landed.headCommit === null) return null;
  const when = { branch, mergedAt: landed.mergedAt };
  const closed = await wasClosedByMerge(app, project, pullRequest, when);
  if (isRefusal(closed) || !closed) return isRefusal(closed) ? closed : null;
  const gone = { branch, commit: landed.headCommit };
  return reopenOnto(app, project, pullRequest, { gone, base });
}

/** Writes where it stands now. What is measured against it is measured anew. */
function record(
  { store, clock }: App,
  session: Session,
  stands: Pick<Session, 'base' | 'stackedOn' | 'baseCommit'>,
  { source, ...data }: { moved: boolean; source: EventSource } & Record<string, unknown>,
): void {
  const same = (Object.keys(stands) as (keyof typeof stands)[]).every(
    (name) => session[name] === stands[name],
  );
  if (same && !data.moved) return;
  const { taskId } = session;
  const event = { kind: 'session.rebase', source, at: clock.iso(), taskId };
  const was = session.stackedOn === null ? {} : { parent: session.stackedOn };
  store.write(() => {
    if (store.sessions.find(session.id)?.state !== 'open') return;
    store.sessions.update(session.id, stands, { ...event, data: { ...stands, ...was, ...data } });
  });
}
