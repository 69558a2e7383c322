import type { BranchRef, Readings } from '#adapters/gh/gh.ts';
import type { KnownBranch } from '#app.ts';
import type { Refusal } from '#domain/error.ts';
import { type PullRequest, unreadPullRequest } from '#domain/pull-request/pull-request.ts';
import { type PullRequestReading, withReading } from '#domain/pull-request/reading.ts';
import type { Session } from '#domain/session.ts';
import type { Task, TaskStatus } from '#domain/task.ts';
import { findPullRequests } from '#operations/pull-request/find.ts';
import {
  addProject,
  addSession,
  addTask,
  type FakeApp,
  fakeApp,
  START,
} from '../../support/fake-app.ts';
import { NOTHING_MORE } from '../../support/reading.ts';

export const HOST = 'github.com';

export const reading = (more: Partial<PullRequestReading> = {}): PullRequestReading => ({
  ...NOTHING_MORE,
  nodeId: 'PR_7',
  number: 7,
  url: 'https://github.com/acme/app/pull/7',
  state: 'open',
  draft: false,
  base: 'main',
  head: 'task/a-task-1',
  headCommit: 'tip',
  mergeCommit: null,
  checks: null,
  review: null,
  mergeable: null,
  mergeState: null,
  ...more,
});

/** An app whose gh answers by branch: a reading, null for none, a sentence for a failure; what is not there is not answered. */
export function start() {
  const answers = new Map<string, PullRequestReading | null | string>();
  const requests: BranchRef[][] = [];
  const world: { refusal: Refusal | null; meanwhile: () => void } = {
    refusal: null,
    meanwhile: () => {},
  };
  const worktree = {
    path: '/w',
    head: 'tip',
    branch: 'task/a-task-1',
    changed: 0,
    untracked: 0,
    ahead: 1,
    unpushed: 0,
  };
  const branches = new Set(['task/a-task-1', 'something-else']);
  const branchOf = (name: string): KnownBranch => ({
    local: branches.has(name),
    fetched: false,
    checkedOut: name === worktree.branch ? worktree.path : null,
  });
  const app = fakeApp({
    git: {
      inspectWorktree: async () => worktree,
      findBranches: async (_repository, _remote, names) =>
        new Map(names.map((name) => [name, branchOf(name)])),
    },
    gh: {
      async findPullRequests(_host, refs) {
        requests.push([...refs]);
        world.meanwhile();
        if (world.refusal !== null) return world.refusal;
        const readings: Readings<PullRequestReading | null> = {
          found: new Map(),
          failed: new Map(),
        };
        for (const ref of refs) {
          const answer = answers.get(ref.branch);
          if (typeof answer === 'string') readings.failed.set(ref.key, answer);
          else if (answer !== undefined) readings.found.set(ref.key, answer);
        }
        return readings;
      },
    },
  });
  const project = addProject(app);
  const add = (
    status: TaskStatus = 'working',
    session: Partial<Session> = {},
    task: Partial<Task> = {},
  ): Session => {
    const added = addTask(app, project, { status, ...task });
    return addSession(app, added, { promptedAt: START, turnEndedAt: START + 1_000, ...session });
  };
  const find = async (again?: string[]) => {
    const result = await findPullRequests.run(
      app,
      again === undefined ? { host: HOST } : { host: HOST, again },
    );
    if ('refused' in result) throw new Error(result.reason);
    return result;
  };
  return { app, answers, requests, world, worktree, branches, add, find };
}

export const statusOf = (app: FakeApp, { taskId }: Session) => app.store.tasks.find(taskId)?.status;
export const lookedAt = (app: FakeApp, { id }: Session) => app.store.sessions.find(id)?.lookedAt;

/** A row of the pull request that is known already. */
export function addRow(
  app: FakeApp,
  { taskId }: Session,
  more: Partial<PullRequestReading> = {},
): PullRequest {
  const at = app.clock.iso();
  const address = { host: HOST, repository: 'acme/app', number: 7, url: reading().url };
  const blank = unreadPullRequest({ taskId, ...address, createdAt: at });
  return app.store.write(() =>
    app.store.pullRequests.add(withReading(blank, reading(more), at), {
      kind: 'pull_request.add',
      source: 'hook',
      at,
    }),
  );
}
