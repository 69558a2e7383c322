import { expect, test } from 'vitest';
import { refuse } from '#domain/error.ts';
import { SUPERVISOR_SESSION } from '#operations/supervisor/ensure.ts';
import { isSupervisorNeeded } from '#operations/supervisor/needed.ts';
import { landingsDuty } from '#supervisor/landings.ts';
import { granted } from '../../support/workshop.ts';
import { mergeShop } from '../pull-request/start-merge.ts';

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
  await landingsDuty(app).run();
  expect(shop.remoteBranches()).not.toContain(session.branch);
  expect(isSupervisorNeeded(app)).toBe(false);
});
