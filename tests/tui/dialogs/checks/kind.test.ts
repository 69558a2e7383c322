import { describe, expect, test } from 'vitest';
import { refuse } from '#domain/error.ts';
import { fakeOperations, KEYS, mountDashboard } from '../../../support/dashboard.tsx';
import { aCheck } from '../../../support/reading.ts';
import { troubleSnapshot } from '../../../support/snapshots.ts';

const CHECKS = [
  aCheck('build', 'SUCCESS', { workflow: 'CI', required: true }),
  aCheck('lint', 'FAILURE', { workflow: 'CI', required: false }),
  aCheck('test', 'FAILURE', { workflow: 'CI', required: true }),
];

/** What names a check of that workflow, and no other of its name. */
const KEY = (name: string): string => JSON.stringify(['CI', name]);

/** The dashboard with the checks of a task whose checks failed. */
async function opened(checkRuns = CHECKS, state: 'open' | 'merged' = 'open') {
  const { operations, calls } = fakeOperations({
    openTask: { run: () => ({ url: 'https://ci.example.org' }) },
    readCheckLog: {
      run: ({ check }) =>
        check === KEY('build') ? refuse('No log.') : { text: `Why ${check} failed.` },
    },
  });
  const snapshot = troubleSnapshot();
  const task = snapshot.tasks.find(({ status }) => status === 'ci_failed');
  const pullRequest = task === undefined ? undefined : snapshot.pullRequests.get(task.id);
  if (task === undefined || pullRequest === undefined) throw new Error('there is none');
  const known = new Map([[task.id, { ...pullRequest, checkRuns, state }]]);
  const view = { taskId: task.id };
  const read = { ...snapshot, pullRequests: known };
  const dashboard = await mountDashboard(read, { operations, view, columns: 100, rows: 30 });
  await dashboard.press('c');
  const selected = async () => /▸ (. CI \/ \w+)/.exec(await dashboard.frame())?.[1];
  return { dashboard, calls, selected, id: task.id };
}

describe('the checks of a task', () => {
  test('stand with what failed first, what is required before what is not', async () => {
    const { dashboard, selected, id } = await opened();
    const frame = await dashboard.frame();
    expect(frame).toContain(`Checks of #${id}`);
    expect(frame).toMatch(/✗ CI \/ test .* required · failure/);
    const order = ['CI / test', 'CI / lint', 'CI / build'].map((name) => frame.indexOf(name));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(await selected()).toBe('✗ CI / test');
  });

  test('are opened in the browser, each its own', async () => {
    const { dashboard, calls, id } = await opened();
    await dashboard.press('j', KEYS.enter);
    expect(calls).toEqual([{ name: 'openTask', input: { task: id, check: KEY('lint') } }]);
  });

  test('show the end of their log, and come back when it is closed', async () => {
    const { dashboard, selected } = await opened();
    await dashboard.press('j', 'L');
    expect(await dashboard.frame()).toContain(`Why ${KEY('lint')} failed.`);
    await dashboard.press(KEYS.esc);
    expect(await selected()).toBe('✗ CI / lint');
    await dashboard.press('G', 'L');
    expect(await dashboard.frame()).toContain('No log.');
    await dashboard.press('c');
    expect(dashboard.state.get().view.dialog).toBeNull();
  });

  test('of what was merged are left to the command', async () => {
    const { dashboard, id } = await opened([], 'merged');
    expect(await dashboard.frame()).toContain(`It is merged: \`claustre checks ${id}\``);
  });

  test('that are none say why', async () => {
    const { dashboard } = await opened([]);
    expect(await dashboard.frame()).toContain('PR #');
    await dashboard.press('j', 'L', KEYS.enter);
    expect(dashboard.state.get().view.dialog).toMatchObject({ kind: 'checks', selected: null });
  });
});

test('on a task whose checks failed the key for its pull request opens the check', async () => {
  const { dashboard, calls, id } = await opened();
  await dashboard.press('c', 'o');
  expect(calls).toEqual([
    { name: 'openTask', input: { task: id, check: true, elsePullRequest: true } },
  ]);
});
