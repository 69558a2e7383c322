import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from '#domain/queue/decide.ts';
import { compareTasks } from '#domain/task-order.ts';
import {
  aQueueProject,
  aQueueTask,
  QUEUE_SETTINGS,
  queueFacts,
} from '../../support/queue-facts.ts';

test('the most urgent start, then by hand, then by age, as far as slots are free', () => {
  const tasks = [
    aQueueTask(1, { position: 9 }),
    aQueueTask(2, { position: 5 }),
    aQueueTask(3, { priority: 3 }),
    aQueueTask(4, { priority: 0 }),
    aQueueTask(5, { position: 5 }),
  ];
  const { start, waits } = decide(queueFacts({ tasks }));
  expect(start).toEqual([4, 2, 5]);
  expect([...waits.keys()].sort()).toEqual([1, 3]);
  expect(waits.get(1)?.text).toBe('no free slot: #4, #2 and #5 work (3 of 3)');
});

test('what works takes a slot, in whichever project it works', () => {
  const facts = queueFacts({
    projects: new Map([
      [1, aQueueProject()],
      [2, aQueueProject({ name: 'web' })],
    ]),
    tasks: [aQueueTask(1), aQueueTask(2, { projectId: 2 })],
    taken: [
      { task: 8, project: 2 },
      { task: 9, project: 2 },
    ],
  });
  expect(decide(facts).start).toEqual([1]);
  expect(decide(facts).waits.get(2)?.text).toBe('no free slot: #8, #9 and #1 work (3 of 3)');
});

test('a project that may have one keeps to it, and leaves the other slots to others', () => {
  const one = { ...QUEUE_SETTINGS, projectSessions: 1 };
  const facts = queueFacts({
    projects: new Map([
      [1, aQueueProject({ settings: one })],
      [2, aQueueProject({ name: 'web' })],
    ]),
    tasks: [aQueueTask(1), aQueueTask(2), aQueueTask(3, { projectId: 2, priority: 3 })],
  });
  const { start, waits } = decide(facts);
  expect(start).toEqual([1, 3]);
  expect(waits.get(2)).toMatchObject({
    kind: 'project_slot',
    text: 'no free slot in app: #1 works (1 of 1)',
  });
});

test('of many that work the sentence names a few', () => {
  const settings = { ...QUEUE_SETTINGS, maxSessions: 6 };
  const facts = queueFacts({
    projects: new Map([[1, aQueueProject({ settings })]]),
    tasks: [aQueueTask(1)],
    taken: [11, 12, 13, 14, 15, 16].map((task) => ({ task, project: 1 })),
  });
  expect(decide(facts).waits.get(1)?.text).toBe(
    'no free slot: #11, #12, #13, #14 and 2 more work (6 of 6)',
  );
});

/** Random tasks that wait for earlier ones, of which some are done, in two projects with limits of their own. */
const worlds = fc
  .record({
    maxSessions: fc.integer({ min: 1, max: 4 }),
    projectSessions: fc.option(fc.integer({ min: 1, max: 3 })),
    queues: fc.tuple(
      ...Array.from({ length: 2 }, () => fc.constantFrom('runs', 'rests', 'paused')),
    ),
    paused: fc.boolean(),
    tasks: fc.array(
      fc.record({
        projectId: fc.integer({ min: 1, max: 2 }),
        mode: fc.constantFrom('autonomous', 'autonomous', 'supervised'),
        status: fc.constantFrom('pending', 'pending', 'pending', 'done', 'working'),
        priority: fc.integer({ min: 0, max: 3 }),
        position: fc.integer({ min: 0, max: 5 }),
        held: fc.constantFrom(null, null, null, 'killed'),
        after: fc.array(fc.nat(40), { maxLength: 3 }),
      }),
      { maxLength: 40 },
    ),
  })
  .map((world) => ({
    ...world,
    tasks: world.tasks.map(({ after, ...task }, index) => ({
      after: after.filter((other) => other < index),
      task: aQueueTask(index + 1, task as Parameters<typeof aQueueTask>[1]),
    })),
  }));

test('never more than the slots, never before its parents, never past a more urgent one, and nothing without a word', () => {
  fc.assert(
    fc.property(worlds, ({ maxSessions, projectSessions, queues, paused, tasks }) => {
      const settings = { ...QUEUE_SETTINGS, maxSessions, projectSessions };
      const openBefore = new Map(
        tasks.flatMap(({ task, after }) => {
          const open = after.filter((index) => tasks[index]?.task.status !== 'done');
          const waits = open.map((index) => ({ id: index + 1, until: 'done' as const }));
          return open.length === 0 ? [] : [[task.id, waits] as const];
        }),
      );
      const all = tasks.map(({ task }) => task);
      const taken = all
        .filter(({ status, mode }) => status === 'working' && mode === 'autonomous')
        .map(({ id, projectId }) => ({ task: id, project: projectId }));
      const facts = queueFacts({
        queue: { pausedAt: paused ? 'now' : null, pauseReason: null },
        projects: new Map(
          queues.map((queue, index) => [index + 1, aQueueProject({ queue, settings })] as const),
        ),
        tasks: all.filter(({ status }) => status === 'pending'),
        openBefore,
        taken,
      });
      const { start, waits } = decide(facts);
      const started = start.map((id) => all[id - 1]).filter((task) => task !== undefined);
      expect(new Set(start).size).toBe(start.length);
      expect(start.length).toBeLessThanOrEqual(Math.max(0, maxSessions - taken.length));
      for (const project of [1, 2]) {
        const works = [...taken, ...started.map((each) => ({ project: each.projectId }))];
        const own = started.filter((each) => each.projectId === project).length;
        const sum = works.filter((each) => each.project === project).length;
        if (own > 0) expect(sum).toBeLessThanOrEqual(projectSessions ?? maxSessions);
      }
      for (const task of started) {
        expect(task).toMatchObject({ status: 'pending', mode: 'autonomous', held: null });
        expect(openBefore.has(task.id)).toBe(false);
        expect(paused).toBe(false);
        expect(queues[task.projectId - 1]).toBe('runs');
      }
      const pending = all.filter(({ status }) => status === 'pending').map(({ id }) => id);
      expect([...start, ...waits.keys()].sort()).toEqual(pending.sort());
      // Where every project may have all slots, nobody is passed who is as ready and more urgent.
      for (const [id, wait] of waits) {
        const task = all[id - 1];
        if (wait.kind !== 'slot' || task === undefined || projectSessions !== null) continue;
        for (const each of started) expect(compareTasks(each, task)).toBeLessThan(0);
      }
      // No slot stays empty while somebody waits for one.
      if ([...waits.values()].some(({ kind }) => kind === 'slot')) {
        expect(taken.length + start.length).toBeGreaterThanOrEqual(maxSessions);
      }
    }),
    { numRuns: 300 },
  );
});
