import { expect, test } from 'vitest';
import { inboxEntries } from '#operations/notification/waiting.ts';
import { listTasks } from '#operations/task/list.ts';
import { showTask } from '#operations/task/show.ts';
import { whyTask } from '#operations/task/why.ts';
import { seedPullRequest } from '../../support/seed-session.ts';
import { granted, launchedTask, workshop } from '../../support/workshop.ts';

async function delivered() {
  const shop = workshop();
  const { id, session } = await launchedTask(shop);
  const { store, clock } = shop.app;
  const at = { kind: 'x', source: 'supervisor', at: clock.iso() } as const;
  store.write(() => {
    store.tasks.setStatus(id, 'working', 'in_review', { push: 'pr' }, at);
    const activity = { name: 'idle', source: 'hook', since: clock.now(), detail: null } as const;
    store.sessions.update(session.id, { activity }, null);
  });
  const readAt = clock.iso();
  const facts = { review: 'required', mergeState: 'blocked', checks: 'passed', readAt } as const;
  seedPullRequest(store, id, { ...facts, mergeable: 'mergeable', createdAt: clock.iso() });
  return { shop, id, session };
}

test('show, list and why say the same about whose turn it is', async () => {
  const { shop, id } = await delivered();
  const turn = { of: 'reviewers', text: 'waits for a review' };
  expect(granted(await showTask.run(shop.app, { task: id })).turn).toEqual(turn);
  const project = shop.app.store.projects.all()[0]?.name ?? '';
  const listed = granted(await listTasks.run(shop.app, { project }));
  expect(listed.map((task) => task.turn)).toEqual([turn]);
  const said = granted(await whyTask.run(shop.app, { task: id })).why;
  expect(said).toContain("It is the reviewers' turn: waits for a review.");
});

test('one that is behind its base is a person’s only where claustre does not move it, or cannot', async () => {
  const { shop, id, session } = await delivered();
  const { app } = shop;
  const { store, clock } = app;
  const pullRequest = store.pullRequests.of(id);
  store.write(() => {
    const behind = { review: null, mergeState: 'behind', head: session.branch } as const;
    store.pullRequests.update(pullRequest?.id ?? 0, behind, null);
  });
  const says = async () => {
    const { turn } = granted(await showTask.run(app, { task: id }));
    expect(inboxEntries(app).map(({ kind }) => kind)).toEqual(
      turn?.of === 'you' ? ['attention'] : [],
    );
    return turn;
  };
  const edit = { kind: 'task.edit', source: 'person', at: clock.iso() } as const;
  expect(await says()).toMatchObject({ of: 'you' });
  store.write(() => store.tasks.update(id, { fix: 'automatic' }, edit));
  const will = { of: 'claustre', text: 'will be brought up to date with main' };
  expect(await says()).toEqual(will);
  const happens = (kind: string, data: Record<string, unknown>) =>
    store.write(() =>
      store.events.append({
        ...{ kind, data, source: 'supervisor', at: clock.iso() },
        ...{ taskId: id, sessionId: session.id },
      }),
    );
  happens('session.rebase_held', { reason: 'The remote has other commits.' });
  expect(await says()).toEqual({
    of: 'you',
    text: 'cannot be brought up to date with main: The remote has other commits',
  });
  expect(store.snapshot().heldMoves).toEqual(new Map([[id, 'The remote has other commits.']]));
  happens('session.rebase', { moved: true });
  expect(await says()).toEqual(will);
});

test('a host that does not answer makes unknown what others do, after a while', async () => {
  const { shop, id } = await delivered();
  const { store, clock } = shop.app;
  const since = clock.iso();
  clock.advance(11 * 60_000);
  const quiet = { login: null, budgetLimit: null, remaining: null, resetsAt: null, used: 0 };
  const host = {
    host: 'github.com',
    ...quiet,
    usedSince: null,
    readAt: null,
    nextAt: null,
    pausedUntil: null,
  };
  store.write(() => store.hosts.set({ ...host, trouble: 'rate limit', troubleSince: since }));
  const { turn } = granted(await showTask.run(shop.app, { task: id }));
  expect(turn).toEqual({ of: null, text: `not read since ${since}` });
});

test('what speaks for a merge is shown of one task, and left out of lists', async () => {
  const { shop, id, session } = await delivered();
  const { store } = shop.app;
  const run = { id: 't', command: 'npm test', masked: false, startedAt: 1, endedAt: 2 };
  const result = { outcome: 'passed', passed: 3, failed: 0, editedSince: false } as const;
  store.write(() => store.testRuns.record(session.id, [{ ...run, ...result }]));
  const { proof } = granted(await showTask.run(shop.app, { task: id }));
  expect(proof).toMatchObject({ tests: [{ command: 'npm test' }], risks: null, rounds: [] });
  const project = store.projects.all()[0]?.name ?? '';
  expect(granted(await listTasks.run(shop.app, { project }))[0]?.proof).toBeNull();
});
