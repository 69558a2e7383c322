import { describe, expect, test } from 'vitest';
import type { App } from '#app.ts';
import { toAfter } from '#domain/dependency.ts';
import { refuse } from '#domain/error.ts';
import {
  fakeOperations,
  KEYS,
  type Mounted,
  type MountOptions,
  mountDashboard,
} from '../../../support/dashboard.tsx';
import { fullSnapshot } from '../../../support/snapshots.ts';
import { taskViewOf } from '../../../support/task-view.ts';

const UNSET = { prompt: null, mode: null, base: null, branch: null, push: null, loop: null };

function appWith(templates: readonly unknown[] = []): App {
  const task = { mode: 'supervised', push: 'pr' };
  return { config: { forProject: () => ({ task, templates }) } } as unknown as App;
}

const mount = (options: MountOptions = {}) =>
  mountDashboard(fullSnapshot(), { app: appWith(), ...options });

const form = (dashboard: Mounted) => dashboard.state.get().view.dialog;

const CTRL_G = '\u0007';
const CTRL_T = '\u0014';

test('the field in use has a sign, not a colour alone', async () => {
  const { press, frame } = await mount();
  await press('n');
  expect(await frame()).toMatch(/Prompt +▸/);
  await press(KEYS.tab);
  expect(await frame()).toMatch(/Mode +▸ ● supervised/);
  expect(await frame()).not.toMatch(/Prompt +▸/);
});

describe('earlier prompts', () => {
  const recall = ({ before }: { before?: unknown }) =>
    before === null
      ? { prompts: ['newest', 'older'], before: 7 }
      : { prompts: ['oldest'], before: null };

  test('are read where Up leads, a window at a time, and Down comes back', async () => {
    const { operations, calls } = fakeOperations({ recallPrompts: { run: recall } });
    const dashboard = await mount({ operations });
    await dashboard.press('n', 'mine', KEYS.up, KEYS.up);
    expect(form(dashboard)).toMatchObject({ prompt: { text: 'newest' } });
    await dashboard.press(KEYS.up, KEYS.up, KEYS.up, KEYS.up);
    expect(form(dashboard)).toMatchObject({ prompt: { text: 'oldest' } });
    expect(calls.map(({ input }) => input)).toEqual([
      { project: 'web-shop', before: null },
      { project: 'web-shop', before: 7 },
    ]);
    await dashboard.press(KEYS.down, KEYS.down, KEYS.down);
    expect(form(dashboard)).toMatchObject({ prompt: { text: 'mine' } });
  });

  test('one that was looked at and left is no draft', async () => {
    const { operations, calls } = fakeOperations({ recallPrompts: { run: recall } });
    const dashboard = await mount({ operations });
    await dashboard.press('n', KEYS.up, KEYS.esc);
    expect(calls.map(({ name }) => name)).toEqual(['recallPrompts']);
    expect(form(dashboard)).toBeNull();
  });
});

describe('the editor', () => {
  const lend = async (work: () => Promise<void>) => work();

  test('gets the prompt and gives it back, from any field', async () => {
    const run = ({ text }: { text?: unknown }) => ({ text: `${text} and more\nlines` });
    const { operations } = fakeOperations({ editPrompt: { run } });
    const dashboard = await mount({ operations, lend });
    await dashboard.press('n', 'one', KEYS.tab, CTRL_G);
    expect(form(dashboard)).toMatchObject({
      field: 'prompt',
      prompt: { text: 'one and more\nlines' },
    });
    await dashboard.press('\u001A');
    expect(form(dashboard)).toMatchObject({ prompt: { text: 'one' } });
  });

  test('that fails leaves every word, and says why', async () => {
    const { operations } = fakeOperations({ editPrompt: { run: () => refuse('No editor.') } });
    const dashboard = await mount({ operations, lend });
    await dashboard.press('n', 'one', CTRL_G);
    await dashboard.see('No editor.');
    expect(form(dashboard)).toMatchObject({ prompt: { text: 'one' } });
  });
});

describe('templates', () => {
  test('are chosen from a list and fill the form', async () => {
    const templates = [
      { ...UNSET, name: 'idea', subtasks: [] },
      { ...UNSET, name: 'bug', prompt: 'Fix {cursor} now.', mode: 'autonomous', subtasks: [] },
    ];
    const dashboard = await mount({ app: appWith(templates) });
    await dashboard.press('n', 'it', CTRL_T);
    expect(await dashboard.frame()).toContain('Fix {cursor} now.');
    await dashboard.press('bug', KEYS.enter);
    expect(form(dashboard)).toMatchObject({ prompt: { text: 'Fix it now.' }, mode: 'autonomous' });
    await dashboard.press(CTRL_T, KEYS.esc);
    expect(form(dashboard)).toMatchObject({ prompt: { text: 'Fix it now.' }, picker: null });
  });

  test('are offered at once by the command for it', async () => {
    const templates = [{ ...UNSET, name: 'idea', prompt: 'Think.', subtasks: [] }];
    const dashboard = await mount({ app: appWith(templates) });
    await dashboard.press(':', 'template', KEYS.enter, KEYS.enter);
    expect(form(dashboard)).toMatchObject({ kind: 'task', prompt: { text: 'Think.' } });
  });

  test('where there is none, it is said where to write one', async () => {
    const dashboard = await mount();
    await dashboard.press('n', CTRL_T);
    await dashboard.see('Write one into config.toml: [[templates]]');
  });
});

describe('the branches', () => {
  test('are looked at once typing rests, and what was found stands beside them', async () => {
    const found = {
      base: { tone: 'unknown', text: 'is not known here' },
      branch: { tone: 'warning', text: 'exists: the work goes on there' },
    };
    const { operations, calls } = fakeOperations({ checkBranches: { run: () => found } });
    const dashboard = await mount({ operations });
    await dashboard.press('n', KEYS.tab, KEYS.tab, 'dev', KEYS.tab, 'fi', 'x');
    await dashboard.see('! exists: the work goes on there');
    await dashboard.see('? is not known here');
    expect(calls.at(-1)).toEqual({
      name: 'checkBranches',
      input: { project: 'web-shop', task: null, base: 'dev', branch: 'fix' },
    });
    await dashboard.press('y');
    expect(await dashboard.frame()).not.toContain('exists: the work goes on there');
  });

  test('what cannot be a name is said while it is typed', async () => {
    const dashboard = await mount();
    await dashboard.press('n', KEYS.tab, KEYS.tab, KEYS.tab, 'a..b');
    await dashboard.see('! "a..b" cannot be the name of a branch');
  });
});

test('priority and what it waits for are said only when they were changed', async () => {
  const { operations, calls } = fakeOperations({});
  const dashboard = await mount({ operations });
  await dashboard.press('n', 'words', '\u000F', '0', KEYS.tab, 'four');
  expect(await dashboard.frame()).toContain('! "four" is no number of a task.');
  await dashboard.press(KEYS.enter);
  expect(calls).toEqual([]);
  await dashboard.press('\u0015', '#4 5', KEYS.enter);
  expect(calls[0]?.input).toMatchObject({
    description: 'words',
    priority: 0,
    after: [4, 5].map(toAfter),
  });
  await dashboard.press('n', 'words', KEYS.enter);
  expect(calls[1]?.input).not.toHaveProperty('priority');
  expect(calls[1]?.input).not.toHaveProperty('after');
});

describe('when a task starts', () => {
  test('is read as it is typed, and said to the operation', async () => {
    const { operations, calls } = fakeOperations({});
    const dashboard = await mount({ operations, columns: 160 });
    await dashboard.press('n', 'words', '\u000F', KEYS.tab, KEYS.tab, 'soon');
    expect(await dashboard.frame()).toContain('! "soon" is no moment.');
    await dashboard.press('\u0015', '2026-01-05 09:00, after 10m', KEYS.tab, 'mon 9:00');
    const frame = await dashboard.frame();
    expect(frame).toContain('✓ Mon 5 09:00, 10 min after what it waits for');
    expect(frame).toContain('✓ every Mon 09:00');
    await dashboard.press(KEYS.enter);
    expect(calls[0]?.input).toMatchObject({
      at: '2026-01-05 09:00',
      delay: '10m',
      every: 'mon 9:00',
    });
  });

  test('stays unsaid where nothing was changed', async () => {
    const task = taskViewOf({ id: 4, notBefore: '2026-01-05T09:00:00.000Z', every: '1d' });
    const { operations, calls } = fakeOperations({ showTask: { run: () => task } });
    const dashboard = await mount({ operations, view: { taskId: 4 } });
    await dashboard.press('e', 'x', KEYS.enter);
    await dashboard.press('e', '\u000F', '\u000F', KEYS.tab, KEYS.tab, '\u0015', KEYS.enter);
    const edits = calls.filter(({ name }) => name === 'editTask').map(({ input }) => input);
    expect(edits).toHaveLength(2);
    expect(edits[0]).not.toHaveProperty('at');
    expect(edits[1]).toMatchObject({ at: 'none' });
    expect(edits[1]).not.toHaveProperty('delay');
    expect(edits[1]).not.toHaveProperty('every');
  });
});

describe('the tasks to wait for', () => {
  const said = (dashboard: Mounted) =>
    (form(dashboard) as unknown as { after: { text: string } }).after.text;

  test('are chosen from a list, with what is waited for', async () => {
    const { operations, calls } = fakeOperations({});
    const dashboard = await mount({ operations });
    const { tasks } = dashboard.state.get().snapshot;
    const [first, second] = tasks
      .filter(({ projectId, status }) => projectId === 1 && status !== 'done')
      .map(({ id }) => id)
      .toSorted((a, b) => a - b);
    await dashboard.press('n', 'words', '\u000F', KEYS.tab, CTRL_T);
    await dashboard.see('Wait for');
    await dashboard.press(KEYS.enter, KEYS.down, KEYS.right);
    expect(said(dashboard)).toBe(`#${first} #${second}:merged`);
    expect(await dashboard.frame()).toMatch(/▸ ● .*until it is merged/);
    await dashboard.press(KEYS.up, KEYS.enter, KEYS.esc);
    expect(said(dashboard)).toBe(`#${second}:merged`);
    await dashboard.press(KEYS.enter);
    expect(calls[0]?.input).toMatchObject({ after: [{ id: second, until: 'merged' }] });
  });

  test('are found by their words, and by their number', async () => {
    const dashboard = await mount();
    await dashboard.press('n', '\u000F', KEYS.tab, CTRL_T, 'no such task');
    expect(await dashboard.frame()).toContain('There is no such task');
    await dashboard.press(KEYS.enter, '\u0015', '#1', KEYS.enter);
    expect(said(dashboard)).toMatch(/^#1/);
  });

  test('are not chosen over what nobody can read', async () => {
    const dashboard = await mount();
    await dashboard.press('n', '\u000F', KEYS.tab, 'four', CTRL_T);
    expect(await dashboard.frame()).toContain('"four" is no number of a task.');
    expect(said(dashboard)).toBe('four');
  });
});
