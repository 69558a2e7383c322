import { expect, test } from 'vitest';
import { computeMerge } from '#operations/pull-request/compute-merge.ts';
import { row, start, status } from './start-refresh.ts';

test('what GitHub computed counts, a conflict when it is said twice of the same commits', async () => {
  const { app, add } = start();
  const pull = add('in_review', { mergeable: null, mergeState: null });
  const said = { headCommit: 'aaa', baseCommit: 'b1', mergeState: 'dirty' };
  const compute = async (more: { mergeable: 'conflicting' | null; headCommit?: string }) => {
    app.gh.readMergeability = async () => ({ ...said, ...more });
    return await computeMerge.run(app, { id: pull.id });
  };
  expect(await compute({ mergeable: null })).toEqual({ known: false });
  expect(await compute({ mergeable: 'conflicting', headCommit: 'another' })).toEqual({
    known: false,
  });
  expect(row(app, pull)).toEqual(pull);
  expect(await compute({ mergeable: 'conflicting' })).toEqual({ known: true });
  expect([status(app, pull), row(app, pull)?.mergeable]).toEqual(['in_review', null]);
  await compute({ mergeable: 'conflicting' });
  expect([status(app, pull), row(app, pull)?.mergeState]).toEqual(['conflict', 'dirty']);
});
