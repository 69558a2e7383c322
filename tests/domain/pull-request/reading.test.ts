import { describe, expect, test } from 'vitest';
import { NOTHING_SAID } from '#domain/pull-request/feedback.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import { withReading } from '#domain/pull-request/reading.ts';
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

  describe('the first check of a new commit', () => {
    const note = 'the first one has not come yet';
    const silent = { ...READING, ...unsaid, headCommit: 'bbb' };
    const none = { ...silent, checks: 'none' } as const;
    const at = (minutes: number) => new Date(Date.parse(LATER) + minutes * 60_000).toISOString();

    test.each([
      ['nothing is said', silent],
      ['there is none yet', none],
    ])('is waited for when the one before had some, for some minutes: %s', (_, said) => {
      const pushed = withReading(known, said, at(0));
      expect(pushed).toMatchObject({ checks: null, checksNote: note, checkRuns: [] });
      const again = withReading(pushed, said, at(2));
      expect(again).toMatchObject({ checks: null, checksNote: note });
      const next = withReading(again, { ...said, headCommit: 'ccc' }, at(2));
      expect(next).toMatchObject({ checks: null, checksNote: note });
      const late = withReading(again, said, at(4));
      expect(late).toMatchObject({ checks: said.checks, checksNote: null });
      const came = withReading(again, { ...READING, headCommit: 'bbb' }, at(2));
      expect(came).toMatchObject({ checks: READING.checks, checksNote: READING.checksNote });
    });

    test('is not waited for where there was none before, or it is open no more', () => {
      const before = withReading(UNREAD, { ...READING, checks: 'none' }, AT);
      expect(withReading(before, silent, LATER).checksNote).toBeNull();
      expect(withReading(UNREAD, silent, LATER).checksNote).toBeNull();
      const merged = withReading(known, { ...silent, state: 'merged' }, LATER);
      expect(merged.checksNote).toBeNull();
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
