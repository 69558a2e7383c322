import { expect, test } from 'vitest';
import { isRefusal } from '#domain/error.ts';
import { HOST, pull, start } from '../../support/gh-world.ts';

const PULL_REQUEST = 'PR_acme/app_1';

const world = (more = {}) => ({
  pullRequests: [
    pull(1, {
      threads: [
        { id: 'T1', body: 'Why?', replies: [{ id: 'C2', body: 'So.', viewer: true }] },
        { id: 'T2', resolved: true, canResolve: false, body: 'Hm.' },
      ],
      comments: [
        { id: 'C3', body: 'mine', viewer: true },
        { id: 'C4', body: 'not mine' },
      ],
      ...more,
    }),
  ],
});

async function conversation(gh: ReturnType<typeof start>['gh'], threads: string[]) {
  const found = await gh.readConversation(HOST, { pullRequest: PULL_REQUEST, threads });
  if (isRefusal(found)) throw new Error(found.reason);
  return found;
}

test('one request tells which answers are ours and what may be done', async () => {
  const { gh, github } = start(world());
  expect(await conversation(gh, ['T1', 'T2', 'gone'])).toEqual({
    pendingReview: false,
    own: [{ id: 'C3', body: 'mine' }],
    threads: new Map([
      [
        'T1',
        { own: [{ id: 'C2', body: 'So.' }], resolved: false, canReply: true, canResolve: true },
      ],
      ['T2', { own: [], resolved: true, canReply: true, canResolve: false }],
    ]),
  });
  expect(github.calls()).toHaveLength(1);
});

test('a review of ours that was not submitted is seen', async () => {
  const { gh } = start(world({ pendingReview: true }));
  expect((await conversation(gh, [])).pendingReview).toBe(true);
});

test('a reply, a comment and a resolved thread are there afterwards', async () => {
  const { gh } = start(world());
  const replied = await gh.replyToThread(HOST, 'T1', 'Fixed.');
  const commented = await gh.comment(HOST, PULL_REQUEST, 'Answered.');
  expect(await gh.resolveThread(HOST, 'T1')).toEqual({ outcome: 'done' });
  const { own, threads } = await conversation(gh, ['T1']);
  expect(replied).toEqual({ outcome: 'done', id: threads.get('T1')?.own.at(-1)?.id });
  expect(commented).toEqual({ outcome: 'done', id: own.at(-1)?.id });
  expect(threads.get('T1')).toMatchObject({ resolved: true });
});

test('a thread that is gone refuses; a lost answer is unsure, and the work is done', async () => {
  const { gh, github } = start(world());
  expect(await gh.replyToThread(HOST, 'gone', 'x')).toMatchObject({ outcome: 'refused' });
  github.set({ lost: 1 });
  expect(await gh.replyToThread(HOST, 'T1', 'Fixed.')).toMatchObject({ outcome: 'unsure' });
  expect((await conversation(gh, ['T1'])).threads.get('T1')?.own.at(-1)?.body).toBe('Fixed.');
});

test('a GitHub in trouble refuses with its sentence', async () => {
  const { gh } = start({ ...world(), mode: 'offline' });
  const found = await gh.readConversation(HOST, { pullRequest: PULL_REQUEST, threads: [] });
  expect(found).toMatchObject({ reason: 'github.com cannot be reached.' });
});
