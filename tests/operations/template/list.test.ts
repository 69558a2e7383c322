import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { addTask } from '#operations/task/add.ts';
import { listTemplates } from '#operations/template/list.ts';
import { addProject, type FakeApp, fakeApp } from '../../support/fake-app.ts';
import { granted, refused } from '../../support/workshop.ts';

const TEMPLATES = `
[[templates]]
name = "bug"
prompt = "Find out why {cursor} and fix it.\\n\\nAdd a test."
mode = "autonomous"
loop = true
subtasks = ["test", "fix"]

[[templates]]
name = "idea"
`;

function shop(): FakeApp {
  const app = fakeApp();
  writeFileSync(app.paths.config, TEMPLATES);
  addProject(app);
  return app;
}

function add(app: FakeApp, fields: Record<string, unknown>) {
  return addTask.run(app, addTask.input.parse({ project: 'app', ...fields }));
}

test('templates are listed with how they begin', async () => {
  const found = granted(await listTemplates.run(shop(), { project: 'app' }));
  expect(found.map(({ name }) => name)).toEqual(['bug', 'idea']);
  expect(listTemplates.describe?.(found)).toBe('bug: Find out why {cursor} and fix it.\nidea');
  expect(listTemplates.describe?.([])).toContain('There is no template');
});

test('a task takes from its template what was not said', async () => {
  const app = shop();
  const fields = { template: 'bug', description: 'it hangs', push: 'push' };
  const task = granted(await add(app, { ...fields, title: 'Hang' }));
  expect(task).toMatchObject({
    title: 'Hang',
    prompt: 'Find out why it hangs and fix it.\n\nAdd a test.',
    mode: 'autonomous',
    push: 'push',
    loop: true,
  });
  expect(task.subtasks.map(({ text }) => text)).toEqual(['test', 'fix']);
  const own = granted(await add(app, { ...fields, mode: 'supervised', subtask: ['mine'] }));
  expect(own).toMatchObject({ title: 'Find out why it hangs and fix it.', mode: 'supervised' });
  expect(own.subtasks).toHaveLength(1);
});

test('an unknown template is refused with those that there are, or with what to do', async () => {
  const app = shop();
  expect(refused(await add(app, { title: 'T', template: 'bg' })).hint).toBe('Did you mean "bug"?');
  expect(refused(await add(app, { title: 'T', template: 'other' })).hint).toContain('"idea"');
  const none = fakeApp();
  addProject(none);
  expect(refused(await add(none, { title: 'T', template: 'x' })).hint).toContain('[[templates]]');
});
