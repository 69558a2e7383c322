import { expect, test } from 'vitest';
import type { Snapshot } from '#app.ts';
import { hostAfter } from '#domain/pull-request/host.ts';
import { mountDashboard, NOW } from '../../support/dashboard.tsx';
import { aSnapshot, troubleSnapshot } from '../../support/snapshots.ts';

const resetsAt = new Date(NOW + 1_800_000).toISOString();
const budget = { cost: 1, remaining: 4312, limit: 5000, resetsAt };
const calm = hostAfter(null, 'github.com', { login: 'ada', budget, trouble: null }, NOW);
const reason = 'github.com cannot be reached.';
const word = { login: null, budget: null, trouble: { reason } };
const nextAt = new Date(NOW).toISOString();
const down = { ...hostAfter(calm, 'github.com', word, NOW + 60_000), nextAt };
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
  const state = hostAfter(calm, 'github.com', { login: null, budget: null, trouble }, NOW);
  const hosts = [{ ...state, nextAt }];
  const dashboard = await mountDashboard({ ...troubleSnapshot(), hosts });
  expect(last(await dashboard.frame())).toMatch(/needs? you\. +GitHub: It refused: a long .*…/);
});

test('where there is no room for both, trouble stands before what the title bar says, too', async () => {
  const shown = async (hosts: Snapshot['hosts']): Promise<string> => {
    const dashboard = await mountDashboard({ ...troubleSnapshot(), hosts }, { columns: 60 });
    return last(await dashboard.frame());
  };
  expect(await shown([down])).toMatch(/^ GitHub cannot be reached, data from \d\d:\d\d *$/);
  const far = { ...calm, host: 'github.a-rather-long-name.example.org' };
  expect(await shown([far])).toMatch(/^ Press w to see what needs you\. *$/);
});

test('what just happened is not given up for it', async () => {
  const dashboard = await mountDashboard(
    { ...troubleSnapshot(), hosts: [down] },
    { columns: 60, view: { toasts: [{ text: 'x'.repeat(50), tone: 'good' }] } },
  );
  expect(last(await dashboard.frame())).not.toContain('GitHub');
});
