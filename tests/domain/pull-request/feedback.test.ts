import { expect, test } from 'vitest';
import { isUndecided, newestStatement, type Statement } from '#domain/pull-request/feedback.ts';

const said = (id: string, changes: Partial<Statement> = {}): Statement => ({
  id,
  author: 'ada',
  bot: false,
  trust: 'trusted',
  body: 'Please rename it.',
  at: '2026-01-02T03:04:05Z',
  edited: false,
  url: null,
  ...changes,
});
const thread = (...statements: Statement[]) => ({
  statements,
  resolved: false,
  state: null as string | null,
  decidedFor: null as string | null,
});

test('the newest statement is the newest of somebody who is trusted', () => {
  expect(newestStatement(thread(said('a'), said('b', { trust: 'ours' })))?.id).toBe('a');
  expect(newestStatement(thread(said('a'), said('b', { trust: 'untrusted' })))?.id).toBe('a');
  expect(newestStatement(thread(said('b', { trust: 'ours' })))).toBeNull();
});

test.each([
  [true, thread(said('a'))],
  [true, { ...thread(said('a')), state: 'changes_requested' }],
  // Somebody answered after the decision.
  [true, { ...thread(said('a'), said('b', { trust: 'ours' }), said('c')), decidedFor: 'a' }],
  [false, { ...thread(said('a'), said('b', { trust: 'ours' })), decidedFor: 'a' }],
  // A stranger cannot ask for it again.
  [false, { ...thread(said('a'), said('b', { trust: 'untrusted' })), decidedFor: 'a' }],
  [false, thread(said('a', { trust: 'untrusted' }))],
  [false, { ...thread(said('a')), resolved: true }],
  [false, { ...thread(said('a')), state: 'approved' }],
  [false, thread(said('a', { body: ' ' }))],
  [false, thread()],
])('whether anything is left to decide: %s', (left, feedback) => {
  expect(isUndecided(feedback)).toBe(left);
});
