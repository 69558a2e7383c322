import { expect, test } from 'vitest';
import { beginNotices } from '#operations/notification/begin.ts';
import { tellable } from '#operations/notification/news.ts';
import { addProject, addTask, fakeApp } from '../../support/fake-app.ts';
import { seedPullRequest } from '../../support/seed-session.ts';

function stage() {
  const app = fakeApp({ tmux: { clients: async () => [] } });
  const task = addTask(app, addProject(app), { status: 'in_review', title: 'Fix it' });
  const at = () => ({ kind: 'x', source: 'supervisor' as const, at: app.clock.iso() });
  const pullRequest = seedPullRequest(app.store, task.id, { readAt: app.clock.iso() });
  const set = (changes: Partial<typeof pullRequest>): void =>
    app.store.write(() => app.store.pullRequests.update(pullRequest.id, changes, at()));
  const told = async () => (await beginNotices(app)).map(({ text }) => text);
  return { app, task, set, told, at };
}

test('delivered, approved and merged are told, each once, and one thing at a time', async () => {
  const { app, task, set, told, at } = stage();
  expect(await told()).toEqual(['#1 "Fix it" is in review.']);
  set({ approvedBy: ['ada'] });
  expect(await told()).toEqual(['#1 "Fix it" was approved by ada.']);
  expect(await told()).toEqual([]);
  set({ state: 'merged', mergedAt: app.clock.iso(), mergedBy: 'ada' });
  app.store.write(() => app.store.tasks.setStatus(task.id, 'in_review', 'done', {}, at()));
  expect(await told()).toEqual(['#1 "Fix it" was merged into main by ada.']);
  app.clock.advance(3_600_000);
  expect(tellable(app, app.clock.now())).toEqual([]);
  expect(await told()).toEqual([]);
});

test('after a long sleep a task is told of once, by the most telling thing', async () => {
  const { app, set, told } = stage();
  await told();
  app.clock.advance(8 * 3_600_000);
  const readAt = app.clock.iso();
  set({
    approvedBy: ['ada'],
    readAt,
    checks: 'passed',
    mergeable: 'mergeable',
    mergeState: 'clean',
  });
  const both = await told();
  expect(both).toEqual(['#1 "Fix it" can be merged.']);
  expect(await told()).toEqual([]);
  const events = app.store.events.ofTask(1, 50).filter(({ kind }) => kind === 'task.notify');
  expect(events).toHaveLength(2);
});

test.each([
  ['can be merged', {}, '#1 "Fix it" can be merged.'],
  ['is a draft', { draft: true }, '#1 The pull request of "Fix it" is a draft to mark ready.'],
  ['left the queue', { mergeStopped: 'queue' }, /left the merge queue/],
] as const)('long in review, and only now it %s', async (_, changes, text) => {
  const { app, set, told } = stage();
  await told();
  app.clock.advance(8 * 3_600_000);
  const green = { checks: 'passed', mergeable: 'mergeable', mergeState: 'clean' } as const;
  set({ ...green, ...changes, readAt: app.clock.iso() });
  expect(await told()).toEqual([expect.stringMatching(text)]);
  app.clock.advance(3_600_000);
  set({ readAt: app.clock.iso() });
  expect(await told()).toEqual([]);
});

test('an approval with a comment is told as the comment, and one without as what follows', async () => {
  const { app, set, told } = stage();
  await told();
  const green = { checks: 'passed', mergeable: 'mergeable', mergeState: 'clean' } as const;
  set({ ...green, approvedBy: ['ada'], feedbackMark: 'one', readAt: app.clock.iso() });
  expect(await told()).toEqual([]);
  set({ feedbackRead: 'one' });
  expect(await told()).toEqual(['#1 "Fix it" can be merged.']);
  set({ feedbackMark: 'two' });
  expect(await told()).toEqual([]);
  set({ feedbackRead: 'two' });
  expect(await told()).toEqual([]);
});

const READY = { checks: 'passed', mergeable: 'mergeable', mergeState: 'clean' } as const;

test.each([
  ['its checks run again', { checks: 'pending', mergeState: 'blocked' }],
  ['its checks are not known', { checks: null }],
  ['it is not known whether it can be merged', { mergeable: null, mergeState: null }],
  ['it has to be brought up to its base', { mergeState: 'behind' }],
] as const)(
  'that it can be merged is not told again after a while in which %s',
  async (_, facts) => {
    const { set, told } = stage();
    await told();
    set(READY);
    expect(await told()).toEqual(['#1 "Fix it" can be merged.']);
    set(facts);
    await told();
    set(READY);
    expect(await told()).toEqual([]);
  },
);

test.each([
  ['its checks failed', { checks: 'failed' }],
  ['it was in conflict', { mergeable: 'conflicting' }],
  ['changes were requested', { review: 'changes_requested' }],
  ['a review was wanted', { review: 'required', mergeState: 'blocked' }],
] as const)('that it can be merged is told again after a while in which %s', async (_, facts) => {
  const { set, told } = stage();
  await told();
  set(READY);
  await told();
  set(facts);
  await told();
  set({ ...READY, review: null });
  expect(await told()).toEqual(['#1 "Fix it" can be merged.']);
});

test('a review that lasted less than the look is not told of, and the next one is', async () => {
  const { app, task, told, at } = stage();
  const go = (from: 'in_review' | 'working', to: 'in_review' | 'working') =>
    app.store.write(() => app.store.tasks.setStatus(task.id, from, to, {}, at()));
  go('in_review', 'working');
  expect(await told()).toEqual([]);
  go('working', 'in_review');
  expect(await told()).toEqual(['#1 "Fix it" is in review.']);
});
