import { expect, test } from 'vitest';
import { refuse } from '#domain/error.ts';
import { landingsDuty } from '#supervisor/landings.ts';
import { createLanes } from '#supervisor/lanes.ts';
import { addProject, addTask, fakeApp } from '../support/fake-app.ts';
import { patientLanes } from '../support/patient-lanes.ts';
import { seedPullRequest } from '../support/seed-session.ts';

/** What was merged on each of these hosts; `asks` is how a host answers what is left to do. */
function merged(asks: (host: string) => Promise<never> | ReturnType<typeof refuse>) {
  const asked: string[] = [];
  const app = fakeApp({
    gh: {
      readMerge: async (host) => {
        asked.push(host);
        return asks(host);
      },
    },
  });
  const project = addProject(app);
  const merge = (host: string, nodeId: string | null = 'PR_1'): number => {
    const { id } = addTask(app, project, { status: 'done' });
    const state = { state: 'merged', mergedAt: app.clock.iso() } as const;
    seedPullRequest(app.store, id, { host, nodeId, number: id, ...state });
    return id;
  };
  const open = () => app.store.pullRequests.unlanded().map(({ taskId }) => taskId);
  return { app, asked, merge, open };
}

test('a host that is silent holds up no other, and is not asked twice', async () => {
  const { app, asked, merge, open } = merged(() => new Promise<never>(() => {}));
  const silent = merge('git.example.org');
  app.clock.advance(60_000);
  const duty = landingsDuty(app, createLanes(1));
  expect(await duty.run()).toBe(1_000);
  // Nothing was read of it, so that nothing is left to do and GitHub is not asked.
  merge('github.com', null);
  app.clock.advance(60_000);
  await duty.run();
  expect(open()).toEqual([silent]);
  expect(asked).toEqual(['git.example.org']);
});

test('what did not land is tried again when its time has come, and rests until then', async () => {
  const { app, asked, merge } = merged(() => refuse('It did not answer.'));
  merge('github.com');
  const duty = landingsDuty(app, patientLanes());
  expect(await duty.run()).toBe(5_000);
  expect(asked).toEqual([]);
  app.clock.advance(5_000);
  const wait = await duty.run();
  expect(await duty.run()).toBe(wait);
  expect(asked).toHaveLength(1);
  app.clock.advance(wait);
  await duty.run();
  expect(asked).toHaveLength(2);
});
