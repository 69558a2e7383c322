import { expect, test } from 'vitest';
import { refuse } from '#domain/error.ts';
import { landPullRequest } from '#operations/pull-request/land.ts';
import { SUPERVISOR_SESSION } from '#operations/supervisor/ensure.ts';
import { isSupervisorNeeded } from '#operations/supervisor/needed.ts';
import { landingsDuty } from '#supervisor/landings.ts';
import { patientLanes } from '../../support/patient-lanes.ts';
import { granted, refused } from '../../support/workshop.ts';
import { type MergeShop, mergeShop, type Reviewed } from './start-merge.ts';

/** Somebody merges it, and the poll has seen it. */
function mergedElsewhere(shop: MergeShop, { id, head }: Reviewed): void {
  shop.github.setPullRequest(id, { state: 'MERGED', mergeCommit: 'm', mergedBy: 'ada' });
  const { store } = shop.app;
  const seen = {
    state: 'merged',
    nodeId: `PR_acme/app_${id}`,
    head: String(shop.pull(id).head),
    headCommit: head,
  } as const;
  store.write(() => store.pullRequests.update(shop.pullRequest(id).id, seen, null));
}

const land = (shop: MergeShop, id: number) =>
  landPullRequest.run(shop.app, { id: shop.pullRequest(id).id, source: 'supervisor' });

test('a merge by somebody else retargets what is built on it, then deletes the branch, once', async () => {
  const shop = mergeShop();
  const parent = await shop.reviewed();
  const child = await shop.reviewed({ base: parent.session.branch });
  mergedElsewhere(shop, parent);
  expect(granted(await land(shop, parent.id))).toEqual({
    retargeted: [child.id],
    branch: 'deleted',
    why: null,
  });
  expect(shop.pull(child.id).base).toBe('main');
  expect(shop.remoteBranches()).not.toContain(parent.session.branch);
  expect(granted(await land(shop, parent.id))).toMatchObject({ retargeted: [], branch: null });
  expect(shop.sent()).toEqual(['updatePullRequest']);
});

test('what goes onto a branch that claustre did not make stays there', async () => {
  const shop = mergeShop();
  const parent = await shop.reviewed();
  const child = await shop.reviewed({ base: parent.session.branch });
  const { store } = shop.app;
  store.write(() => store.sessions.update(parent.session.id, { ownBranch: false }, null));
  expect(await shop.question(parent.id)).not.toContain('retarget');
  mergedElsewhere(shop, parent);
  expect(granted(await land(shop, parent.id))).toEqual({
    ...{ retargeted: [], branch: 'kept', why: 'claustre did not make it' },
  });
  expect(shop.pull(child.id).base).toBe(parent.session.branch);
  expect(shop.sent()).toEqual([]);
});

test('a branch that somebody pushed to after the merge stays', async () => {
  const shop = mergeShop();
  const one = await shop.reviewed();
  mergedElsewhere(shop, one);
  shop.repo.pushElsewhere(one.session.branch, { 'late.txt': 'late' }, one.session.branch);
  expect(granted(await land(shop, one.id))).toMatchObject({
    branch: 'kept',
    why: 'it has newer commits',
  });
  expect(shop.pullRequest(one.id).landedAt).not.toBeNull();
});

test('a branch of another open pull request stays', async () => {
  const shop = mergeShop();
  const one = await shop.reviewed();
  mergedElsewhere(shop, one);
  const { pullRequests = [] } = shop.github.world();
  const other = { ...shop.pull(one.id), number: 99, state: 'OPEN', base: 'release' };
  shop.github.set({ pullRequests: [...pullRequests, other] });
  expect(granted(await land(shop, one.id))).toMatchObject({
    branch: 'kept',
    why: 'pull request #99 shows it',
  });
  expect(shop.remoteBranches()).toContain(one.session.branch);
});

test('a child that cannot be retargeted keeps the branch, and the landing is tried again', async () => {
  const shop = mergeShop();
  const parent = await shop.reviewed();
  const child = await shop.reviewed({ base: parent.session.branch });
  mergedElsewhere(shop, parent);
  shop.github.set({ writes: ['502'] });
  const duty = landingsDuty(shop.app, patientLanes());
  await duty.run();
  expect(shop.pullRequest(parent.id).landedAt).toBeNull();
  expect(shop.remoteBranches()).toContain(parent.session.branch);
  await duty.run();
  expect(shop.sent()).toHaveLength(1);
  shop.app.clock.advance(61_000);
  await duty.run();
  expect(shop.pull(child.id).base).toBe('main');
  expect(shop.pullRequest(parent.id).landedAt).not.toBeNull();
});

test('only what is merged lands', async () => {
  const shop = mergeShop();
  const { id } = await shop.reviewed();
  expect(refused(await land(shop, id)).reason).toContain('merged');
});

test('what a merge has left to do brings the supervisor, and keeps it until it is done', async () => {
  const shop = mergeShop();
  const { app, tmux } = shop;
  expect(isSupervisorNeeded(app)).toBe(false);
  const { id, session } = await shop.reviewed();
  expect(isSupervisorNeeded(app)).toBe(true);
  const { git } = app;
  const no = refuse('The remote could not be reached.', 'Check the network.', 'environment');
  app.git = { ...git, deleteRemoteBranch: async () => no };
  // It has ended itself, as it does when nothing is left, before the person merges by hand.
  tmux.panes = tmux.panes.filter((pane) => pane.session !== SUPERVISOR_SESSION);
  tmux.started.length = 0;
  const { notes } = granted(await shop.merge(id, { yes: true }));
  expect(notes).toContain('Not everything is done yet: The remote could not be reached.');
  expect(tmux.started.map(({ name }) => name)).toEqual([SUPERVISOR_SESSION]);
  expect(isSupervisorNeeded(app)).toBe(true);
  app.git = git;
  app.clock.advance(60_000);
  await landingsDuty(app, patientLanes()).run();
  expect(shop.remoteBranches()).not.toContain(session.branch);
  expect(isSupervisorNeeded(app)).toBe(false);
});
