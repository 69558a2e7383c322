import { describe, expect, test } from 'vitest';
import {
  mostTelling,
  type News,
  type NoticeKind,
  newsOf,
  withNews,
} from '#domain/notification/news.ts';
import { compareNotices } from '#domain/notification/notice.ts';
import { type PullRequest, unreadPullRequest } from '#domain/pull-request/pull-request.ts';
import type { TaskStatus } from '#domain/task.ts';
import { failing } from '../../support/reading.ts';
import { someFeedback } from '../../support/review-snapshot.ts';

const AT = '2026-01-01T12:00:00.000Z';
const READ = '2026-01-01T12:30:00.000Z';

function pullRequest(changes: Partial<PullRequest> = {}): PullRequest {
  const address = { taskId: 4, host: 'github.com', repository: 'acme/app', number: 7 };
  const unread = unreadPullRequest({ ...address, url: 'u', createdAt: AT });
  return { ...unread, id: 6, readAt: READ, ...changes };
}

function news(
  status: TaskStatus,
  facts: Partial<PullRequest> | null = {},
  feedback = someFeedback(),
) {
  return newsOf({
    task: { id: 4, title: 'Fix', status, updatedAt: AT },
    pullRequest: facts === null ? null : pullRequest(facts),
    feedback,
  });
}

const kinds = (told: readonly News[]): NoticeKind[] => told.map(({ kind }) => kind);

describe('what happened to a delivery', () => {
  test.each<[string, TaskStatus, Partial<PullRequest> | null, string[]]>([
    ['delivered', 'in_review', {}, ['"Fix" is in review.']],
    ['delivered without a pull request', 'in_review', null, ['"Fix" is in review.']],
    ['in conflict', 'conflict', {}, ['"Fix" is in review.', '"Fix" conflicts with its base.']],
    [
      'red',
      'ci_failed',
      { checkRuns: failing('lint') },
      ['"Fix" is in review.', 'Checks of "Fix" failed: lint.'],
    ],
    [
      'approved',
      'in_review',
      { approvedBy: ['ada', 'bob'] },
      ['"Fix" is in review.', '"Fix" was approved by ada, bob.'],
    ],
    [
      'approved by somebody',
      'in_review',
      { review: 'approved' },
      ['"Fix" is in review.', '"Fix" was approved.'],
    ],
    [
      'merged',
      'done',
      { state: 'merged', mergedAt: AT, base: 'main', mergedBy: 'ada' },
      ['"Fix" was merged into main by ada.'],
    ],
    ['closed', 'in_review', { state: 'closed', approvedBy: ['ada'] }, ['"Fix" is in review.']],
    ['working without one', 'working', null, []],
    ['pending', 'pending', {}, []],
  ])('%s', (_, status, facts, texts) => {
    const begins = news(status, facts, []).filter(({ lasts }) => lasts !== true);
    expect(begins.map(({ text }) => text)).toEqual(texts);
  });

  test('a trusted word that nobody decided about is news from when it was read on', () => {
    const comment = news('in_review').find(({ kind }) => kind === 'comments');
    expect(comment).toMatchObject({
      kind: 'comments',
      text: 'bob commented on "Fix".',
      seenAt: READ,
    });
  });
});

test('changes that were requested without a word are told once everything was read', () => {
  const requested: Partial<PullRequest> = {
    ...{ review: 'changes_requested', changesRequestedBy: ['eve'] },
  };
  const unread = { ...requested, feedbackMark: 'b', feedbackRead: 'a' };
  expect(kinds(news('in_review', unread, []))).toEqual(['in_review']);
  const [, told] = news('in_review', { ...requested, feedbackMark: 'b', feedbackRead: 'b' }, []);
  expect(told).toMatchObject({ kind: 'comments', text: 'Changes of "Fix" were requested by eve.' });
});

describe('an episode of a delivery', () => {
  test('outlives a round of work, and does not begin in one', () => {
    const before = compareNotices([], news('in_review', { approvedBy: ['ada'] })).begun;
    const rounds = compareNotices(before, news('working', { approvedBy: ['ada'] }));
    expect(rounds).toEqual({ begun: [], over: [] });
    expect(compareNotices([], news('working'))).toEqual({ begun: [], over: [] });
    expect(kinds(compareNotices(before, news('working', null)).begun)).toEqual([]);
    expect(compareNotices(before, news('pending')).over).toHaveLength(before.length);
  });

  test('of one that can be merged begins with what waits, and lasts while nothing known holds it up', () => {
    const ready: News = { kind: 'ready_to_merge', task: 4, since: AT, text: 'x' };
    const over = (status: TaskStatus, facts: Partial<PullRequest>) =>
      kinds(compareNotices([ready], news(status, facts, [])).over as News[]);
    expect(kinds(compareNotices([], news('in_review', {}, [])).begun)).toEqual(['in_review']);
    expect(over('in_review', { checks: null, mergeable: null })).toEqual([]);
    expect(over('in_review', { checks: 'pending', mergeState: 'blocked' })).toEqual([]);
    for (const facts of [
      { checks: 'failed' },
      { mergeable: 'conflicting' },
      { review: 'changes_requested' },
    ] as const) {
      expect(over('in_review', facts)).toEqual(['ready_to_merge']);
    }
    // What Claude makes of it can be merged anew.
    expect(over('working', {})).toEqual(['ready_to_merge']);
  });

  test('of comments begins anew with a newer word, not when an older one is the newest again', () => {
    const of = (since: string): News => ({ kind: 'comments', task: 4, since, text: 'x' });
    expect(compareNotices([of(AT)], [of(READ)])).toEqual({ begun: [of(READ)], over: [of(AT)] });
    expect(compareNotices([of(READ)], [of(AT)])).toEqual({ begun: [], over: [] });
    const later: News = { ...of(READ), lasts: true };
    expect(compareNotices([of(AT)], [later])).toEqual({ begun: [], over: [of(AT)] });
  });
});

test('what waits and what happened is told once, with the words of what waits', () => {
  const entry = { kind: 'comments', task: 4, since: AT, text: 'a comment' } as const;
  const happened: News = { kind: 'comments', task: 4, since: AT, text: 'x', seenAt: READ };
  const other: News = { kind: 'in_review', task: 4, since: AT, text: 'y' };
  expect(withNews([entry], [happened, other])).toEqual([{ ...entry, seenAt: READ }, other]);
  expect(withNews([entry], [])).toEqual([]);
  const red = { ...entry, kind: 'ci_failed' } as const;
  expect(withNews([red], [])).toEqual([red]);
});

test('of several things a person is told the most telling one of each task', () => {
  const of = (task: number, kind: NoticeKind): News => ({ kind, task, since: AT, text: '' });
  const told = [of(1, 'in_review'), of(1, 'ready_to_merge'), of(2, 'approved'), of(1, 'merged')];
  expect(mostTelling(told)).toEqual([of(1, 'merged'), of(2, 'approved')]);
});
