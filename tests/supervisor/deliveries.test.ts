import { expect, test } from 'vitest';
import { deliveriesDuty } from '#supervisor/deliveries.ts';
import { launchedTask, workshop } from '../support/workshop.ts';

test('a session whose delivery cannot be looked up does not hold up the others', async () => {
  const shop = workshop();
  const broken = await launchedTask(shop);
  const fine = await launchedTask(shop);
  shop.repo.commit({ 'a.txt': 'a' }, fine.session.worktree);
  const { store, clock, git } = shop.app;
  clock.advance(1000);
  for (const { session } of [broken, fine]) {
    store.write(() => store.sessions.update(session.id, { turnEndedAt: clock.now() }, null));
  }
  shop.app.git = {
    ...git,
    inspectWorktree: async (worktree, base) => {
      if (worktree === broken.session.worktree) throw new Error('EACCES: permission denied');
      return git.inspectWorktree(worktree, base);
    },
  };
  const logged: string[] = [];
  shop.app.log = { ...shop.app.log, error: (message) => void logged.push(message) };
  const duty = deliveriesDuty(shop.app);
  const rest = await duty.run();
  expect(shop.task(fine.id).status).toBe('in_review');
  expect(shop.task(broken.id).status).toBe('working');
  expect(rest).toBe(10_000);
  // Every commit wakes the duty; the same trouble is told once.
  await duty.run();
  expect(logged).toEqual([`The delivery of #${broken.id} could not be looked up.`]);
});
