import { expect, test } from 'vitest';
import { KEYS, mountDashboard } from '../../../support/dashboard.tsx';
import { aSnapshot, fullSnapshot } from '../../../support/snapshots.ts';

test('statistics and usage are a page where no panel has room for them', async () => {
  const dashboard = await mountDashboard(fullSnapshot(), { columns: 60, rows: 20 });
  expect(await dashboard.frame()).not.toContain('today');
  await dashboard.press(':', 'statistics', KEYS.enter);
  const frame = await dashboard.frame();
  expect(frame).toContain('Statistics of web-shop');
  expect(frame).toMatch(/done +\d+ today/);
  expect(frame).toMatch(/5h .*\d+%/);
  await dashboard.press(KEYS.esc);
  expect(dashboard.state.get().view.dialog).toBeNull();
});

test('without a project there are none', async () => {
  const dashboard = await mountDashboard(aSnapshot());
  await dashboard.press(':', 'statistics', KEYS.enter);
  await dashboard.see('There is no project yet.');
});
