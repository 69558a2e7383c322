import { runCommand } from '#adapters/command.ts';
import { createGh } from '#adapters/gh/create-gh.ts';
import { type PullRequest, unreadPullRequest } from '#domain/pull-request/pull-request.ts';
import type { Session } from '#domain/session.ts';
import { applyTaskEvent } from '#operations/task/apply.ts';
import { mergeTask } from '#operations/task/merge.ts';
import { type GhStandIn, ghStandIn, type StandInPullRequest } from '../../support/gh-stand-in.ts';
import { launchedTask, type Workshop, workshop } from '../../support/workshop.ts';

export interface MergeShop extends Workshop {
  github: GhStandIn;
  /** A task in review whose pull request has one commit; its number is that of the task. */
  reviewed(more?: Record<string, unknown>): Promise<Reviewed>;
  pull(number: number): StandInPullRequest;
  pullRequest(id: number): PullRequest;
  merge(id: number, more?: object): ReturnType<typeof mergeTask.run>;
  /** The question before the merge. */
  question(id: number, more?: object): Promise<unknown>;
  /** The branches of the remote. */
  remoteBranches(): string[];
  events(id: number): string[];
  /** How often each change was sent to GitHub. */
  sent(): string[];
}

export interface Reviewed {
  id: number;
  session: Session;
  head: string;
}

/** Real git with a remote, the adapter of gh over the stand-in, which merges in that remote. */
export function mergeShop(repository: Record<string, unknown> = {}): MergeShop {
  const shop = workshop();
  const { app, repo } = shop;
  const github = ghStandIn({ repositories: { 'acme/app': { path: repo.remote, ...repository } } });
  const env = { ...repo.env, ...github.env };
  app.gh = createGh({ run: runCommand, env, cwd: '/', sleep: async () => undefined });
  const world = () => github.world();
  const pull = (number: number) => {
    const found = world().pullRequests?.find((each) => each.number === number);
    if (found === undefined) throw new Error(`There is no pull request ${number}.`);
    return found;
  };
  return {
    ...shop,
    github,
    pull,
    async reviewed(more = {}) {
      const { id, session } = await launchedTask(shop, { push: 'pr' });
      const head = repo.commit({ [`work-${id}.txt`]: 'work\n' }, session.worktree);
      repo.in(session.worktree)('push', '--quiet', 'origin', `HEAD:refs/heads/${session.branch}`);
      const { pullRequests = [] } = world();
      const one = { repository: 'acme/app', number: id, head: session.branch, headCommit: head };
      github.set({ pullRequests: [...pullRequests, { ...one, checks: PASSED, ...more }] });
      const { store, clock } = app;
      const at = clock.iso();
      const activity = { name: 'idle', source: 'hook', since: clock.now(), detail: null } as const;
      store.write(() => {
        const url = `https://github.com/acme/app/pull/${id}`;
        const address = { host: 'github.com', repository: 'acme/app', number: id, url };
        const row = unreadPullRequest({ taskId: id, ...address, createdAt: at });
        store.pullRequests.add(row, { kind: 'pull_request.add', source: 'hook', at });
        store.sessions.update(session.id, { activity }, null);
        applyTaskEvent(store, id, 'deliver', { at, source: 'supervisor' });
      });
      return { id, session, head };
    },
    pullRequest(id) {
      const found = app.store.pullRequests.of(id);
      if (found === null) throw new Error(`#${id} has no pull request.`);
      return found;
    },
    merge: (id, more = {}) => mergeTask.run(app, { task: id, ...more }),
    question: async (id, more = {}) => mergeTask.command?.confirm?.(app, { task: id, ...more }),
    remoteBranches: () =>
      repo.in(repo.remote)('for-each-ref', '--format=%(refname:short)', 'refs/heads').split('\n'),
    events: (id) => app.store.events.ofTask(id, 100).map(({ kind }) => kind),
    sent: () =>
      github
        .calls()
        .map(({ query }) => /^mutation \w+\([^)]*\) \{\s*(\w+)/.exec(query ?? '')?.[1] ?? '')
        .filter((field) => field !== ''),
  };
}

const PASSED = [{ name: 'test', conclusion: 'SUCCESS' }];
