import { expect, test } from 'vitest';
import { printGraph } from '#cli/print/graph.ts';
import { columnsOf } from '#format/text.ts';
import { dependencyGraph } from '#operations/dependency/graph.ts';
import { addProject, addTask, type FakeApp, fakeApp } from '../../support/fake-app.ts';
import { granted, refused } from '../../support/workshop.ts';

const event = { kind: 'test', source: 'person', at: '' } as const;

/** #1 is in error; #2 and #3 wait for it, #4 for both; #5 waits for #6 of another project. */
function shop(): FakeApp {
  const app = fakeApp();
  const project = addProject(app);
  const other = addProject(app, { name: 'lib' });
  addTask(app, project, { title: 'Lay the foundation', status: 'error' });
  addTask(app, project, { title: 'Build the walls' });
  addTask(app, project, { title: 'Dig the well\u001b[31m', status: 'working' });
  addTask(app, project, { title: 'Put the roof on and paint everything green' });
  addTask(app, project, { title: 'Move in' });
  addTask(app, other, { title: 'Buy chairs', status: 'done' });
  app.store.write(() => {
    app.store.tasks.setAfter(2, [1], event);
    app.store.tasks.setAfter(3, [1], event);
    app.store.tasks.setAfter(4, [2, { id: 3, until: 'merged' }], event);
    app.store.tasks.setAfter(5, [6], event);
  });
  return app;
}

const sheet = { width: 72, paint: (_: unknown, text: string) => text, now: 0 };

async function printed(app: FakeApp, of?: string, width: number | null = 72): Promise<string> {
  const graph = granted(await dependencyGraph.run(app, of === undefined ? {} : { of }));
  return printGraph(graph, { ...sheet, width });
}

test('the graph of a project is a tree, with what stands in the way', async () => {
  const app = shop();
  expect(await printed(app, 'app')).toBe(
    [
      '✗ #1 Lay the foundation',
      '├─ ☐ #2 Build the walls  #1 is in error',
      '│  └─ ☐ #4 Put the roof on and p…  #1 is in error · also after #3 merged',
      '└─ ● #3 Dig the well',
      '   └─ ☐ #4 Put the roof on and paint everything green  see above',
      '✓ #6 Buy chairs  in lib',
      '└─ ☐ #5 Move in',
    ].join('\n'),
  );
});

test('that of a task shows only what it hangs together with', async () => {
  const app = shop();
  expect(await printed(app, '#5')).toBe('✓ #6 Buy chairs  in lib\n└─ ☐ #5 Move in');
  app.store.write(() => app.store.tasks.setAfter(5, [], event));
  expect(await printed(app, '5')).toBe('#5 waits for no task, and none for it.');
  expect(refused(await dependencyGraph.run(app, { of: '99' })).reason).toContain('no task #99');
  expect(refused(await dependencyGraph.run(app, { of: 'x' })).reason).toContain('no project "x"');
});

test.each([30, 40, 120])('nothing is wider than %d columns', async (width) => {
  const app = shop();
  const lines = (await printed(app, undefined, width)).split('\n');
  expect(lines).toHaveLength(7);
  for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(width);
});

test('the document has tasks and edges, and says which are over', async () => {
  const graph = granted(await dependencyGraph.run(shop(), { of: 'app' }));
  expect(graph.tasks.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(graph.edges).toContainEqual({ taskId: 5, afterId: 6, until: 'done', met: true });
  expect(graph.edges).toContainEqual({ taskId: 4, afterId: 3, until: 'merged', met: false });
});
