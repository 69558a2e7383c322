import { expect, test } from 'vitest';
import { statisticsLines } from '#tui/panels/statistics-panel.tsx';
import { mountDashboard } from '../../support/dashboard.tsx';
import { fullSnapshot } from '../../support/snapshots.ts';

const FOUND = {
  tasks: 50,
  byStatus: { done: 42, error: 1, pending: 7 },
  done: 42,
  doneToday: 3,
  doneThisWeek: 9,
  merged: 40,
  inputTokens: 3_100_000,
  outputTokens: 240_000,
  costUsd: 14.2,
  workedMs: 51_600_000,
  averageWorkedMs: 2_100_000,
  averageCostUsd: null,
};

const text = (width: number, more: Partial<typeof FOUND> = {}) =>
  statisticsLines({ ...FOUND, ...more }, width).map((spans) =>
    spans.map((each) => each.text).join(''),
  );

test('statistics say what is known, and – for the rest', () => {
  expect(text(40)).toEqual([
    'done   3 today · 9 this week · 42',
    'open   8 · 1 in error',
    'worked 14h 20m · 35m each',
    'tokens 3.1M in · 240k out',
    'cost   $14.20',
  ]);
});

test('what does not fit is left out as a whole', () => {
  expect(text(20)[2]).toBe('worked 14h 20m');
});

test('the panel is there where the list of projects has room to spare', async () => {
  const large = await mountDashboard(fullSnapshot(), { columns: 120, rows: 40 });
  expect(await large.frame()).toContain('open   6');
  const small = await mountDashboard(fullSnapshot(), { columns: 120, rows: 28 });
  expect(await small.frame()).not.toContain('Statistics');
});
