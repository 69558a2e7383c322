import { expect, test } from 'vitest';
import type { App } from '#app.ts';
import { resumeQueue } from '#operations/queue/resume.ts';
import { queueStatus } from '#operations/queue/status.ts';
import { stopQueue } from '#operations/queue/stop.ts';
import { inbox } from '#operations/task/inbox.ts';
import { launchTask } from '#operations/task/launch.ts';
import { showTask } from '#operations/task/show.ts';
import { whyTask } from '#operations/task/why.ts';
import { queueShop } from '../../support/queue-shop.ts';
import { granted } from '../../support/workshop.ts';

/** The processes whose terminal was taken away from now on. */
function hungUp({ host }: Pick<App, 'host'>): number[] {
  const pids: number[] = [];
  const { hangUp } = host;
  Object.assign(host, {
    hangUp(pid: number) {
      pids.push(pid);
      hangUp(pid);
    },
  });
  return pids;
}

test('stop pauses and ends the Claudes of autonomous tasks; resume goes on with them before anything new', async () => {
  const { app, add, feed, statuses, does, sessionOf } = await queueShop({
    config: '[queue]\nmax_sessions = 1\n',
  });
  const ended = hungUp(app);
  const [auto, next] = [add(), add({ priority: 0 })];
  const mine = add({ mode: 'supervised' });
  granted(await launchTask.run(app, { task: [mine, auto] }));
  for (const id of [mine, auto]) {
    does(id, 'working');
    const { id: session } = sessionOf(id);
    app.store.write(() => app.store.sessions.update(session, { promptedAt: 5 }, null));
  }
  const question = await stopQueue.command?.confirm?.(app, {});
  expect(question).toContain(`end the Claude of #${auto}?`);

  const stopped = granted(await stopQueue.run(app, {}));
  expect(stopped).toMatchObject({ project: null, stopped: [auto], busy: [] });
  expect(ended).toEqual([sessionOf(auto).pid]);
  expect(statuses(auto, next, mine)).toEqual(['interrupted', 'pending', 'working']);
  expect(app.store.attempts.ofTask(auto)).toMatchObject([{ outcome: 'stopped', charged: false }]);

  // It waits like the others, and asks nothing of the person who stopped it.
  expect(granted(await showTask.run(app, { task: auto })).waits).toBe(
    'everything is paused: stopped',
  );
  expect(granted(await whyTask.run(app, { task: auto })).why).toContain('claustre resume');
  expect(await inbox.run(app, {})).toEqual([]);
  expect((await feed()).started).toEqual([]);
  // Said again it stops nothing more, and kills nobody twice.
  expect(granted(await stopQueue.run(app, {})).says).toContain('No autonomous task worked.');
  expect(ended).toHaveLength(1);

  granted(await resumeQueue.run(app, {}));
  const fed = await feed();
  expect(fed.started).toEqual([auto]);
  expect(fed.says).toContain(`Resumed #${auto} in its own conversation.`);
  expect(sessionOf(auto)).toMatchObject({ parkedAt: null, state: 'open' });
  expect(statuses(auto, next)).toEqual(['working', 'pending']);
});

test('one that asks a person for long gives its slot away, and is stopped with the others', async () => {
  const { app, add, feed, does } = await queueShop({ config: '[queue]\nmax_sessions = 1\n' });
  const [first, second] = [add(), add()];
  granted(await resumeQueue.run(app, { project: 'app' }));
  expect((await feed()).started).toEqual([first]);
  does(first, 'question');
  expect((await feed()).started).toEqual([]);
  app.clock.advance(11 * 60_000);
  expect((await feed()).started).toEqual([second]);
  does(second, 'working');
  const [queue] = granted(await queueStatus.run(app, {})).projects;
  expect(queue).toMatchObject({ working: [second], asking: [first] });
  const { stopped } = granted(await stopQueue.run(app, {}));
  expect(stopped.toSorted()).toEqual([first, second]);
});

test('what was only written down by a call that was cut off is ended by the next one', async () => {
  const { app, add, feed, sessionOf } = await queueShop();
  const id = add();
  await feed();
  const { hangUp } = app.host;
  Object.assign(app.host, {
    hangUp: () => {
      throw new Error('cut off');
    },
  });
  await expect(stopQueue.run(app, {})).rejects.toThrow('cut off');
  Object.assign(app.host, { hangUp });
  const ended = hungUp(app);
  granted(await stopQueue.run(app, { project: 'app' }));
  expect(ended).toEqual([sessionOf(id).pid]);
});
