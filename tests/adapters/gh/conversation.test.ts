import { describe, expect, test } from 'vitest';
import { readOne } from '../../support/gh-world.ts';

describe('what a reading tells of the conversation', () => {
  test('who approved the head commit, and who asked for changes, of those who may push', async () => {
    const reviews = [
      { state: 'APPROVED', author: 'grace' },
      { state: 'APPROVED', author: 'ada' },
      { state: 'APPROVED', author: 'early', commit: 'earlier' },
      { state: 'APPROVED', author: 'passer-by', canPush: false },
      { state: 'CHANGES_REQUESTED', author: null, commit: 'earlier' },
    ];
    expect(await readOne({ reviews, requested: 2 })).toMatchObject({
      approvedBy: ['ada', 'grace'],
      changesRequestedBy: ['ghost'],
      reviewRequests: 2,
      review: 'changes_requested',
    });
  });

  test('how many threads are not resolved', async () => {
    const threads = [{ resolved: true }, {}, { outdated: true }];
    expect((await readOne({ threads })).unresolvedThreads).toBe(2);
    expect((await readOne({})).unresolvedThreads).toBe(0);
  });

  test('a mark that changes with every word, and only then', async () => {
    const said = {
      reviews: [{ state: 'COMMENTED' }],
      threads: [{ id: 'T1' }],
      comments: [{ id: 'C1' }],
    };
    const mark = async (more: Record<string, unknown>) => (await readOne(more)).feedbackMark;
    const before = await mark(said);
    expect(before).toMatch(/^[0-9a-f]{16}$/);
    expect(await mark({ ...said, checks: [{ name: 'build' }], mergeable: 'CONFLICTING' })).toBe(
      before,
    );
    const news = [
      { comments: [{ id: 'C1' }, { id: 'C2' }] },
      { comments: [{ id: 'C1', at: '2026-01-02T00:00:00Z' }] },
      { comments: [{ id: 'C1', minimized: true }] },
      { threads: [{ id: 'T1', resolved: true }] },
      { threads: [{ id: 'T1', replies: ['More.'] }] },
      { threads: [{ id: 'T1' }, { id: 'T2' }] },
      { reviews: [{ state: 'DISMISSED' }] },
    ];
    const marks = await Promise.all(news.map((each) => mark({ ...said, ...each })));
    expect(new Set([before, ...marks]).size).toBe(news.length + 1);
  });

  test('its title, the commit of its base, who merged it, and that GitHub will merge it by itself', async () => {
    expect(
      await readOne({ title: 'Add tea', baseCommit: 'b1', autoMerge: 'SQUASH', queued: true }),
    ).toMatchObject({
      title: 'Add tea',
      baseCommit: 'b1',
      mergedBy: null,
      autoMerge: 'squash',
      queued: true,
    });
    expect(await readOne({ state: 'MERGED', mergedBy: 'ada' })).toMatchObject({ mergedBy: 'ada' });
    expect(await readOne({})).toMatchObject({ autoMerge: null, queued: false });
  });
});
