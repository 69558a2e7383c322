import { expect, test } from 'vitest';
import { queueStatus } from '#operations/queue/status.ts';
import { nextTask } from '#operations/task/next.ts';
import { queueShop } from '../../support/queue-shop.ts';
import { granted, refused } from '../../support/workshop.ts';

const CONFIG = '[queue]\nmax_sessions = 2\nproject_sessions = 2\n';

test('status tells the switch, the slots, what works, what starts and why the rest waits', async () => {
  const { app, add, feed } = await queueShop({ config: CONFIG });
  for (const title of ['one', 'two', 'three']) add({ title });
  const status = granted(await queueStatus.run(app, {}));
  expect(status).toMatchObject({ paused: null, slots: { used: 0, limit: 2 } });
  expect(status.projects).toMatchObject([
    { project: 'app', queue: 'runs', working: [], starting: [1, 2], slots: { used: 0, limit: 2 } },
  ]);
  await feed();
  const [project] = granted(await queueStatus.run(app, { project: 'app' })).projects;
  expect(project).toMatchObject({
    working: [1, 2],
    starting: [],
    waiting: [{ id: 3, title: 'three', kind: 'slot', until: null }],
  });
  expect(refused(await queueStatus.run(app, { project: 'ap' })).reason).toContain('no project');
});

test('limits that are known stand in it with their times', async () => {
  const { app } = await queueShop();
  const limit = { window: 'five_hour', usedPercent: 42, resetsAt: 0, readAt: 0 };
  app.store.write(() => app.store.attempts.setLimit(limit));
  expect(granted(await queueStatus.run(app, {})).limits).toEqual([
    { ...limit, resetsAt: '1970-01-01T00:00:00.000Z', readAt: '1970-01-01T00:00:00.000Z' },
  ]);
});

test('what next names is what the queue starts first; else what a person would launch', async () => {
  const { app, add, feed } = await queueShop({ config: '[queue]\nmax_sessions = 1\n' });
  const supervised = add({ mode: 'supervised', priority: 0 });
  const first = add();
  add({ priority: 1, held: 'killed' });
  const next = async () => granted(await nextTask.run(app, { project: 'app' })).id;
  expect(await next()).toBe(first);
  await feed();
  expect(await next()).toBe(supervised);
});
