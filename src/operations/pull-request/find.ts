import { z } from 'zod';
import type { App } from '#app.ts';
import { isRefusal, type Refusal } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import {
  awaitsPullRequest,
  isOfSession,
  type PullRequest,
  unreadPullRequest,
} from '#domain/pull-request/pull-request.ts';
import { type PullRequestReading, withReading } from '#domain/pull-request/reading.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import { isProved } from '#operations/delivery/proved.ts';
import { defineOperation } from '#operations/operation.ts';
import { followBranch } from '#operations/session/follow-branch.ts';
import { applyTaskEvent } from '#operations/task/apply.ts';
import { changeEvent, differences, follow, sameHost, underFreeAddress } from './record.ts';

/** Branches in one request: each may have many pull requests of its name behind it. */
const BATCH = 10;

export interface Found {
  /**
   * Sessions whose branch was looked up with a good answer, by id: the task's pull request, or null
   * for none.
   */
  looked: Map<string, PullRequest | null>;
  /** Why single branches could not be looked up, by session id. */
  failed: Map<string, string>;
  /** Why nothing more could be learned; null when all requests were answered. */
  trouble: Refusal | null;
}

/** A session whose branch is looked up, as it was when GitHub was asked. */
interface Look {
  session: Session;
  task: Task;
  project: Project;
  repository: string;
}

/**
 * Looks up the pull requests of branches whose turn has ended since they were last looked at, and
 * delivers their tasks. `again` names sessions that are looked up although they were: a person may
 * open a pull request by hand, and GitHub may be slow to show one.
 */
export const findPullRequests = defineOperation({
  name: 'pull-request.find',
  summary: 'Look up whether branches have a pull request, and deliver their tasks.',
  input: z.object({ host: z.string(), again: z.array(z.string()).optional() }),
  async run(app, { host, again }): Promise<Found> {
    const { gh } = app;
    const looks = dueLooks(app, host, again ?? []);
    const looked = new Map<string, PullRequest | null>();
    const failed = new Map<string, string>();
    let trouble: Refusal | null = null;
    for (let start = 0; start < looks.length && trouble === null; start += BATCH) {
      const batch = looks.slice(start, start + BATCH);
      const refs = await Promise.all(batch.map((look, key) => toRef(app, look, key)));
      const readings = await gh.findPullRequests(host, refs);
      if (isRefusal(readings)) {
        trouble = readings;
        break;
      }
      batch.forEach((look, key) => {
        const reading = readings.found.get(key);
        const reason = readings.failed.get(key);
        if (reading !== undefined) looked.set(look.session.id, record(app, host, look, reading));
        else if (reason !== undefined) failed.set(look.session.id, reason);
      });
    }
    return { looked, failed, trouble };
  },
});

/** Sessions of a host whose task would be delivered by a pull request. */
function dueLooks({ store }: App, host: string, again: readonly string[]): Look[] {
  return store.sessions.open().flatMap((session): Look[] => {
    const task = store.tasks.find(session.taskId);
    const project = task === null ? null : store.projects.find(task.projectId);
    const forge = project?.forge ?? null;
    if (task === null || project === null || forge === null) return [];
    if (!sameHost(forge.host, host)) return [];
    if (!awaitsPullRequest(task, session, () => store.pullRequests.of(task.id))) return [];
    const ended = session.turnEndedAt !== null && session.turnEndedAt > (session.lookedAt ?? 0);
    if (!ended && !again.includes(session.id)) return [];
    return [{ session, task, project, repository: forge.repository }];
  });
}

async function toRef(app: App, { session, task, project, repository }: Look, key: number) {
  const state = await app.git.inspectWorktree(session.worktree, session.baseCommit);
  const here = isRefusal(state) ? null : state.branch;
  const { branch } = await followBranch(app, project, session, here);
  const followed = app.store.pullRequests.of(task.id);
  return {
    key,
    repository,
    branch,
    pinned:
      followed !== null && isOfSession(followed, { ...session, branch }) ? followed.nodeId : null,
    // Without our commit only a pull request of this session's time is taken for ours.
    commit: !isRefusal(state) && here === branch ? state.head : null,
    base: session.base,
    since: session.createdAt,
  };
}

/** Writes what one look-up said; returns the pull request. */
function record(
  app: App,
  host: string,
  look: Look,
  reading: PullRequestReading | null,
): PullRequest | null {
  const { store, clock } = app;
  const at = clock.iso();
  const { turnEndedAt } = look.session;
  if (reading === null && (turnEndedAt === null || look.session.lookedAt === turnEndedAt))
    return null;
  const proved = isProved(app, look.task, look.project);
  return store.write(() => {
    const session = store.sessions.find(look.session.id);
    const task = store.tasks.find(look.task.id);
    if (session === null || session.state !== 'open' || task === null) return null;
    if (turnEndedAt !== null && turnEndedAt > (session.lookedAt ?? 0)) {
      store.sessions.update(session.id, { lookedAt: turnEndedAt }, null);
    }
    if (reading === null) return null;
    const before = store.pullRequests.of(task.id)?.headCommit;
    const pullRequest = attach(app, { host, look, session, task, reading, at });
    // The next turn may have begun while GitHub was asked; its end looks again.
    const atWork = (session.promptedAt ?? 0) > (turnEndedAt ?? 0) && task.status === 'working';
    if (pullRequest.state === 'open' && !atWork && isJudged(task, proved)) {
      // The work is judged before it counts; also again, when the pull request is new or has got other commits since.
      const news = pullRequest.headCommit !== before;
      if (news) store.sessions.update(session.id, { judgedAt: null }, null);
    } else if (pullRequest.state === 'open' && !atWork) {
      applyTaskEvent(store, task.id, 'deliver', {
        at,
        source: 'supervisor',
        sessionId: session.id,
        data: { pullRequest: pullRequest.number, url: pullRequest.url },
      });
    }
    follow(app, pullRequest, at);
    return pullRequest;
  });
}

function isJudged({ mode, status }: Task, proved: boolean): boolean {
  return mode === 'autonomous' || (proved && status === 'working');
}

interface Attached {
  host: string;
  look: Look;
  session: Session;
  task: Task;
  reading: PullRequestReading;
  at: string;
}

/** The row of the pull request that was found, made or brought up to date. */
function attach(app: App, found: Attached): PullRequest {
  const { store } = app;
  const { session, task, reading, at } = found;
  const address = { host: found.host, repository: found.look.repository, number: reading.number };
  // The same one under another name: its repository was renamed, or given to somebody else.
  const known =
    store.pullRequests.withNode(task.id, reading.nodeId) ??
    store.pullRequests.named(task.id, address);
  if (known === null) {
    const blank = unreadPullRequest({
      taskId: task.id,
      ...address,
      url: reading.url,
      createdAt: at,
    });
    return store.pullRequests.add(withReading(blank, reading, at), {
      kind: 'pull_request.add',
      source: 'supervisor',
      at,
      taskId: task.id,
      projectId: task.projectId,
      sessionId: session.id,
      data: { url: reading.url, number: reading.number },
    });
  }
  if (known.nodeId !== null && known.nodeId !== reading.nodeId) return replace(app, known, found);
  // A look-up does not read reviews and how it will be merged, and says nothing about them.
  const { changesRequestedBy, autoMerge, queued } = known;
  const same = known.headCommit === reading.headCommit;
  const unread = {
    review: same ? known.review : null,
    approvedBy: same ? known.approvedBy : [],
    changesRequestedBy,
    autoMerge,
    queued,
  };
  const read = {
    ...withReading(known, { ...reading, ...unread }, at),
    // Found to hold this session's work, whichever session made it.
    createdAt: known.createdAt < session.createdAt ? at : known.createdAt,
  };
  const next = underFreeAddress(store, known, read);
  const changes = differences(known, next);
  store.pullRequests.update(known.id, changes, changeEvent(known, changes, task, at));
  return next;
}

/** A number that was given out again, since the repository was made anew: nothing that was known of the other one is true of this one. */
function replace({ store }: App, known: PullRequest, { reading, task, at }: Attached): PullRequest {
  const { id, taskId, host, repository, number } = known;
  const address = { taskId, host, repository, number, url: reading.url };
  const next = {
    id,
    ...withReading(unreadPullRequest({ ...address, createdAt: at }), reading, at),
  };
  const changes = differences(known, next);
  store.pullRequests.update(id, changes, changeEvent(known, changes, task, at));
  return next;
}
