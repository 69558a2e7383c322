import { describe, expect, test } from 'vitest';
import type { App } from '#app.ts';
import { refuse } from '#domain/error.ts';
import { fakeOperations, KEYS, mountDashboard } from '../support/dashboard.tsx';
import {
  aRow,
  aSnapshot,
  fullSnapshot,
  projectNamed,
  troubleSnapshot,
} from '../support/snapshots.ts';

describe('in the queue', () => {
  test('arrows and j move, k never does: it asks and names what would be saved', async () => {
    const { operations, calls } = fakeOperations({
      killTask: { confirm: () => 'Kill #1? 2 commits are saved first.' },
    });
    const dashboard = await mountDashboard(fullSnapshot(), { operations });
    await dashboard.press(KEYS.down, 'j', KEYS.up);
    expect(dashboard.state.get().view.taskId).toBe(1);
    await dashboard.press('k');
    expect(await dashboard.frame()).toContain('Kill #1? 2 commits are saved first.');
    expect(dashboard.state.get().view.taskId).toBe(1);
    await dashboard.press('k', 'j', 'x', KEYS.down);
    expect(calls).toEqual([]);
    await dashboard.press('n');
    expect(await dashboard.frame()).not.toContain('Sure?');
    await dashboard.press('k', 'y');
    expect(calls).toEqual([{ name: 'killTask', input: { task: 1 } }]);
    await dashboard.see('killTask did it.');
  });

  test('k pressed twice before the question is there asks once and kills nothing', async () => {
    const { operations, calls } = fakeOperations({ killTask: { confirm: () => 'Kill it?' } });
    const dashboard = await mountDashboard(fullSnapshot(), { operations });
    await dashboard.press('kk');
    await dashboard.see('Kill it?');
    expect(calls).toEqual([]);
  });

  test('a y that was typed together with the k answers nothing', async () => {
    const { operations, calls } = fakeOperations({ killTask: { confirm: () => 'Kill it?' } });
    const dashboard = await mountDashboard(fullSnapshot(), { operations });
    await dashboard.press('kyyy');
    await dashboard.see('Kill it?');
    await dashboard.press('yyy');
    expect(calls).toEqual([]);
  });

  test('l launches at once and q quits at once, both without a question', async () => {
    const { operations, calls } = fakeOperations({});
    const dashboard = await mountDashboard(fullSnapshot(), { operations, view: { taskId: 6 } });
    await dashboard.press('l');
    expect(calls).toEqual([{ name: 'launchTask', input: { task: [6] } }]);
    await dashboard.press('q');
    expect(dashboard.exited()).toBe(true);
  });

  test('a key that does nothing here says why', async () => {
    const { operations, calls } = fakeOperations({});
    const dashboard = await mountDashboard(fullSnapshot(), { operations, view: { taskId: 7 } });
    await dashboard.press('k');
    await dashboard.see('Task #7 has no session to kill.');
    expect(calls).toEqual([]);
  });

  test('what an operation refuses or throws is said, with what to do', async () => {
    const { operations } = fakeOperations({
      launchTask: { run: () => refuse('No free slot.', 'Finish one first.') },
    });
    const dashboard = await mountDashboard(fullSnapshot(), { operations, view: { taskId: 6 } });
    await dashboard.press('l');
    await dashboard.see('No free slot. Finish one first.');
  });

  test('J and K move the task, u brings back, r finishes without a question when there is none', async () => {
    const { operations, calls } = fakeOperations({ finishTask: { confirm: () => null } });
    const dashboard = await mountDashboard(fullSnapshot(), { operations, view: { taskId: 4 } });
    await dashboard.press('J', 'K', 'u', 'r');
    expect(calls).toEqual([
      { name: 'moveTask', input: { task: 4, direction: 'down' } },
      { name: 'moveTask', input: { task: 4, direction: 'up' } },
      { name: 'restoreTask', input: { task: 4 } },
      { name: 'finishTask', input: { task: 4 } },
    ]);
  });

  test('z undoes, in whichever panel, and the cursor goes to what came back', async () => {
    const full = fullSnapshot();
    let snapshot = full;
    const { operations, calls } = fakeOperations({
      removeTask: {
        confirm: () => 'Delete #6?',
        run: () => {
          snapshot = { ...full, tasks: full.tasks.filter(({ id }) => id !== 6) };
        },
      },
      undoAction: {
        run: () => {
          snapshot = full;
          return { id: 6 };
        },
      },
    });
    const read = () => snapshot;
    const dashboard = await mountDashboard(full, { operations, view: { taskId: 6 }, read });
    await dashboard.press('d', KEYS.enter, 'j', '1', 'z');
    expect(calls.at(-1)).toEqual({ name: 'undoAction', input: {} });
    expect(dashboard.state.get().view).toMatchObject({ taskId: 6, focus: 'tasks' });
  });

  test('rows stay where they are while keys come, whatever changes; what one moves oneself moves', async () => {
    const before = aSnapshot({
      projects: [projectNamed(1, 'one')],
      tasks: [aRow(1), aRow(2), aRow(3)],
    });
    const change = (id: number, more: object) => ({
      ...before,
      tasks: before.tasks.map((task) => (task.id === id ? { ...task, ...more } : task)),
    });
    let snapshot = before;
    const { operations } = fakeOperations({
      moveTask: {
        run: () => {
          snapshot = change(1, { position: 2.5 });
        },
      },
    });
    const dashboard = await mountDashboard(before, { operations, read: () => snapshot });
    const ids = (frame: string) =>
      frame
        .match(/#\d(?= )/g)
        ?.slice(0, 3)
        .join(' ');
    await dashboard.press('j');
    snapshot = change(3, { status: 'error' });
    dashboard.context.refresh();
    expect(ids(await dashboard.frame())).toBe('#1 #2 #3');
    await dashboard.press(KEYS.up, 'J');
    expect(ids(await dashboard.frame())).toBe('#2 #1 #3');
  });

  test('w and Enter go to what needs a person, in any project', async () => {
    const snapshot = aSnapshot({
      projects: [projectNamed(1, 'one'), projectNamed(2, 'two')],
      tasks: [aRow(1), aRow(2, { projectId: 2, status: 'conflict' })],
    });
    const dashboard = await mountDashboard(snapshot);
    await dashboard.press('w', KEYS.enter);
    expect(dashboard.state.get().view).toMatchObject({ projectId: 2, taskId: 2, dialog: null });
  });

  test('Esc and the next key, sent together, are both meant', async () => {
    const dashboard = await mountDashboard(fullSnapshot());
    await dashboard.press('?');
    expect(await dashboard.frame()).toContain('Task queue');
    await dashboard.press(`${KEYS.esc}j`);
    expect(await dashboard.frame()).not.toContain('Task queue');
    expect(dashboard.state.get().view.taskId).toBe(1);
  });
});

describe('in the projects', () => {
  test('j and k move, l and Enter go to the tasks, and nothing is killed', async () => {
    const { operations, calls } = fakeOperations({});
    const dashboard = await mountDashboard(fullSnapshot(), { operations });
    await dashboard.press('1', 'j', 'j', 'k');
    expect(dashboard.state.get().view).toMatchObject({ projectId: 2, focus: 'projects' });
    await dashboard.press('l');
    expect(dashboard.state.get().view.focus).toBe('tasks');
    expect(calls).toEqual([]);
  });

  test('Tab, h, 2 and 3 move the focus', async () => {
    const dashboard = await mountDashboard(fullSnapshot());
    const focus = () => dashboard.state.get().view.focus;
    await dashboard.press('h');
    expect(focus()).toBe('projects');
    await dashboard.press(KEYS.tab);
    expect(focus()).toBe('tasks');
    await dashboard.press('3');
    expect(focus()).toBe('session');
    await dashboard.press(KEYS.shiftTab);
    expect(focus()).toBe('tasks');
  });
});

describe('the filter', () => {
  test('narrows while it is typed; Enter keeps it, Esc takes it off', async () => {
    const dashboard = await mountDashboard(troubleSnapshot());
    await dashboard.press('/');
    await dashboard.see('title or #number');
    await dashboard.press('k', 'i', KEYS.ctrlD, '\u0015');
    await dashboard.press('CARTS');
    expect(await dashboard.frame()).toContain('/CARTS   1 found');
    await dashboard.press(KEYS.enter);
    expect(await dashboard.frame()).toContain('Task Queue [/CARTS]');
    expect(dashboard.state.get().view.taskId).toBe(10);
    await dashboard.press(KEYS.esc);
    expect(await dashboard.frame()).not.toContain('[/CARTS]');
    expect(dashboard.state.get().view.taskId).toBe(10);
  });
});

describe('a paste', () => {
  test('is never a key, with or without its marks', async () => {
    const { operations, calls } = fakeOperations({ killTask: { confirm: () => null } });
    const dashboard = await mountDashboard(fullSnapshot(), { operations });
    await dashboard.paste('kqdlr');
    await dashboard.press('kill it, then quit and launch quickly');
    expect(calls).toEqual([]);
    expect(dashboard.exited()).toBe(false);
  });
});

describe('going into a session', () => {
  test('lends the terminal while tmux has it, and no key is taken meanwhile', async () => {
    const { operations, calls } = fakeOperations({});
    let lent = 0;
    const dashboard = await mountDashboard(fullSnapshot(), {
      operations,
      lend: async (work) => {
        lent += 1;
        await work();
      },
    });
    await dashboard.press(KEYS.enter);
    expect([lent, calls]).toEqual([1, [{ name: 'attachSession', input: { task: 3 } }]]);
  });

  test('a task without a session says which key launches it', async () => {
    const dashboard = await mountDashboard(fullSnapshot(), { view: { taskId: 4 } });
    await dashboard.press(KEYS.enter);
    await dashboard.see('Task #4 has no session. Press l to launch it.');
  });
});

test('Ctrl+C quits from everywhere', async () => {
  const dashboard = await mountDashboard(fullSnapshot());
  await dashboard.press('?', KEYS.ctrlC);
  expect(dashboard.exited()).toBe(true);
});

describe('sessions and their panes', () => {
  test('brackets go round the open sessions of all projects, which the row of tabs shows', async () => {
    const dashboard = await mountDashboard(troubleSnapshot(), { columns: 120, rows: 30 });
    const { sessions } = dashboard.state.get().snapshot;
    const seen = new Set<unknown>();
    for (let turn = 0; turn < sessions.size; turn += 1) {
      await dashboard.press(']');
      seen.add(dashboard.state.get().view.taskId);
    }
    expect(seen).toEqual(new Set(sessions.keys()));
    await dashboard.press('[', ']');
    expect(sessions.has(dashboard.state.get().view.taskId ?? 0)).toBe(true);
  });

  test('without any session they say so', async () => {
    const tasks = [aRow(1)];
    const snapshot = aSnapshot({ projects: [projectNamed(1, 'one')], tasks });
    const dashboard = await mountDashboard(snapshot);
    await dashboard.press(']');
    await dashboard.see('No session is open. Press l to launch a task.');
  });

  test('in the session panel keys split, zoom and change panes; closing asks where it must', async () => {
    const { operations, calls } = fakeOperations({
      changePanes: {
        confirm: ({ action }) => (action === 'close' ? 'Close the pane of Claude?' : null),
      },
    });
    const snapshot = fullSnapshot();
    const sessions = new Map(
      [...snapshot.sessions].map(([id, each]) => [id, { ...each, pane: '%1' }]),
    );
    const dashboard = await mountDashboard({ ...snapshot, sessions }, { operations });
    await dashboard.press('|');
    expect(calls).toEqual([]);
    await dashboard.press('3', '|', '_', 'Z', '}', '{');
    expect(calls.map(({ input }) => input.action)).toEqual([
      ...['right', 'down', 'zoom', 'next', 'previous'],
    ]);
    expect(calls[0]).toEqual({ name: 'changePanes', input: { task: 3, action: 'right' } });
    await dashboard.press('X');
    await dashboard.see('Close the pane of Claude?');
    expect(calls).toHaveLength(5);
    await dashboard.press('y');
    expect(calls.at(-1)?.input).toEqual({ task: 3, action: 'close' });
  });
});

test('Ctrl+C over a form keeps the words as Esc does; the next one ends the dashboard', async () => {
  const { operations, calls } = fakeOperations({});
  const app = {
    config: { forProject: () => ({ task: { mode: 'supervised', push: 'pr' } }) },
  } as unknown as App;
  const dashboard = await mountDashboard(fullSnapshot(), { operations, app });
  await dashboard.press('n', 'words', KEYS.ctrlC);
  expect(calls[0]?.input).toMatchObject({ description: 'words', draft: true });
  expect(dashboard.exited()).toBe(false);
  await dashboard.press(KEYS.ctrlC);
  expect(dashboard.exited()).toBe(true);
});

test('a run of keys goes on where a dialog that is only read was closed', async () => {
  const { operations } = fakeOperations({});
  const dashboard = await mountDashboard(fullSnapshot(), { operations });
  await dashboard.press(':', 'why', KEYS.enter, 'jq?');
  expect(dashboard.state.get().view.dialog).toMatchObject({ kind: 'help' });
});

test('help begins with the keys of where one is, over a dialog too, and leads back to it', async () => {
  const { operations } = fakeOperations({ removeTask: { confirm: () => 'Delete it?' } });
  const dashboard = await mountDashboard(fullSnapshot(), { operations, columns: 60 });
  await dashboard.press('?');
  const first = async () => (await dashboard.frame()).split('\n')[4];
  expect(await first()).toContain('Task queue');
  await dashboard.press('?', '1', '?');
  expect(await first()).toContain('Projects');
  await dashboard.press('?', '2', 'd', '?');
  expect(await first()).toContain('Questions');
  await dashboard.press('?');
  expect(dashboard.state.get().view.dialog).toMatchObject({ kind: 'confirm' });
});

test('where text is typed ? is text, and Alt with it opens the help and leads back', async () => {
  const app = {
    config: { forProject: () => ({ task: { mode: 'supervised', push: 'pr' } }) },
  } as unknown as App;
  const dashboard = await mountDashboard(fullSnapshot(), { app });
  const dialog = () => dashboard.state.get().view.dialog;
  await dashboard.press('n', 'Why?');
  const written = dialog();
  expect(written).toMatchObject({ kind: 'task' });
  await dashboard.press('\u001B?');
  expect(dialog()).toMatchObject({ kind: 'help', here: ['form'] });
  await dashboard.press('\u001B?');
  expect(dialog()).toEqual(written);
  await dashboard.press('\u001B?', KEYS.esc);
  expect(dialog()).toEqual(written);
});

test('the help of the filter leads back to what is being typed', async () => {
  const dashboard = await mountDashboard(fullSnapshot());
  const { state } = dashboard;
  await dashboard.press('/', 'a?', '\u001B?');
  expect(state.get().view.dialog).toMatchObject({ kind: 'help', here: ['filter'] });
  await dashboard.press(KEYS.esc, 'b');
  expect(state.get().view).toMatchObject({
    dialog: null,
    filtering: true,
    filter: { text: 'a?b' },
  });
});
