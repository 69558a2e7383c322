import { describe, expect, test } from 'vitest';
import type { App } from '#app.ts';
import { refuse } from '#domain/error.ts';
import {
  fakeOperations,
  KEYS,
  type MountOptions,
  mountDashboard,
} from '../../support/dashboard.tsx';
import { aRow, aSnapshot, fullSnapshot } from '../../support/snapshots.ts';
import { taskViewOf } from '../../support/task-view.ts';

const app = {
  config: { forProject: () => ({ task: { mode: 'supervised', push: 'pr' } }) },
} as unknown as App;

const mount = (options: MountOptions = {}, snapshot = fullSnapshot()) =>
  mountDashboard(snapshot, { app, ...options });

describe('a new task', () => {
  test('is created with Enter and selected', async () => {
    const before = fullSnapshot();
    const { operations, calls } = fakeOperations({ addTask: { run: () => ({ id: 50 }) } });
    const dashboard = await mount({
      operations,
      read: () => ({ ...before, tasks: [...before.tasks, aRow(50, { title: 'Fix it' })] }),
    });
    await dashboard.press('n', 'Fix it', KEYS.altEnter, 'quickly', KEYS.tab, KEYS.right);
    await dashboard.press(KEYS.shiftTab, KEYS.shiftTab, 'kill the bug', KEYS.enter, KEYS.enter);
    expect(calls).toEqual([
      {
        name: 'addTask',
        input: {
          project: 'web-shop',
          description: 'Fix it\nquickly',
          mode: 'autonomous',
          base: '',
          branch: '',
          push: 'pr',
          loop: false,
          subtask: ['kill the bug'],
          criterion: [],
        },
      },
    ]);
    expect(dashboard.state.get().view).toMatchObject({ taskId: 50, dialog: null });
    await dashboard.see('addTask did it.');
  });

  test('left with Esc is kept as a draft, and nothing is kept when nothing was typed', async () => {
    const { operations, calls } = fakeOperations({});
    const dashboard = await mount({ operations });
    await dashboard.press('n', KEYS.esc);
    expect(calls).toEqual([]);
    await dashboard.press('n', 'later', KEYS.esc);
    expect(calls[0]).toMatchObject({
      name: 'addTask',
      input: { description: 'later', draft: true },
    });
    expect(dashboard.state.get().view.dialog).toBeNull();
  });

  test('that is refused keeps the form, the reason and every word', async () => {
    const { operations } = fakeOperations({
      addTask: { run: () => refuse('The branch is no branch.', 'Use another.') },
    });
    const dashboard = await mount({ operations });
    await dashboard.press('n', 'Fix it', KEYS.enter);
    const frame = await dashboard.frame();
    expect(frame).toContain('The branch is no branch. Use another.');
    expect(frame).toContain('Fix it');
    await dashboard.press(KEYS.esc);
    await dashboard.see('Not saved; the form opens again with these words.');
    await dashboard.press('n');
    expect(await dashboard.frame()).toContain('Fix it');
  });

  test('takes a megabyte at once, and no part of it as a key', async () => {
    const { operations, calls } = fakeOperations({});
    const dashboard = await mount({ operations });
    const text = 'k q d y\n'.repeat(140_000);
    await dashboard.press('n');
    await dashboard.paste(text);
    expect(dashboard.state.get().view.dialog).toMatchObject({ kind: 'task', prompt: { text } });
    expect(calls).toEqual([]);
    await dashboard.press('x');
    await dashboard.press(KEYS.enter);
    expect(String(calls[0]?.input.description)).toHaveLength(text.length + 1);
  });

  test('a form that is opened and typed into with one read gets the rest as text', async () => {
    const dashboard = await mount();
    await dashboard.press('nquick');
    expect(dashboard.state.get().view.dialog).toMatchObject({ prompt: { text: 'quick' } });
  });

  test('needs a project', async () => {
    const dashboard = await mount({}, aSnapshot());
    await dashboard.press('n');
    await dashboard.see('There is no project yet. Press a to add one.');
  });
});

describe('editing', () => {
  const showTask = { run: () => taskViewOf({ id: 6, prompt: 'Old words', status: 'draft' }) };

  test('says only what was changed, and Enter makes a draft pending', async () => {
    const { operations, calls } = fakeOperations({ showTask });
    const dashboard = await mount({ operations, view: { taskId: 6 } });
    await dashboard.press('e');
    await dashboard.see('Edit #6');
    await dashboard.press('!', KEYS.enter);
    expect(calls.at(-1)).toEqual({
      name: 'editTask',
      input: { task: 6, description: 'Old words!', submit: true },
    });
  });

  test('Esc saves what was changed and leaves the status alone', async () => {
    const { operations, calls } = fakeOperations({ showTask });
    const dashboard = await mount({ operations, view: { taskId: 6 } });
    await dashboard.press('e', '!', KEYS.esc);
    expect(calls.at(-1)?.input).toEqual({ task: 6, description: 'Old words!' });
    await dashboard.press('e', KEYS.esc);
    expect(calls.at(-1)?.name).toBe('showTask');
  });

  test('is refused while Claude has the texts', async () => {
    const dashboard = await mount({ view: { taskId: 1 } });
    await dashboard.press('e');
    await dashboard.see('its texts are with Claude already');
  });
});

describe('the subtasks', () => {
  const subtasks = [{ text: 'one', done: true }];
  const showTask = { run: () => taskViewOf({ id: 4, subtasks }) };

  test('are added, edited and deleted; each change is saved', async () => {
    const { operations, calls } = fakeOperations({ showTask });
    const dashboard = await mount({ operations, view: { taskId: 4 } });
    await dashboard.press('s', 'jump', KEYS.enter, 'kill', KEYS.enter);
    await dashboard.press(KEYS.up, KEYS.up, KEYS.up, KEYS.delete, KEYS.enter, 'y', KEYS.enter);
    const saved = calls.filter(({ name }) => name === 'editTask').map(({ input }) => input.subtask);
    expect(saved).toEqual([
      ['one', 'jump'],
      ['one', 'jump', 'kill'],
      ['jump', 'kill'],
      ['jumpy', 'kill'],
    ]);
    await dashboard.press(KEYS.esc, KEYS.esc);
    expect(dashboard.state.get().view.dialog).toBeNull();
  });

  test('many lines pasted at once are all saved', async () => {
    const { operations, calls } = fakeOperations({ showTask });
    const dashboard = await mount({ operations, view: { taskId: 4 } });
    await dashboard.press('s');
    await dashboard.paste('a\nb\nc\n');
    expect(calls.at(-1)?.input.subtask).toEqual(['one', 'a', 'b', 'c']);
  });

  test('typed with one read are all saved', async () => {
    const { operations, calls } = fakeOperations({ showTask });
    const dashboard = await mount({ operations, view: { taskId: 4 } });
    await dashboard.press('s', 'a\rb\rc\r');
    expect(calls.at(-1)?.input.subtask).toEqual(['one', 'a', 'b', 'c']);
  });

  test('what was refused is not shown as if it were saved', async () => {
    const { operations } = fakeOperations({ showTask, editTask: { run: () => refuse('No.') } });
    const dashboard = await mount({ operations, view: { taskId: 4 } });
    await dashboard.press('s', 'two', KEYS.enter);
    expect(dashboard.state.get().view.dialog).toMatchObject({
      list: { items: subtasks, input: { text: 'two' } },
    });
  });

  test('of a task that Claude has are shown and cannot be changed', async () => {
    const { operations, calls } = fakeOperations({ showTask });
    const dashboard = await mount({ operations, view: { taskId: 1 } });
    await dashboard.press('s', 'x', KEYS.enter);
    expect(calls.map(({ name }) => name)).toEqual(['showTask']);
  });
});

describe('help and details', () => {
  test('help is made of the keymap, found by typing and closed with Esc or ?', async () => {
    const dashboard = await mount();
    await dashboard.press('?', 'under', '\u0015', 'undo');
    const frame = await dashboard.frame();
    expect(frame).toContain('undo the last delete, kill');
    expect(frame).not.toContain('reviewed and done');
    await dashboard.press(KEYS.esc);
    expect(await dashboard.frame()).toContain('reviewed and done');
    await dashboard.press('?');
    expect(dashboard.state.get().view.dialog).toBeNull();
  });

  test('details show the whole task and scroll', async () => {
    const prompt = Array.from({ length: 60 }, (_, index) => `line ${index}`).join('\n');
    const at = '2026-01-01T11:30:00.000Z';
    const event = { id: 1, at, projectId: 1, taskId: 3, sessionId: null, kind: 'task.launch' };
    const { operations } = fakeOperations({
      showTask: { run: () => taskViewOf({ id: 3, prompt }) },
      taskEvents: { run: () => [{ ...event, source: 'person', data: { branch: 'task/x' } }] },
    });
    const dashboard = await mount({ operations });
    await dashboard.press('v');
    expect(await dashboard.frame()).toContain('Prompt');
    await dashboard.press('G');
    const end = await dashboard.frame();
    expect(end).toMatch(/11:30 +launched/);
    await dashboard.press('j', 'j', 'k');
    expect(await dashboard.frame()).not.toBe(end);
    await dashboard.press('g', 'j', 'j', 'k', KEYS.esc);
    expect(dashboard.state.get().view.dialog).toBeNull();
  });
});
