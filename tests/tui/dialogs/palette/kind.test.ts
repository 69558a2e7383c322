import { describe, expect, test } from 'vitest';
import { toAfter } from '#domain/dependency.ts';
import { isRefusal, refuse } from '#domain/error.ts';
import { createKeymap } from '#tui/keys/own-keys.ts';
import {
  fakeOperations,
  KEYS,
  type MountOptions,
  mountDashboard,
} from '../../../support/dashboard.tsx';
import { aSnapshot, fullSnapshot } from '../../../support/snapshots.ts';

const CTRL_P = '\u0010';

const mount = (options: MountOptions = {}) => mountDashboard(fullSnapshot(), options);

describe('the palette', () => {
  test.each([[':'], [CTRL_P]])(
    'opens with %j, finds a command by typing, and does it',
    async (key) => {
      const { operations, calls } = fakeOperations({});
      const dashboard = await mount({ operations, view: { taskId: 4 } });
      await dashboard.press(key, 'laun', KEYS.enter);
      expect(calls).toEqual([{ name: 'launchTask', input: { task: [4] } }]);
      expect(dashboard.state.get().view).toMatchObject({ dialog: null, usedCommands: ['launch'] });
    },
  );

  test('takes what was typed with one read, up to its Enter', async () => {
    const { operations, calls } = fakeOperations({});
    const dashboard = await mount({ operations, view: { taskId: 4 } });
    await dashboard.press(':launch\r');
    expect(calls.map(({ name }) => name)).toEqual(['launchTask']);
  });

  test('shows the key of each command, and why one cannot be done now', async () => {
    const dashboard = await mount({ view: { taskId: 4 } });
    await dashboard.press(':', 'merge');
    const frame = await dashboard.frame();
    expect(frame).toContain('Task #4 has no pull request to merge.');
    expect(frame).toMatch(/▸ merge .* m │/);
    await dashboard.press(KEYS.enter);
    await dashboard.see(/has no pull request to merge\.\s*$/m);
    expect(dashboard.state.get().view.dialog).toMatchObject({ kind: 'palette' });
    await dashboard.press(KEYS.esc);
    expect(dashboard.state.get().view.dialog).toBeNull();
  });

  test('begins with what was done last', async () => {
    const dashboard = await mount({ view: { usedCommands: ['filter'] } });
    await dashboard.press(':');
    expect(await dashboard.frame()).toMatch(/▸ filter/);
  });

  test('selects with arrows and stays within what was found', async () => {
    const dashboard = await mount();
    await dashboard.press(
      ':',
      'project',
      KEYS.up,
      KEYS.down,
      KEYS.down,
      KEYS.down,
      KEYS.down,
      KEYS.down,
    );
    const { dialog } = dashboard.state.get().view;
    const found = (await dashboard.frame()).match(/project/g)?.length ?? 0;
    expect(dialog).toMatchObject({ kind: 'palette' });
    expect((dialog as { selected: number }).selected).toBeLessThan(found);
    await dashboard.press('zzz');
    expect(await dashboard.frame()).toContain('No command for that.');
    await dashboard.press(KEYS.enter);
    expect(dashboard.state.get().view.dialog).toMatchObject({ kind: 'palette' });
  });

  test('shows own keys, and opens with one', async () => {
    const keymap = createKeymap({ why: 'y', palette: 'x' });
    if (isRefusal(keymap)) throw new Error(keymap.reason);
    const dashboard = await mount({ keymap, view: { taskId: 4 } });
    await dashboard.press('x', 'stands');
    expect(await dashboard.frame()).toMatch(/▸ why it stands where it stands .* y │/);
  });

  test('is there without any project, and says what is missing', async () => {
    const dashboard = await mountDashboard(aSnapshot());
    await dashboard.press(':', 'new task');
    expect(await dashboard.frame()).toContain('There is no project yet.');
  });
});

describe('commands without a key', () => {
  test('an answer of many lines is a page to read', async () => {
    const { operations } = fakeOperations({});
    const dashboard = await mount({ operations, view: { taskId: 4 } });
    await dashboard.press(':', 'why', KEYS.enter);
    expect(await dashboard.frame()).toMatch(
      /#4: why it stands where it stands[\s\S]*whyTask did it\./,
    );
    await dashboard.press('q');
    expect(dashboard.state.get().view.dialog).toBeNull();
  });

  test('the task that would be launched next is selected', async () => {
    const { operations, calls } = fakeOperations({ nextTask: { run: () => ({ id: 5 }) } });
    const dashboard = await mount({ operations, view: { taskId: 1 } });
    await dashboard.press(':', 'launched next', KEYS.enter);
    expect(calls).toEqual([{ name: 'nextTask', input: { project: 'web-shop' } }]);
    expect(dashboard.state.get().view.taskId).toBe(5);
  });

  test('what is about no task needs none', async () => {
    const { operations } = fakeOperations({});
    const dashboard = await mountDashboard(aSnapshot(), { operations });
    await dashboard.press(':', 'check tools', KEYS.enter);
    expect(await dashboard.frame()).toMatch(/Tools, logins and settings[\s\S]*runDoctor did it\./);
  });

  test('who has things fixed is one of three words', async () => {
    const { operations, calls } = fakeOperations({});
    const dashboard = await mount({ operations, view: { taskId: 4 } });
    await dashboard.press(':', 'fixing', KEYS.enter);
    expect(await dashboard.frame()).toContain('Fixing: checks, conflicts, comments (#4)');
    await dashboard.press('often', KEYS.enter);
    expect(await dashboard.frame()).toContain('Write automatic, ask or off.');
    await dashboard.press('\u0015', 'Automatic', KEYS.enter);
    expect(calls).toEqual([{ name: 'editTask', input: { task: 4, fix: 'automatic' } }]);
  });

  test('what has to be said is asked for below the queue', async () => {
    const { operations, calls } = fakeOperations({});
    const dashboard = await mount({ operations, view: { taskId: 4 } });
    await dashboard.press(':', 'priority', KEYS.enter);
    const frame = await dashboard.frame();
    expect(frame).toContain('Change the priority (#4)');
    expect(frame).toContain('Task Queue');
    await dashboard.press('x', KEYS.enter);
    expect(await dashboard.frame()).toContain('A priority is 0, 1, 2 or 3.');
    await dashboard.press('\u0015', '0', KEYS.enter);
    expect(calls).toEqual([{ name: 'editTask', input: { task: 4, priority: 0 } }]);
    expect(dashboard.state.get().view.dialog).toBeNull();
  });

  test('numbers of tasks to wait for are read as people write them', async () => {
    const { operations, calls } = fakeOperations({});
    const dashboard = await mount({ operations, view: { taskId: 5 } });
    await dashboard.press(':', 'wait for', KEYS.enter);
    expect(dashboard.state.get().view.dialog).toMatchObject({ text: { text: '#1 #2' } });
    await dashboard.press(', 4', KEYS.enter);
    expect(calls.at(-1)?.input).toEqual({ task: 5, after: [1, 2, 4].map(toAfter) });
    await dashboard.press(':', 'wait for', KEYS.enter, ' four', KEYS.enter);
    expect(await dashboard.frame()).toContain('"four" is no number of a task.');
  });

  test('a prompt may have several lines, and stays when Claude does not take it', async () => {
    const { operations, calls } = fakeOperations({
      sendToSession: { run: () => refuse('Claude works in #1.', 'Wait.') },
    });
    const dashboard = await mount({ operations, view: { taskId: 1 } });
    await dashboard.press(':', 'send', KEYS.enter, 'one', KEYS.altEnter, 'two', KEYS.enter);
    expect(calls).toEqual([{ name: 'sendToSession', input: { task: 1, text: 'one\ntwo' } }]);
    expect(await dashboard.frame()).toContain('Claude works in #1. Wait.');
    expect(dashboard.state.get().view.dialog).toMatchObject({ text: { text: 'one\ntwo' } });
  });
});
