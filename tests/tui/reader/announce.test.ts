import { expect, test } from 'vitest';
import type { Snapshot } from '#app.ts';
import { announcements } from '#tui/reader/announce.ts';
import { NOW } from '../../support/dashboard.tsx';
import { fullSnapshot } from '../../support/snapshots.ts';

const change = (id: number, more: object): Snapshot => {
  const full = fullSnapshot();
  return {
    ...full,
    tasks: full.tasks.map((each) => (each.id === id ? { ...each, ...more } : each)),
  };
};

test('a change of status is said in a sentence', () => {
  expect(announcements(fullSnapshot(), change(2, { status: 'in_review' }), NOW)).toEqual([
    '#2 Add dark mode to the settings page: in review, Claude: works on it.',
  ]);
});

test('what Claude asks is said with its words', () => {
  const after = fullSnapshot();
  const session = after.sessions.get(2);
  if (session === undefined) throw new Error('There is no session.');
  const activity = { ...session.activity, name: 'question' as const, detail: 'Which db?' };
  after.sessions.set(2, { ...session, activity });
  expect(announcements(fullSnapshot(), after, NOW)).toEqual([
    '#2 Add dark mode to the settings page: question: Which db?.',
  ]);
});

test('what did not change, and what is new, is not said; many are said at once', () => {
  const full = fullSnapshot();
  expect(announcements(full, change(2, { title: 'Other' }), NOW)).toEqual([]);
  expect(announcements({ ...full, tasks: [] }, full, NOW)).toEqual([]);
  const all = { ...full, tasks: full.tasks.map((task) => ({ ...task, status: 'error' as const })) };
  expect(announcements(full, all, NOW)).toEqual(['8 tasks changed.']);
});

test('whose turn a review has become is said, and nothing when only its words change', () => {
  const full = fullSnapshot();
  const pullRequest = full.pullRequests.get(3);
  if (pullRequest === undefined) throw new Error('There is no pull request.');
  const withChecks = (changes: Partial<typeof pullRequest>): Snapshot => ({
    ...full,
    pullRequests: new Map([[3, { ...pullRequest, ...changes }]]),
  });
  const running = withChecks({ checks: 'pending', mergeState: 'unstable' });
  const title =
    '#3 Show the delivery date in the basket, the mail and the invoice, in all three languages';
  expect(announcements(full, running, NOW)).toEqual([`${title}: checks: running.`]);
  expect(announcements(running, full, NOW)).toEqual([`${title}: your turn, ready to merge.`]);
  const note = withChecks({ checks: 'pending', checksNote: 'waits for a runner' });
  expect(announcements(running, note, NOW)).toEqual([]);
  expect(announcements(full, withChecks({ checks: null, mergeState: null }), NOW)).toEqual([]);
});
