import { expect, test } from 'vitest';
import { refuse } from '#domain/error.ts';
import type { DependencyGraph } from '#operations/dependency/graph.ts';
import { fakeOperations, KEYS, mountDashboard } from '../../../support/dashboard.tsx';
import { troubleSnapshot } from '../../../support/snapshots.ts';

const node = (id: number, title: string, trouble: string | null = null) =>
  ({ id, title, status: 'pending', project: 'app', trouble }) as const;
const edge = (taskId: number, afterId: number) =>
  ({ taskId, afterId, until: 'done', met: false }) as const;

const GRAPH: DependencyGraph = {
  project: 'app',
  task: 4,
  tasks: [node(3, 'First'), node(4, 'Second', '#3 is in error'), node(5, 'Third')],
  edges: [edge(4, 3), edge(5, 4)],
};

async function opened(read: (of: unknown) => unknown = () => GRAPH) {
  const { operations, calls } = fakeOperations({
    dependencyGraph: { run: ({ of }) => read(of) },
  });
  const options = { operations, view: { taskId: 4 }, columns: 100, rows: 30 };
  const dashboard = await mountDashboard(troubleSnapshot(), options);
  await dashboard.press('t');
  return { dashboard, calls };
}

test('the tree opens at the task, and leads to another one', async () => {
  const { dashboard, calls } = await opened();
  const frame = await dashboard.see('Graph of #4');
  expect(calls).toEqual([{ name: 'dependencyGraph', input: { of: '#4' } }]);
  expect(frame).toMatch(/▸ └─ . #4 Second .* #3 is in error/);
  expect(frame).toMatch(/ {3}└─ . #5 Third/);
  await dashboard.press('k', KEYS.enter);
  expect(dashboard.state.get().view).toMatchObject({ dialog: null, taskId: 3 });
});

test('it shows how the tasks stand now', async () => {
  const { dashboard } = await opened();
  const frame = await dashboard.see('Graph of #4');
  const failed = dashboard.state.get().snapshot.tasks.find(({ id }) => id === 3);
  expect(failed?.status).not.toBe('pending');
  expect(frame).not.toContain('☐ #3');
});

test('it can be of the whole project', async () => {
  const { dashboard, calls } = await opened((of) =>
    of === '#4' ? GRAPH : { ...GRAPH, task: null },
  );
  await dashboard.press('t');
  await dashboard.see('Graph of app');
  await dashboard.press('t');
  await dashboard.see('Graph of #4');
  expect(calls.map(({ input }) => input.of)).toEqual(['#4', expect.any(String), '#4']);
  await dashboard.press('q');
  expect(dashboard.state.get().view.dialog).toBeNull();
});

test('a task alone says how it comes to wait, and what is refused is said', async () => {
  const alone = await opened(() => ({ ...GRAPH, tasks: [node(4, 'Second')], edges: [] }));
  expect(await alone.dashboard.see('Graph of #4')).toContain('It waits for no task');
  const gone = await opened(() => refuse('There is no task #4.'));
  expect(await gone.dashboard.see('There is no task #4.')).not.toContain('Graph of');
});
