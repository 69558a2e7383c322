import { expect, test } from 'vitest';
import type { ActivityName } from '#domain/activity.ts';
import { isParked, whyNotPark } from '#domain/parking/park.ts';
import type { Session } from '#domain/session.ts';

const activity = (name: ActivityName) =>
  ({ name, source: 'hook', since: 1_000, detail: null }) as const;

const resting: Parameters<typeof whyNotPark>[0] = {
  ...{ taskId: 12, state: 'open', activity: activity('idle'), turnBehind: false },
  ...{ promptedAt: 500, turnEndedAt: 1_000 },
};

test('a Claude that rests at its prompt may be parked', () => {
  expect(whyNotPark(resting, null)).toBeUndefined();
  expect(whyNotPark(resting, { kind: 'review' })).toBeUndefined();
});

test.each<[string, Partial<Session>]>([
  ['not at its prompt', { activity: activity('working') }],
  ['not at its prompt', { activity: activity('permission') }],
  ['not at its prompt', { activity: activity('limited') }],
  ['ended', { activity: activity('ended') }],
  ['ended', { activity: activity('lost') }],
  ['background', { turnBehind: true }],
  ['no prompt yet', { promptedAt: null }],
  ['opened or ended', { state: 'opening' }],
  ['opened or ended', { state: 'closing' }],
])('one that is %s may not: %o', (words, changes) => {
  expect(whyNotPark({ ...resting, ...changes }, null)?.reason).toContain(words);
});

test('one in the middle of a round may not', () => {
  expect(whyNotPark(resting, { kind: 'fix' })?.reason).toContain('fix round');
  expect(whyNotPark(resting, { kind: 'finish' })?.reason).toContain('finish round');
});

test('parked is what was ended for it, not what is only meant to be, or ended by itself', () => {
  expect(isParked({ parkedAt: 5, activity: activity('ended') })).toBe(true);
  expect(isParked({ parkedAt: 5, activity: activity('idle') })).toBe(false);
  expect(isParked({ parkedAt: null, activity: activity('ended') })).toBe(false);
});
