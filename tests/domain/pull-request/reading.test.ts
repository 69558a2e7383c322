import { describe, expect, test } from 'vitest';
import { NOTHING_SAID } from '#domain/pull-request/feedback.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import { type PullRequestReading, withReading } from '#domain/pull-request/reading.ts';
import { READING, UNREAD } from '../../support/reading.ts';

const AT = '2026-01-01T12:00:00.000Z';
const LATER = '2026-01-01T12:05:00.000Z';

const known = withReading(UNREAD, READING, AT);

describe('laying a reading over what is known', () => {
  const unsaid = {
    checks: null,
    checkRuns: [],
    mergeable: null,
    mergeState: null,
    mergeCommit: null,
  };

  test('of a repository that was renamed is under its new name from then on', () => {
    const at = (url: string) => withReading(known, { ...READING, url }, LATER).repository;
    expect(at('https://github.com/new/home/pull/7')).toBe('new/home');
    expect(at('https://github.com/new/home/pull/8')).toBe('acme/app');
    expect(at('https://github.com/odd')).toBe('acme/app');
  });

  test.each([
    ['it is in the queue', { queued: true }, { queued: true }, null],
    ['it left the queue', { queued: true }, {}, 'queue'],
    ['it left the queue by a push', { queued: true }, { headCommit: 'bbb' }, 'queue'],
    ['auto-merge was turned off', { autoMerge: 'squash' }, {}, 'auto_merge'],
    ['auto-merge became the queue', { autoMerge: 'squash' }, { queued: true }, null],
    ['it is merged', { queued: true }, { state: 'merged' }, null],
    ['nothing is new since', { mergeStopped: 'queue' }, {}, 'queue'],
    ['it is to be merged again', { mergeStopped: 'queue' }, { autoMerge: 'merge' }, null],
    ['there is a new commit', { mergeStopped: 'queue' }, { headCommit: 'bbb' }, null],
    ['there was nothing', {}, {}, null],
  ] as const)('whether GitHub stopped merging it: %s', (_, before, said, stopped) => {
    const next = withReading({ ...known, ...before }, { ...READING, ...said }, LATER);
    expect(next.mergeStopped).toBe(stopped);
  });

  test('what it says replaces what was known', () => {
    expect(known).toMatchObject({ ...READING, readAt: AT, staleReason: null, mergedAt: null });
    expect(known).toMatchObject({ id: 1, taskId: 1, host: 'github.com', createdAt: AT });
  });

  test('what it does not say stands as long as the head commit is the same', () => {
    expect(withReading(known, { ...READING, ...unsaid }, LATER)).toEqual({
      ...known,
      readAt: LATER,
    });
  });

  test('what was said of another commit is forgotten', () => {
    const next = withReading(known, { ...READING, ...unsaid, headCommit: 'bbb' }, LATER);
    expect(next).toMatchObject({ ...unsaid, headCommit: 'bbb' });
  });

  test('checks that were running are not kept: whether they still run is not known', () => {
    const running = withReading(known, { ...READING, checks: 'pending', checkRuns: [] }, AT);
    expect(withReading(running, { ...READING, ...unsaid }, LATER).checks).toBeNull();
  });

  test('a new commit that has no checks yet is not taken for one that gets none, where there were some', () => {
    const none: PullRequestReading = {
      ...READING,
      checks: 'none',
      checkRuns: [],
      headCommit: 'bbb',
    };
    const first = withReading(known, none, LATER);
    expect(first.checks).toBeNull();
    expect(withReading(first, none, LATER).checks).toBe('none');
    expect(withReading(UNREAD, none, LATER).checks).toBe('none');
  });

  test('the names of failed checks go when the checks are no longer failed', () => {
    const passed = withReading(known, { ...READING, checks: 'passed', checkRuns: [] }, LATER);
    expect(passed.checkRuns).toEqual([]);
  });

  test('a review that is gone is gone', () => {
    expect(withReading(known, { ...READING, review: null }, LATER).review).toBeNull();
  });

  test('a good reading ends staleness, and the first that says merged tells when', () => {
    const stale = { ...known, staleReason: 'github.com cannot be reached.' };
    const merged = withReading(stale, { ...READING, state: 'merged', mergeCommit: 'ccc' }, LATER);
    expect(merged).toMatchObject({ staleReason: null, mergedAt: LATER, mergeCommit: 'ccc' });
    expect(withReading(merged, { ...READING, state: 'merged' }, AT)).toMatchObject({
      mergedAt: LATER,
      mergeCommit: 'ccc',
    });
  });
});

test('where nobody has said anything nothing is left to read, but a word that was taken back is', () => {
  const said = (feedbackMark: string, before: PullRequest = UNREAD) =>
    withReading(before, { ...READING, feedbackMark }, AT);
  expect(said(NOTHING_SAID).feedbackRead).toBe(NOTHING_SAID);
  expect(said('a').feedbackRead).toBeNull();
  const taken = said(NOTHING_SAID, { ...said('a'), feedbackRead: 'a' });
  expect(taken).toMatchObject({ feedbackMark: NOTHING_SAID, feedbackRead: 'a' });
});
