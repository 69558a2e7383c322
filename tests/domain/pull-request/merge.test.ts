import { describe, expect, test } from 'vitest';
import { type MergeReading, type MergeWish, planMerge } from '#domain/pull-request/merge.ts';
import { failing } from '../../support/reading.ts';
import { granted, refused } from '../../support/workshop.ts';
import { aMergeReading } from './a-merge-reading.ts';

type Facts = Parameters<typeof planMerge>[2];

const FACTS: Facts = {
  checks: 'passed',
  checksNote: null,
  checkRuns: [],
  review: null,
  changesRequestedBy: [],
  unresolvedThreads: 0,
};
const WISH: MergeWish = { method: null, auto: false, ready: false };

function plan(
  reading: Partial<MergeReading> = {},
  facts: Partial<Facts> = {},
  wish: Partial<MergeWish> = {},
) {
  return planMerge(4, aMergeReading(reading), { ...FACTS, ...facts }, { ...WISH, ...wish });
}

describe('the method', () => {
  const rules = aMergeReading().rules;
  test.each([
    ["the repository's own", {}, {}, 'merge'],
    ['the wished one', {}, { method: 'squash' }, 'squash'],
    ['one that is allowed, when the own is not', { methods: ['rebase'] }, {}, 'rebase'],
    ['one that is allowed, when the own is not known', { defaultMethod: null }, {}, 'squash'],
  ] as const)('is %s', (_, more, wish, method) => {
    const reading = { rules: { ...rules, ...more } as MergeReading['rules'] };
    expect(granted(plan(reading, {}, wish))).toEqual({ way: 'now', method, ready: false });
  });

  test('that is not allowed is refused, and those that are allowed are named', () => {
    const no = refused(plan({ rules: { ...rules, methods: ['squash'] } }, {}, { method: 'merge' }));
    expect(`${no.reason} ${no.hint}`).toMatch(/not allow the method "merge".* squash/);
  });
});

describe('is refused', () => {
  const rules = aMergeReading().rules;
  test.each<[string, Partial<MergeReading>, Partial<Facts>, RegExp]>([
    ['closed', { state: 'closed' }, {}, /is closed/],
    ['archived', { rules: { ...rules, archived: true } }, {}, /archived/],
    ['without the right', { rules: { ...rules, permission: 'read' } }, {}, /may only read/],
    ['a draft', { draft: true, mergeState: 'draft' }, {}, /is a draft.*--ready/],
    ['in conflict', { mergeable: 'conflicting', mergeState: 'dirty' }, {}, /conflicts with main/],
    [
      'changes asked for',
      {},
      { review: 'changes_requested', changesRequestedBy: ['ada'] },
      /^ada asked for changes/,
    ],
    ['checks failed', {}, { checks: 'failed', checkRuns: failing('test') }, /Checks failed: test/],
    ['unknown', { mergeable: null }, {}, /not worked out yet/],
    ['unknown state', { mergeState: null }, {}, /not worked out yet/],
    ['behind', { mergeState: 'behind' }, {}, /behind main/],
    ['required checks run', { mergeState: 'blocked' }, { checks: 'pending' }, /still running/],
    ['no approval', { mergeState: 'blocked' }, { review: 'required' }, /needs an approval/],
    ['conversations', { mergeState: 'blocked' }, { unresolvedThreads: 2 }, /2 conversations/],
    ['another rule', { mergeState: 'blocked' }, { checksNote: 'cancelled' }, /rule.*cancelled/],
    ['in the queue', { queued: true }, {}, /queue already/],
  ])('%s', (_, reading, facts, words) => {
    const { reason, hint } = refused(plan(reading, facts));
    expect(`${reason} ${hint}`).toMatch(words);
  });
});

describe('goes on', () => {
  test.each<[string, Partial<MergeReading>, Partial<Facts>]>([
    ['without any check', {}, { checks: 'none' }],
    [
      'when only what is not required failed',
      { mergeState: 'unstable' },
      { checks: 'failed_optional' },
    ],
    ['when what runs is not required', { mergeState: 'unstable' }, { checks: 'pending' }],
    ['when GitHub says that all is well and the checks are not known', {}, { checks: null }],
  ])('%s', (_, reading, facts) => {
    expect(plan(reading, facts)).toMatchObject({ way: 'now' });
  });

  test('a draft that is to be marked as ready', () => {
    const reading = { draft: true, mergeState: 'draft' } as const;
    expect(plan(reading, {}, { ready: true })).toEqual({
      way: 'now',
      method: 'merge',
      ready: true,
    });
  });

  test('never with a draft that nobody has approved, or whose checks still run', () => {
    const reading = { draft: true, mergeState: 'draft' } as const;
    const wish = { ready: true };
    const no = refused(plan(reading, { review: 'required' }, wish));
    expect(`${no.reason} ${no.hint}`).toMatch(/needs an approval.*merge 4 --ready --auto/);
    const [run] = failing('build').map((each) => ({ ...each, meaning: 'pending' as const }));
    if (run === undefined) throw new Error('The check is missing.');
    const pending = (required: boolean | null) =>
      plan(reading, { checks: 'pending', checkRuns: [{ ...run, required }] }, wish);
    expect(refused(pending(true)).reason).toMatch(/still running/);
    expect(pending(false)).toMatchObject({ way: 'now', ready: true });
    const rules = { ...aMergeReading().rules, autoMerge: true };
    const auto = { ready: true, auto: true };
    expect(plan({ ...reading, rules }, { review: 'required' }, auto)).toMatchObject({
      ...{ way: 'auto', ready: true },
    });
  });

  test('into the queue where the base has one', () => {
    expect(plan({ queueNeeded: true })).toMatchObject({ way: 'queue' });
  });
});

describe('left to GitHub', () => {
  const rules = { ...aMergeReading().rules, autoMerge: true };
  const blocked = { mergeState: 'blocked', rules } as const;
  const auto = { auto: true };

  test('when it waits for checks or an approval', () => {
    expect(plan(blocked, { checks: 'pending' }, auto)).toMatchObject({ way: 'auto' });
    expect(plan(blocked, { review: 'required' }, auto)).toMatchObject({ way: 'auto' });
  });

  test('never when it could be merged now, and never when only work would help', () => {
    expect(plan({ rules }, {}, auto)).toMatchObject({ way: 'now' });
    expect(refused(plan(blocked, { checks: 'failed' }, auto)).reason).toMatch(/failed/);
    expect(refused(plan({ rules, mergeable: 'conflicting' }, {}, auto)).reason).toMatch(
      /conflicts/,
    );
  });

  test('not where the repository forbids it, and not twice', () => {
    const no = refused(plan({ mergeState: 'blocked' }, { checks: 'pending' }, auto));
    expect(no.reason).toMatch(/running\. The repository does not allow/);
    const armed = refused(plan({ ...blocked, autoMerge: 'squash' }, { checks: 'pending' }, auto));
    expect(armed.reason).toMatch(/already/);
  });
});
