import { expect, test } from 'vitest';
import { pauseQueue } from '#operations/queue/pause.ts';
import { resumeQueue } from '#operations/queue/resume.ts';
import { launchTask } from '#operations/task/launch.ts';
import { queueShop } from '../../support/queue-shop.ts';
import { granted } from '../../support/workshop.ts';

test('a queue that rests is started by resume, with the environment of that person', async () => {
  const { app } = await queueShop({ runs: false });
  const kept: string[] = [];
  Object.assign(app.host, { keepEnvironment: (path: string) => kept.push(path) });
  const says = granted(await resumeQueue.run(app, { project: 'app' })).says;
  expect(says).toBe('The queue of app runs.');
  expect(kept).toEqual([app.paths.launchEnvironment]);
  expect(app.store.projects.findByName('app')?.queue).toBe('runs');
  expect(granted(await resumeQueue.run(app, { project: 'app' })).says).toContain('runs already');
});

test('the pause of everything and that of a project are two switches', async () => {
  const { app, add, feed } = await queueShop();
  add();
  granted(await pauseQueue.run(app, {}));
  granted(await pauseQueue.run(app, { project: 'app' }));
  expect(granted(await resumeQueue.run(app, { project: 'app' })).says).toContain(
    'But everything is paused: claustre resume',
  );
  granted(await pauseQueue.run(app, { project: 'app' }));
  expect(granted(await resumeQueue.run(app, {})).says).toBe(
    'The pause is over. Still paused by itself: app. claustre resume PROJECT starts that of a project.',
  );
  expect((await feed()).started).toEqual([]);
  granted(await resumeQueue.run(app, { project: 'app' }));
  expect((await feed()).started).toEqual([1]);
});

test('a person who launches an autonomous task sets a queue going that rests, and none that is paused', async () => {
  const { app, add } = await queueShop({ runs: false });
  const queue = () => app.store.projects.findByName('app')?.queue;
  granted(await launchTask.run(app, { task: [add({ mode: 'supervised' })] }));
  expect(queue()).toBe('rests');
  granted(await launchTask.run(app, { task: [add()] }));
  expect(queue()).toBe('runs');
  granted(await pauseQueue.run(app, { project: 'app' }));
  granted(await launchTask.run(app, { task: [add()] }));
  expect(queue()).toBe('paused');
});
