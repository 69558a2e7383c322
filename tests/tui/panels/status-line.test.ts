import { expect, test } from 'vitest';
import { hostAfter } from '#domain/pull-request/host.ts';
import { mountDashboard, NOW } from '../../support/dashboard.tsx';
import { aSnapshot, troubleSnapshot } from '../../support/snapshots.ts';

const resetsAt = new Date(NOW + 1_800_000).toISOString();
const budget = { cost: 1, remaining: 4312, limit: 5000, resetsAt };
const calm = hostAfter(null, 'github.com', { login: 'ada', budget, trouble: null }, NOW);
const reason = 'github.com cannot be reached.';
const word = { login: null, budget: null, trouble: { reason } };
const down = hostAfter(calm, 'github.com', word, NOW + 60_000);
const last = (frame: string): string => frame.split('\n').at(-2) ?? '';

test('what is left of the budget stands at the end of the row above the hints', async () => {
  const dashboard = await mountDashboard(aSnapshot({ hosts: [calm] }));
  expect(last(await dashboard.frame())).toMatch(/^ +GitHub 4,312\/5,000 *$/);
});

test('trouble says why, beside what waits', async () => {
  const dashboard = await mountDashboard({ ...troubleSnapshot(), hosts: [down] });
  expect(last(await dashboard.frame())).toMatch(
    /needs you\. +GitHub cannot be reached, data from \d\d:\d\d/,
  );
});

test('trouble that is long is cut', async () => {
  const trouble = { reason: `It refused: ${'a long reason '.repeat(20)}` };
  const hosts = [hostAfter(calm, 'github.com', { login: null, budget: null, trouble }, NOW)];
  const dashboard = await mountDashboard({ ...troubleSnapshot(), hosts });
  expect(last(await dashboard.frame())).toMatch(/needs? you\. +GitHub: It refused: a long .*…/);
});

test('where there is no room for both it gives way', async () => {
  const snapshot = { ...troubleSnapshot(), hosts: [down] };
  const dashboard = await mountDashboard(snapshot, { columns: 60 });
  expect(last(await dashboard.frame())).not.toContain('GitHub');
});
