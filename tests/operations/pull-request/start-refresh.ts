import type { PullRequestRef, Readings } from '#adapters/gh/gh.ts';
import type { Refusal } from '#domain/error.ts';
import { type PullRequest, unreadPullRequest } from '#domain/pull-request/pull-request.ts';
import { type PullRequestReading, withReading } from '#domain/pull-request/reading.ts';
import type { TaskStatus } from '#domain/task.ts';
import { refreshPullRequests } from '#operations/pull-request/refresh.ts';
import { addProject, addSession, addTask, type FakeApp, fakeApp } from '../../support/fake-app.ts';
import { NOTHING_MORE } from '../../support/reading.ts';

const HOST = 'github.com';

export const reading = (
  number: number,
  more: Partial<PullRequestReading> = {},
): PullRequestReading => ({
  ...NOTHING_MORE,
  nodeId: `PR_acme/app_${number}`,
  number,
  url: `https://github.com/acme/app/pull/${number}`,
  state: 'open',
  draft: false,
  base: 'main',
  head: `task/a-task-${number}`,
  headCommit: 'aaa',
  mergeCommit: null,
  checks: 'passed',
  review: null,
  mergeable: 'mergeable',
  mergeState: 'clean',
  ...more,
});

type Answer = PullRequestReading | string;

/** An app whose gh answers what `answers` holds by number; a refusal refuses everything. */
export function start() {
  const answers = new Map<number, Answer>();
  const requests: PullRequestRef[][] = [];
  const world: { refusal: Refusal | null } = { refusal: null };
  const app = fakeApp({
    gh: {
      async readPullRequests(_host, refs) {
        requests.push([...refs]);
        if (world.refusal !== null) return world.refusal;
        const readings: Readings<PullRequestReading> = {
          found: new Map(),
          failed: new Map(),
        };
        for (const ref of refs) {
          const answer = answers.get(ref.number);
          if (typeof answer === 'string') readings.failed.set(ref.key, answer);
          else if (answer !== undefined) readings.found.set(ref.key, answer);
        }
        return readings;
      },
    },
  });
  const project = addProject(app);
  /** A task with an open session and a pull request of the same number that reads as `before` says. */
  const add = (
    status: TaskStatus,
    before: Partial<PullRequestReading> | null = {},
  ): PullRequest => {
    const task = addTask(app, project, { status });
    addSession(app, task);
    const at = app.clock.iso();
    const blank = unreadPullRequest({
      taskId: task.id,
      host: HOST,
      repository: 'acme/app',
      number: task.id,
      url: reading(task.id).url,
      createdAt: at,
    });
    const said = reading(task.id, before ?? {});
    // A conflict is known from its second reading on.
    const known = before === null ? blank : withReading(withReading(blank, said, at), said, at);
    answers.set(task.id, reading(task.id, before ?? {}));
    return app.store.write(() =>
      app.store.pullRequests.add(known, { kind: 'pull_request.add', source: 'hook', at }),
    );
  };
  const refresh = async (ids?: number[]) => {
    const result = await refreshPullRequests.run(
      app,
      ids === undefined ? { host: HOST } : { host: HOST, ids },
    );
    if ('refused' in result) throw new Error(result.reason);
    return result;
  };
  return { app, project, answers, requests, world, add, refresh };
}

export const status = (app: FakeApp, { taskId }: PullRequest) =>
  app.store.tasks.find(taskId)?.status;
export const row = (app: FakeApp, { id }: PullRequest) => app.store.pullRequests.find(id);
export const kinds = (app: FakeApp, { taskId }: PullRequest) =>
  app.store.events.ofTask(taskId, 100).map((event) => event.kind);
