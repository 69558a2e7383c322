import { expect, test } from 'vitest';
import { nextTask } from '#operations/task/next.ts';
import { granted, refused, workshop } from '../../support/workshop.ts';

test('next is the first pending task that waits for nothing', async () => {
  const shop = workshop();
  refused(await nextTask.run(shop.app, { project: 'app' }));
  const first = shop.addTask({ held: 'killed' });
  const second = shop.addTask();
  const urgent = shop.addTask({ priority: 0 });
  const event = { kind: 'x', source: 'person', at: '' } as const;
  shop.app.store.write(() => shop.app.store.tasks.setAfter(urgent.id, [first.id], event));
  expect(granted(await nextTask.run(shop.app, { project: 'app' })).id).toBe(second.id);
});
