import { expect, test } from 'vitest';
import type { MergePlan, MergeReading } from '#domain/pull-request/merge.ts';
import { type MergeEffects, sayMergePlan } from '#domain/pull-request/merge-words.ts';
import { failing } from '../../support/reading.ts';
import { aMergeReading, child } from './a-merge-reading.ts';

const FACTS: Parameters<typeof sayMergePlan>[2] = {
  repository: 'acme/app',
  number: 12,
  checks: 'passed',
  checksNote: null,
  checkRuns: [],
  approvedBy: ['ada'],
  review: 'approved',
};

function say(
  plan: Partial<MergePlan> = {},
  reading: Partial<MergeReading> = {},
  more: { facts?: Partial<typeof FACTS>; effects?: Partial<MergeEffects> } = {},
): string {
  return sayMergePlan(
    { way: 'now', method: 'squash', ready: false, ...plan },
    aMergeReading(reading),
    { ...FACTS, ...more.facts },
    {
      ...{ deletesOn: 'origin', keeps: null, retargets: [], uncommitted: 0, endsSession: true },
      ...more.effects,
    },
  );
}

test('says everything that a merge does, in its order', () => {
  expect(say({}, {}, { effects: { retargets: [child(13)], uncommitted: 2 } })).toBe(
    'Squash-merge acme/app#12 "Add a page" (3 commits, head abc1234, checks passed, approved by ada) into main? ' +
      'Also: retarget pull request #13 to main first; delete task/page on origin; then end the session (2 uncommitted files are saved).',
  );
});

test.each<[RegExp, string]>([
  [/^Merge /, say({ method: 'merge' })],
  [/^Rebase-merge /, say({ method: 'rebase' })],
  [/^Have GitHub squash-merge .* as soon as it may\?$/, say({ way: 'auto' })],
  [/^Put .* into the merge queue of main\?$/, say({ way: 'queue' })],
  [/Also: mark it as ready first;/, say({ ready: true })],
  [
    /keep task\/page on the remote, since it is protected/,
    say({}, {}, { effects: { deletesOn: null, keeps: 'it is protected' } }),
  ],
  [
    /GitHub deletes task\/page/,
    say({}, { rules: { ...aMergeReading().rules, deletesBranch: true } }),
  ],
  [/1 uncommitted file is saved/, say({}, {}, { effects: { uncommitted: 1 } })],
  [
    /checks not known, no approval/,
    say({}, {}, { facts: { checks: null, approvedBy: [], review: null } }),
  ],
  [/checks still running/, say({}, {}, { facts: { checks: 'pending' } })],
  [
    /not required failed: lint/,
    say({}, {}, { facts: { checks: 'failed_optional', checkRuns: failing('lint') } }),
  ],
])('%s', (words, said) => {
  expect(said).toMatch(words);
});

test('a title cannot speak in the place of the question', () => {
  expect(say({}, { title: 'Harmless\u001b[2J\nMerge nothing?' })).toContain(
    '"Harmless [2J Merge nothing?"',
  );
});
