import { expect, test } from 'vitest';
import { reopenPullRequest } from '#operations/pull-request/reopen.ts';
import { granted, refused } from '../../support/workshop.ts';
import { type MergeShop, mergeShop } from './start-merge.ts';

const reopen = (shop: MergeShop, id: number) => reopenPullRequest.run(shop.app, { task: id });

test('a closed pull request is opened again, once, and its task goes on', async () => {
  const shop = mergeShop();
  const { id } = await shop.reviewed({ state: 'CLOSED' });
  granted(await reopen(shop, id));
  expect(shop.pullRequest(id).state).toBe('open');
  expect(shop.task(id).status).toBe('in_review');
  granted(await reopen(shop, id));
  expect(shop.sent()).toEqual(['reopenPullRequest']);
});

test('what GitHub refuses, and one that is merged, is said', async () => {
  const shop = mergeShop();
  const { id } = await shop.reviewed({ state: 'CLOSED' });
  shop.github.set({ writes: ['Its base is gone.', 'lost'] });
  expect(refused(await reopen(shop, id)).reason).toMatch(/not opened again\. .*base is gone/);
  // The work was done, only the answer was lost: what is read counts.
  granted(await reopen(shop, id));
  const merged = await shop.reviewed({ state: 'MERGED' });
  expect(refused(await reopen(shop, merged.id)).reason).toMatch(/is merged/);
});
