import { expect, test } from 'vitest';
import { unreadPullRequest } from '#domain/pull-request/pull-request.ts';
import { openTask } from '#operations/task/open.ts';
import { granted, refused, workshop } from '../../support/workshop.ts';

test('open gives the address of the pull request to the desktop', async () => {
  const shop = workshop();
  const { id } = shop.addTask();
  expect(
    refused(await openTask.run(shop.app, { task: id, elsePullRequest: false })).reason,
  ).toContain('no pull request');
  const opened: string[] = [];
  shop.app.desktop = { ...shop.app.desktop, open: async (address) => void opened.push(address) };
  const address = { host: 'github.com', repository: 'acme/app', number: 7 };
  const url = 'https://github.com/acme/app/pull/7';
  const row = unreadPullRequest({ taskId: id, ...address, url, createdAt: shop.app.clock.iso() });
  const event = { kind: 'x', source: 'person', at: '' } as const;
  shop.app.store.write(() => shop.app.store.pullRequests.add(row, event));
  expect(granted(await openTask.run(shop.app, { task: id, elsePullRequest: false }))).toEqual({
    url,
  });
  expect(opened).toEqual([url]);
});
