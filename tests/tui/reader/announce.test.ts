import { expect, test } from 'vitest';
import type { Snapshot } from '#app.ts';
import { announcements } from '#tui/reader/announce.ts';
import { fullSnapshot } from '../../support/snapshots.ts';

const change = (id: number, more: object): Snapshot => {
  const full = fullSnapshot();
  return {
    ...full,
    tasks: full.tasks.map((each) => (each.id === id ? { ...each, ...more } : each)),
  };
};

test('a change of status is said in a sentence', () => {
  expect(announcements(fullSnapshot(), change(2, { status: 'in_review' }))).toEqual([
    '#2 Add dark mode to the settings page: in review.',
  ]);
});

test('what Claude asks is said with its words', () => {
  const after = fullSnapshot();
  const session = after.sessions.get(2);
  if (session === undefined) throw new Error('There is no session.');
  const activity = { ...session.activity, name: 'question' as const, detail: 'Which db?' };
  after.sessions.set(2, { ...session, activity });
  expect(announcements(fullSnapshot(), after)).toEqual([
    '#2 Add dark mode to the settings page: question: Which db?.',
  ]);
});

test('what did not change, and what is new, is not said; many are said at once', () => {
  const full = fullSnapshot();
  expect(announcements(full, change(2, { title: 'Other' }))).toEqual([]);
  expect(announcements({ ...full, tasks: [] }, full)).toEqual([]);
  const all = { ...full, tasks: full.tasks.map((task) => ({ ...task, status: 'error' as const })) };
  expect(announcements(full, all)).toEqual(['8 tasks changed.']);
});
