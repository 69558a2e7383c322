import type { App } from '#app.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import type { PullRequestReading } from '#domain/pull-request/reading.ts';
import type { Session } from '#domain/session.ts';
import { launchTask } from '#operations/task/launch.ts';
import { NOTHING_MORE } from './reading.ts';
import { seedPullRequest } from './seed-session.ts';
import { granted, type Workshop, workshop } from './workshop.ts';

/** A task with a pull request, as it stands in a stack. */
export interface InStack {
  id: number;
  session: Session;
  pullRequest: PullRequest;
}

/** What GitHub knows of one pull request; `readings` are made of it. */
export type OnGitHub = Pick<PullRequestReading, 'state' | 'base'> & {
  mergeCommit: string | null;
};

export interface StackShop {
  shop: Workshop;
  app: App;
  /** By number of the pull request. */
  github: Map<number, OnGitHub>;
  /** What was changed on GitHub, in order. */
  changes: string[];
  /** How changes end; unset they are done. */
  writes: ('lost' | 'refused')[];
  /** A task that works in a file of its own name, with a pushed commit and a green pull request; stacked when it waits for another. */
  add(name: string, after?: number): Promise<InStack>;
  session(id: number): Session;
  pullRequest(id: number): PullRequest;
  /** Commits in the worktree of a task and pushes; the pull request shows it. */
  push(id: number, file: string, text: string): string;
  /** Squashes a task's branch into a branch of the remote, as the web page does; the task is done. */
  squash(id: number, options?: { deleteBranch?: boolean }): string;
  rest(id: number, name?: Session['activity']['name']): void;
  /** Begins a round of its review loop, which works in the same worktree; returns what ends it. */
  review(id: number): () => void;
  remote(branch: string): string | null;
  files(id: number, against: string): string[];
}

const AT = { source: 'supervisor' as const, at: '2026-01-01T12:00:00.000Z' };

/** Real git and store, and a GitHub that only remembers. */
export function stackShop(): StackShop {
  const shop = workshop();
  const { app, repo } = shop;
  const { store } = app;
  const world: StackShop = {
    shop,
    app,
    github: new Map(),
    changes: [],
    writes: [],
    async add(name, after) {
      const { id } = shop.addTask({ title: name, push: 'pr' });
      const edge = after === undefined ? [] : [{ id: after, until: 'pr_green' as const }];
      store.write(() => store.tasks.setAfter(id, edge, { ...AT, kind: 'task.edit' }));
      granted(await launchTask.run(app, { task: [id] }));
      const session = world.session(id);
      const { branch, base } = session;
      const number = 100 + id;
      world.github.set(number, { state: 'open', base, mergeCommit: null });
      seedPullRequest(store, id, {
        number,
        nodeId: `PR_${number}`,
        base,
        head: branch,
        checks: 'passed',
        mergeable: 'mergeable',
        createdAt: app.clock.iso(),
      });
      world.push(id, `${name}.txt`, 'one\n');
      world.push(id, `${name}.txt`, 'one\ntwo\n');
      world.rest(id);
      store.write(() =>
        store.tasks.setStatus(id, 'working', 'in_review', {}, { ...AT, kind: 'x' }),
      );
      return { id, session: world.session(id), pullRequest: world.pullRequest(id) };
    },
    session(id) {
      const session = store.sessions.openOf(id) ?? store.sessions.lastOf(id);
      if (session === null) throw new Error(`#${id} has no session.`);
      return session;
    },
    pullRequest(id) {
      const pullRequest = store.pullRequests.of(id);
      if (pullRequest === null) throw new Error(`#${id} has no pull request.`);
      return pullRequest;
    },
    push(id, file, text) {
      const { worktree } = world.session(id);
      const headCommit = repo.commit({ [file]: text }, worktree);
      repo.in(worktree)('push', '--quiet', '--force', 'origin', 'HEAD');
      const { id: row } = world.pullRequest(id);
      store.write(() => store.pullRequests.update(row, { headCommit }, null));
      return headCommit;
    },
    squash(id, { deleteBranch = false } = {}) {
      const pullRequest = world.pullRequest(id);
      const { base, head } = pullRequest;
      const clone = repo.worktree(`github-${id}`);
      repo.in(repo.root)('clone', '--quiet', repo.remote, clone);
      const git = repo.in(clone);
      git('checkout', '--quiet', `${base}`);
      git('merge', '--quiet', '--squash', `origin/${head}`);
      git('commit', '--quiet', '-m', `Squashed #${id}`);
      git('push', '--quiet', 'origin', `${base}`);
      if (deleteBranch) git('push', '--quiet', 'origin', `:${head}`);
      const mergeCommit = git('rev-parse', 'HEAD');
      const { number } = pullRequest;
      world.github.set(number, { state: 'merged', base: `${base}`, mergeCommit });
      store.write(() => {
        const merged = { state: 'merged', mergeCommit, mergedAt: app.clock.iso() } as const;
        store.pullRequests.update(pullRequest.id, merged, null);
        store.tasks.setStatus(id, 'in_review', 'done', {}, { ...AT, kind: 'task.merge' });
      });
      return mergeCommit;
    },
    rest(id, name = 'idle') {
      const activity = { name, source: 'hook', since: app.clock.now(), detail: null } as const;
      const session = world.session(id);
      store.write(() => store.sessions.update(session.id, { activity }, null));
    },
    review(id) {
      const evidence = [{ kind: 'feedback' as const, key: 'k', title: 'a.ts:1' }];
      const { id: pullRequestId } = world.pullRequest(id);
      const round = store.write(() =>
        store.rounds.add(
          {
            ...{ taskId: id, pullRequestId, kind: 'review', evidence, headCommit: null },
            ...{ startedAt: app.clock.now(), sentAt: app.clock.now(), endedAt: null },
            ...{ outcome: null, note: null, costUsd: null },
          },
          { ...AT, kind: 'review.begin' },
        ),
      );
      const ended = { endedAt: app.clock.now(), outcome: 'stopped' } as const;
      return () => store.write(() => store.rounds.update(round.id, ended, null));
    },
    remote(branch) {
      const line = repo.git('ls-remote', 'origin', `refs/heads/${branch}`);
      return line === '' ? null : (line.split('\t')[0] ?? null);
    },
    files(id, against) {
      const git = repo.in(world.session(id).worktree);
      return git('diff', '--name-only', against, 'HEAD').split('\n').filter(Boolean);
    },
  };
  Object.assign(app.gh, githubOf(world));
  return world;
}

/** The part of gh that stacks need. A lost change is done all the same. */
function githubOf(world: StackShop): Partial<App['gh']> {
  const change = (said: string, nodeId: string, edit: (pull: OnGitHub) => void) => {
    const how = world.writes.shift();
    const pull = world.github.get(Number(nodeId.replace('PR_', '')));
    if (pull === undefined) throw new Error(`There is no ${nodeId}.`);
    world.changes.push(`${said} ${nodeId}`);
    const why = { refused: true, reason: `GitHub ${how}.`, code: 'refused' } as const;
    if (how === 'refused') return { outcome: how, why };
    edit(pull);
    return how === 'lost'
      ? { outcome: 'unsure' as const, why }
      : { outcome: 'done' as const, data: {} };
  };
  return {
    retarget: async (_host, nodeId, base) =>
      change(`retarget to ${base}`, nodeId, (pull) => Object.assign(pull, { base })),
    reopen: async (_host, nodeId) =>
      change('reopen', nodeId, (pull) => {
        if (world.remote(pull.base) === null) throw new Error('Its base is missing.');
        Object.assign(pull, { state: 'open' });
      }),
    readPullRequests: async (_host, refs) => ({
      found: new Map(refs.map(({ key }) => [key, readingOf(world, key)])),
      failed: new Map(),
    }),
  };
}

function readingOf(world: StackShop, id: number): PullRequestReading {
  const row = world.app.store.pullRequests.find(id);
  const pull = row === null ? undefined : world.github.get(row.number);
  if (row === null || pull === undefined) throw new Error(`Nothing is known of ${id}.`);
  const { number, url, head, headCommit, nodeId } = row;
  return {
    ...NOTHING_MORE,
    nodeId: `${nodeId}`,
    number,
    url,
    draft: false,
    head: `${head}`,
    headCommit: `${headCommit}`,
    checks: 'passed',
    review: null,
    mergeable: 'mergeable',
    mergeState: 'clean',
    ...pull,
  };
}
