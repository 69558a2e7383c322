import { expect, test } from 'vitest';
import { fakeOperations, KEYS, mountDashboard } from '../../support/dashboard.tsx';
import { fullSnapshot } from '../../support/snapshots.ts';

const BOXES = /[─│╭╮╰╯▸●◐☐✎█░]/;

async function mount() {
  const { operations } = fakeOperations({ killTask: { confirm: () => 'Kill #1? Sure it is.' } });
  return mountDashboard(fullSnapshot(), { reader: true, operations, columns: 80, rows: 40 });
}

test('the screen is plain lines without boxes, one panel at a time, and keys do the same', async () => {
  const dashboard = await mount();
  const first = await dashboard.frame();
  expect(first).not.toMatch(BOXES);
  expect(first).toContain('Task Queue, 1/7');
  expect(first).toMatch(/selected: in review, #3 Show the delivery date/);
  await dashboard.press('j');
  expect(await dashboard.frame()).toMatch(/selected: working, #1 Fix the parser/);
  await dashboard.press('3');
  expect(await dashboard.frame()).toContain('asks permission: Bash: npm run build');
  await dashboard.press('1');
  expect(await dashboard.frame()).toContain('selected: web-shop');
  await dashboard.press('2', 'k');
  expect(await dashboard.frame()).toContain('Kill #1? Sure it is.');
  await dashboard.press('n', '?');
  expect(await dashboard.frame()).not.toMatch(BOXES);
});

test('a change is said in a line of its own, which stays', async () => {
  const dashboard = await mount();
  const full = fullSnapshot();
  dashboard.state.setSnapshot({
    ...full,
    tasks: full.tasks.map((task) => (task.id === 2 ? { ...task, status: 'done' } : task)),
  });
  await dashboard.see('#2 Add dark mode to the settings page: done.');
  await dashboard.press(KEYS.down, KEYS.down);
  await dashboard.see('#2 Add dark mode to the settings page: done.');
});

test('nothing is said about nothing: a screen that does not change is not read again', async () => {
  const dashboard = await mount();
  dashboard.terminal.taken();
  dashboard.state.update((view) => ({ ...view, now: view.now + 1 }));
  await dashboard.frame();
  expect(
    dashboard.terminal.taken().replaceAll('\u001b[?2026h', '').replaceAll('\u001b[?2026l', ''),
  ).toBe('');
});
