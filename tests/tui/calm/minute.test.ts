import { expect, test } from 'vitest';
import { tellsTime } from '#tui/calm/minute.ts';
import { createState } from '#tui/state.ts';
import { createView } from '#tui/view.ts';
import { NOW } from '../../support/dashboard.tsx';
import { reviewSnapshot } from '../../support/review-snapshot.ts';
import { aSnapshot, fullSnapshot } from '../../support/snapshots.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const idle = aSnapshot();
const view = createView({ columns: 120, rows: 40 }, NOW);

test('an idle screen is not made again when only time goes by', () => {
  expect(tellsTime(view, idle, NOW + 5 * MINUTE)).toBe(false);
});

test('a turn that is counted, another day and an open dialog are', () => {
  const help = { kind: 'help', filter: { text: '', cursor: 0 }, top: 0 } as const;
  expect(tellsTime(view, fullSnapshot(), NOW + MINUTE)).toBe(true);
  expect(tellsTime(view, fullSnapshot(), NOW + MINUTE - 1)).toBe(false);
  expect(tellsTime(view, idle, NOW + 24 * HOUR)).toBe(true);
  expect(tellsTime({ ...view, dialog: help as never }, idle, NOW + MINUTE)).toBe(true);
});

test('the age of old news of a pull request is', () => {
  const stale = { ...reviewSnapshot(), sessions: new Map() };
  expect(tellsTime(view, stale, NOW + MINUTE)).toBe(true);
  const fresh = [...stale.pullRequests].filter(([, { staleReason }]) => staleReason === null);
  const read = { ...stale, pullRequests: new Map(fresh) };
  expect(tellsTime(view, read, NOW + MINUTE)).toBe(false);
});

test('a limit is told once when it is reset, and once when its figure is old', () => {
  const limit = { window: 'five_hour', usedPercent: 40, resetsAt: NOW + HOUR, readAt: NOW };
  const snapshot = aSnapshot({ limits: [limit] });
  expect(tellsTime(view, snapshot, NOW + 14 * MINUTE)).toBe(false);
  expect(tellsTime(view, snapshot, NOW + 15 * MINUTE)).toBe(true);
  const later = { ...view, now: NOW + 15 * MINUTE };
  expect(tellsTime(later, snapshot, NOW + 59 * MINUTE)).toBe(false);
  expect(tellsTime(later, snapshot, NOW + HOUR)).toBe(true);
});

test('whoever is at it sees times of now', () => {
  let now = NOW;
  const state = createState(idle, view, () => now);
  now += 3 * HOUR;
  expect(state.get().view.now).toBe(NOW);
  state.touch();
  expect(state.get().view.now).toBe(now);
});
