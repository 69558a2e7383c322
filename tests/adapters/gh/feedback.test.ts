import { expect, test } from 'vitest';
import { isRefusal } from '#domain/error.ts';
import type { StandInWorld } from '../../support/gh-stand-in.ts';
import { HOST, pull, start } from '../../support/gh-world.ts';

const ID = 'PR_acme/app_1';

async function read(more: Record<string, unknown>, world: StandInWorld = {}) {
  const { gh } = start({ ...world, pullRequests: [pull(1, more)] });
  const found = await gh.readFeedback(HOST, ID);
  if (isRefusal(found)) throw new Error(found.reason);
  return found;
}

test('threads, comments and reviews are read with who said it', async () => {
  const { feedback, whole } = await read({
    threads: [
      {
        ...{
          id: 'T1',
          path: 'a.ts',
          line: 7,
          author: 'ada',
          association: 'OWNER',
          body: 'Rename it.',
        },
        replies: [{ author: 'me', viewer: true, body: 'Done.', at: '2026-01-02T00:00:00Z' }],
      },
      { id: 'T2', path: 'b.ts', resolved: true, outdated: true, body: 'Old.' },
    ],
    comments: [{ author: 'robot', bot: true, body: 'All fine.', edited: true }],
    reviews: [
      { state: 'CHANGES_REQUESTED', body: 'Not yet.', author: 'bob' },
      { state: 'COMMENTED', body: '', author: 'ada' },
    ],
  });
  expect(whole).toBe(true);
  expect(feedback.map(({ id, kind, state, resolved }) => [id, kind, state, resolved])).toEqual([
    ['T1', 'thread', null, false],
    ['T2', 'thread', null, true],
    ['IC_1_0', 'comment', null, false],
    ['PRR_1_0', 'review', 'changes_requested', false],
  ]);
  expect(feedback[0]).toMatchObject({
    path: 'a.ts',
    line: 7,
    statements: [
      { id: 'T1_0', author: 'ada', association: 'OWNER', viewer: false, canPush: null },
      { id: 'T1_1', author: 'me', viewer: true, body: 'Done.', at: '2026-01-02T00:00:00Z' },
    ],
  });
  expect(feedback[2]?.statements).toMatchObject([{ bot: true, edited: true }]);
  expect(feedback[3]?.statements).toMatchObject([{ author: 'bob', canPush: true }]);
});

test('what is hidden, or a draft that nobody else sees, is not read; a deleted author is nobody', async () => {
  const { feedback } = await read({
    threads: [
      { id: 'T1', body: 'A draft.', pending: true },
      { id: 'T2', body: 'Hidden.', minimized: true },
      { id: 'T3', body: 'Here.', author: null },
    ],
    comments: [{ body: 'Hidden.', minimized: true }],
    reviews: [{ state: 'PENDING', body: 'A draft.' }],
  });
  expect(feedback.map(({ id }) => id)).toEqual(['T3']);
  expect(feedback[0]?.statements).toMatchObject([{ author: null }]);
});

test('of a long conversation the end is read, which is said', async () => {
  const { feedback, whole } = await read({
    comments: Array.from({ length: 40 }, (_, index) => ({ body: `comment ${index}` })),
  });
  expect(whole).toBe(false);
  expect(feedback).toHaveLength(30);
  expect(feedback[29]?.statements[0]?.body).toBe('comment 39');
});

test.each([
  ['offline', 'github.com cannot be reached.'],
  ['garbage', 'What answered for github.com was not GitHub'],
])('a failure tells nothing: %s', async (mode, reason) => {
  const { gh } = start({ mode, pullRequests: [pull(1)] });
  expect(await gh.readFeedback(HOST, ID)).toMatchObject({
    refused: true,
    reason: expect.stringContaining(reason),
  });
});

test('one that is gone was not read', async () => {
  const { gh } = start({ pullRequests: [] });
  expect(await gh.readFeedback(HOST, ID)).toMatchObject({ refused: true });
});

test('a server that does not know a field is asked without it', async () => {
  const { gh, github } = start({
    unknownField: 'lastEditedAt',
    pullRequests: [pull(1, { comments: [{ body: 'Hm.', edited: true }] })],
  });
  const found = await gh.readFeedback(HOST, ID);
  expect(found).toMatchObject({ feedback: [{ statements: [{ edited: true }] }] });
  await gh.readFeedback(HOST, ID);
  expect(github.calls()).toHaveLength(3);
});
