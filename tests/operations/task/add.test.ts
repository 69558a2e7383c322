import { describe, expect, test } from 'vitest';
import { addTask } from '#operations/task/add.ts';
import { editTask } from '#operations/task/edit.ts';
import { addProject, addTask as addRow } from '../../support/fake-app.ts';
import { granted, refused, workshop } from '../../support/workshop.ts';

function add(shop: ReturnType<typeof workshop>, fields: Record<string, unknown>) {
  return addTask.run(shop.app, addTask.input.parse({ project: 'app', ...fields }));
}

describe('a task that is added', () => {
  test('is pending with the defaults of the configuration', async () => {
    const shop = workshop();
    const task = granted(await add(shop, { title: 'Fix it' }));
    expect(task).toMatchObject({
      project: 'app',
      title: 'Fix it',
      prompt: '',
      status: 'pending',
      mode: 'supervised',
      push: 'push',
      base: 'main',
      branch: null,
      loop: false,
      priority: 2,
      session: null,
      pullRequest: null,
      usage: { inputTokens: null, outputTokens: null, costUsd: null },
    });
  });

  test('takes its title from the prompt', async () => {
    const shop = workshop();
    const task = granted(await add(shop, { description: 'Fix the login\n\nIt fails.' }));
    expect(task).toMatchObject({ title: 'Fix the login', prompt: 'Fix the login\n\nIt fails.' });
  });

  test('keeps any text as it was written', async () => {
    const shop = workshop();
    const hostile = '-rf "$(id)" `x`\n👩‍🚀 \\ ; & | \u0007';
    const task = granted(await add(shop, { title: hostile, description: hostile }));
    expect(task).toMatchObject({ title: hostile, prompt: hostile });
  });

  test('goes as far as the repository has where to', async () => {
    const without = workshop({ remote: false });
    expect(granted(await add(without, { title: 'T' })).push).toBe('local');
    const remote = workshop();
    expect(granted(await add(remote, { title: 'T' })).push).toBe('push');
    addProject(remote.app, { name: 'forge' });
    expect(granted(await add(remote, { title: 'T', project: 'forge' })).push).toBe('pr');
  });

  test('has steps in order and waits for others', async () => {
    const shop = workshop();
    const first = granted(await add(shop, { title: 'first' }));
    const fields = { title: 'second', subtask: ['a', 'b'], after: [`#${first.id}`] };
    const task = granted(await add(shop, fields));
    expect(task).toMatchObject({ after: [first.id], waits: `after #${first.id}` });
    expect(task.subtasks).toEqual([
      { text: 'a', done: false },
      { text: 'b', done: false },
    ]);
  });

  test('has criteria by which it is accepted', async () => {
    const fields = { title: 'T', criterion: ['It builds', 'It is fast'] };
    const task = granted(await add(workshop(), fields));
    const unchecked = { verdict: null, evidence: null, headCommit: null, checkedAt: null };
    expect(task.criteria).toEqual([
      { text: 'It builds', ...unchecked },
      { text: 'It is fast', ...unchecked },
    ]);
  });

  test('can be launched at once', async () => {
    const shop = workshop();
    expect(granted(await add(shop, { title: 'T', push: 'local', launch: true })).status).toBe(
      'working',
    );
  });
});

describe('what is refused', () => {
  test.each([
    [{ title: ' ' }, 'A task needs a title or a prompt.'],
    [{ title: 'T', after: [99] }, 'There is no task #99 to wait for.'],
    [{ title: 'T', draft: true, launch: true }, 'A draft is not launched.'],
  ])('%o', async (fields, reason) => {
    const shop = workshop();
    expect(refused(await add(shop, fields)).reason).toBe(reason);
    expect(shop.app.store.tasks.ofProject(shop.project.id, null)).toEqual([]);
  });

  test('an unknown project names those that exist', async () => {
    const no = refused(await add(workshop(), { project: 'ap', title: 'T' }));
    expect(no).toMatchObject({ code: 'not_found', hint: 'There are: "app".' });
  });
});

describe('a stack', () => {
  test('is asked for with :pr_green and shown beside the ids', async () => {
    const shop = workshop();
    const { id } = shop.addTask({ push: 'pr' });
    const task = granted(await add(shop, { title: 'T', after: [`#${id}:pr_green`] }));
    expect(task).toMatchObject({
      after: [id],
      afterUntil: { [id]: 'pr_green' },
      waits: `after #${id} green`,
    });
  });

  test('stands on one task, in the same project, that opens a pull request', async () => {
    const shop = workshop();
    const one = shop.addTask({ push: 'pr' }).id;
    const two = shop.addTask({ push: 'pr' }).id;
    const local = shop.addTask({ push: 'local' }).id;
    const wrong = async (after: string[]) => refused(await add(shop, { title: 'T', after })).reason;
    expect(await wrong([`${one}:pr_green`, `${two}:pr_green`])).toContain('on one other at most');
    expect(await wrong([`${local}:pr_green`])).toContain('opens no pull request');
    const path = `${shop.repo.path}/elsewhere`;
    const other = addProject(shop.app, { name: 'other', path });
    const far = addRow(shop.app, other, { push: 'pr' }).id;
    expect(await wrong([`${far}:pr_green`])).toContain('another project');
  });
});

test('an exploration may be added without a word', async () => {
  const task = granted(await add(workshop(), { mode: 'exploration' }));
  expect(task).toMatchObject({ title: 'Exploration', prompt: '' });
});

test('a name that cannot be a branch is refused at once, also in an edit', async () => {
  const shop = workshop();
  const fields = { title: 'T', branch: 'fix login' };
  expect(refused(await add(shop, fields)).reason).toContain('it has a blank in it');
  expect(refused(await add(shop, { title: 'T', base: '-x' })).code).toBe('invalid');
  const { id } = shop.addTask();
  const edited = await editTask.run(shop.app, editTask.input.parse({ task: id, branch: 'a..b' }));
  expect(refused(edited).code).toBe('invalid');
});
