import { describe, expect, test } from 'vitest';
import type { TaskRow } from '#app.ts';
import { fakeOperations, KEYS, mountDashboard, NOW } from '../../../support/dashboard.tsx';
import { aRow, aSnapshot, projectNamed } from '../../../support/snapshots.ts';
import { taskViewOf } from '../../../support/task-view.ts';

function done(id: number, more: Partial<TaskRow> = {}): TaskRow {
  const completedAt = new Date(NOW - (100 - id) * 60_000).toISOString();
  return aRow(id, { status: 'done', title: `Task ${id}`, completedAt, ...more });
}

async function opened(tasks: TaskRow[]) {
  const { operations, calls } = fakeOperations({
    showTask: { run: ({ task }) => taskViewOf({ id: Number(task), title: `Task ${task}` }) },
    taskEvents: { run: () => [] },
  });
  const snapshot = aSnapshot({
    projects: [projectNamed(1, 'shop')],
    tasks,
    usage: new Map([
      [20, { inputTokens: null, outputTokens: null, costUsd: 1.42, workedMs: 720_000 }],
    ]),
  });
  const dashboard = await mountDashboard(snapshot, { operations, columns: 100, rows: 24 });
  await dashboard.press('H');
  const selected = async () => /▸ [^│]*(Task \d+)/.exec(await dashboard.frame())?.[1];
  return { dashboard, calls, selected };
}

const TWENTY = Array.from({ length: 20 }, (_, index) => done(index + 1));

describe('the history', () => {
  test('lists what is done, the last one finished first, with what it took', async () => {
    const { dashboard, selected } = await opened([...TWENTY, aRow(30, { title: 'Not yet' })]);
    const frame = await dashboard.frame();
    expect(frame).toMatch(/History of shop ─.* 1\/20 ─╮/);
    expect(frame).toMatch(/#20 Task 20 .* worked 12m · \$1\.42 │/);
    expect(frame).not.toContain('Not yet');
    expect(await selected()).toBe('Task 20');
  });

  test('while its filter is typed every letter is text, and the hints are the filter’s', async () => {
    const { dashboard } = await opened([done(1, { title: 'Why?' }), done(2)]);
    await dashboard.press('/');
    expect((await dashboard.frame()).split('\n').at(-1)?.trim()).toBe(
      'Enter keep  Esc show all  Alt+? help',
    );
    await dashboard.press('?');
    expect(dashboard.state.get().view.dialog).toMatchObject({ filter: { text: '?' } });
    expect(await dashboard.frame()).toMatch(/History of shop ─.* 1\/1 ─╮/);
    await dashboard.press(KEYS.ctrlC);
    expect(dashboard.state.get().view.dialog).toMatchObject({ kind: 'history', filtering: false });
  });

  test('moves to its ends and no further', async () => {
    const { dashboard, selected } = await opened(TWENTY);
    await dashboard.press('j', 'j', 'k', KEYS.down);
    expect(await selected()).toBe('Task 18');
    await dashboard.press('G', 'j');
    expect(await selected()).toBe('Task 1');
    await dashboard.press('g', 'k');
    expect(await selected()).toBe('Task 20');
  });

  test('is filtered, and Esc goes back one level at a time', async () => {
    const { dashboard, selected } = await opened(TWENTY);
    await dashboard.press('/', 'TASK 1', KEYS.enter);
    expect(await selected()).toBe('Task 19');
    expect(await dashboard.frame()).toContain('1/11');
    await dashboard.press(KEYS.esc);
    expect(await dashboard.frame()).toContain('1/20');
    await dashboard.press(KEYS.esc);
    expect(await dashboard.frame()).toContain('Task Queue');
  });

  test('takes what is typed quickly behind the filter key for its text, not for keys', async () => {
    const { dashboard, calls } = await opened(TWENTY);
    await dashboard.press('/u20');
    expect(calls).toEqual([]);
    await dashboard.press('\u0015', 'jk #20', KEYS.enter);
    expect(await dashboard.frame()).toContain('No done task has this');
  });

  test('takes each key for text while its filter is typed, also those that mean the same everywhere', async () => {
    const { dashboard } = await opened([...TWENTY, done(21, { title: 'Why? Because' })]);
    await dashboard.press('/', 'Why', '?');
    expect(await dashboard.frame()).toContain('1/1');
    expect(dashboard.state.get().view.dialog).toMatchObject({ kind: 'history', filtering: true });
    await dashboard.press(' and the rest of a longer line');
    expect(await dashboard.frame()).toContain('/ Why? and the rest of a longer line');
    // As in every text: back, and not out of the dashboard.
    await dashboard.press(KEYS.ctrlC);
    expect(dashboard.state.get().view.dialog).toMatchObject({ kind: 'history', filtering: false });
  });

  test('shows the details of a task and comes back to it', async () => {
    const { dashboard, calls, selected } = await opened(TWENTY);
    await dashboard.press('j', KEYS.enter);
    await dashboard.see('#19 Task 19 ─');
    expect(calls[0]).toEqual({ name: 'showTask', input: { task: 19 } });
    await dashboard.press(KEYS.esc);
    expect(await selected()).toBe('Task 19');
  });

  test('takes a task up again', async () => {
    const { dashboard, calls } = await opened(TWENTY);
    await dashboard.press('u');
    expect(calls).toEqual([{ name: 'restoreTask', input: { task: 20 } }]);
  });

  test('makes only the rows that are seen, also of ten thousand', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => done(index + 1));
    const { dashboard, selected } = await opened(many);
    await dashboard.press('G');
    const begun = performance.now();
    await dashboard.press('k', 'k', 'k');
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect(await selected()).toBe('Task 4');
  });

  test('says what fills it when it is empty', async () => {
    const { dashboard } = await opened([aRow(1)]);
    expect(await dashboard.frame()).toContain('No task is done yet.');
    await dashboard.press('j', KEYS.enter, 'u', 'H');
    expect(await dashboard.frame()).toContain('Task Queue');
  });
});
