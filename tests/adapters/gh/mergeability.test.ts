import { expect, test } from 'vitest';
import { HOST, pull, start } from '../../support/gh-world.ts';

const asked = async (more: Record<string, unknown>) =>
  start({ pullRequests: [pull(1, { baseCommit: 'b1', ...more })] }).gh.readMergeability(
    HOST,
    'acme/app',
    1,
  );

test('the older way tells whether it can be merged, and between which commits', async () => {
  const commits = { headCommit: 'commit1', baseCommit: 'b1' };
  expect(await asked({})).toEqual({ ...commits, mergeable: 'mergeable', mergeState: 'clean' });
  expect(await asked({ mergeable: 'CONFLICTING' })).toEqual({
    ...commits,
    mergeable: 'conflicting',
    mergeState: 'dirty',
  });
  expect(await asked({ restUnknown: true })).toEqual({
    ...commits,
    mergeable: null,
    mergeState: null,
  });
});

test('one that is not there is a refusal', async () => {
  const { gh } = start({ pullRequests: [] });
  expect(await gh.readMergeability(HOST, 'acme/app', 1)).toMatchObject({
    refused: true,
    reason: expect.stringContaining('Not Found'),
  });
});
