import { expect, test } from 'vitest';
import {
  authorsToConfirm,
  type SaidFeedback,
  type SaidStatement,
  trustOf,
  withoutTakenBack,
  withTrust,
} from '#domain/pull-request/trust.ts';

const said = (changes: Partial<SaidStatement> = {}): SaidStatement => ({
  id: 's1',
  author: 'ada',
  bot: false,
  body: 'Please rename it.',
  at: '2026-01-02T03:04:05Z',
  edited: false,
  url: null,
  association: 'NONE',
  canPush: null,
  viewer: false,
  ...changes,
});
const feedback = (statement: SaidStatement, changes: Partial<SaidFeedback> = {}): SaidFeedback => ({
  id: `f-${statement.id}`,
  kind: 'comment',
  statements: [statement],
  state: null,
  path: null,
  line: null,
  url: null,
  resolved: false,
  outdated: false,
  ...changes,
});
const facts = (
  changes: { trusted?: string[]; mayPush?: Record<string, boolean>; replies?: string[] } = {},
) => ({
  trusted: changes.trusted ?? [],
  mayPush: new Map(Object.entries(changes.mayPush ?? {})),
  replies: new Set(changes.replies ?? []),
});
const MARKED = 'Renamed.\n<!-- claustre:3:PRRT_1 -->';

test.each<
  [string, ReturnType<typeof trustOf>, Partial<SaidStatement>, Parameters<typeof facts>[0]?]
>([
  ['a stranger', 'untrusted', {}],
  ['somebody whose commit was merged once', 'untrusted', { association: 'CONTRIBUTOR' }],
  ['a deleted account', 'untrusted', { author: null, association: 'OWNER', canPush: true }],
  ['a deleted account with a trusted name', 'untrusted', { author: null }, { trusted: ['ghost'] }],
  ['the person', 'trusted', { viewer: true }],
  ['who may push', 'trusted', { canPush: true }],
  ['the owner', 'trusted', { association: 'OWNER' }],
  ['a collaborator', 'untrusted', { association: 'COLLABORATOR' }],
  [
    'a collaborator who may push',
    'trusted',
    { association: 'COLLABORATOR' },
    { mayPush: { ada: true } },
  ],
  ['a collaborator who may not push', 'untrusted', { association: 'COLLABORATOR', canPush: false }],
  ['a member', 'untrusted', { association: 'MEMBER' }],
  ['a member who may push', 'trusted', { association: 'MEMBER' }, { mayPush: { ada: true } }],
  ['a member who may not', 'untrusted', { association: 'MEMBER' }, { mayPush: { ada: false } }],
  ['what a member edited', 'untrusted', { association: 'OWNER', edited: true }],
  [
    'what was edited and is confirmed',
    'trusted',
    { association: 'OWNER', edited: true },
    { mayPush: { ada: true } },
  ],
  ['a name of the settings', 'trusted', {}, { trusted: ['Ada'] }],
  ['a bot', 'untrusted', { author: 'reviewer', bot: true, canPush: true }],
  [
    'a bot of the settings',
    'trusted',
    { author: 'reviewer', bot: true },
    { trusted: ['reviewer[bot]'] },
  ],
  ['a bot named as a person', 'untrusted', { author: 'ada', bot: true }, { trusted: ['ada'] }],
  ['a person named as a bot', 'untrusted', { author: 'reviewer' }, { trusted: ['reviewer[bot]'] }],
  ['what claustre wrote', 'ours', { viewer: true, body: MARKED }],
  ['the mark in a stranger’s text', 'untrusted', { body: MARKED }],
  ['the mark in a quote', 'trusted', { viewer: true, body: '> <!-- claustre:3:x -->\nWhy?' }],
  ['a reply that is known by its id', 'ours', { viewer: true }, { replies: ['s1'] }],
])('%s is %s', (_, trust, statement, known) => {
  expect(trustOf(said(statement), facts(known))).toBe(trust);
});

test('only those are asked for by name of whom it matters', () => {
  const all = [
    said({ author: 'stranger' }),
    said({ author: 'member', association: 'MEMBER' }),
    said({ author: 'member', association: 'MEMBER' }),
    said({ author: 'known', association: 'MEMBER' }),
    said({ author: 'owner', association: 'OWNER' }),
    said({ author: 'editor', association: 'OWNER', edited: true }),
    said({ author: 'robot', association: 'MEMBER', bot: true }),
    said({ author: null, association: 'MEMBER' }),
  ];
  const names = authorsToConfirm(
    all.map((each) => feedback(each)),
    ['known'],
  );
  expect(names).toEqual(['member', 'editor']);
});

test('what is kept tells the trust, and nothing that it was decided from', () => {
  const { statements } = withTrust(feedback(said({ viewer: true })), facts());
  expect(statements).toEqual([
    {
      id: 's1',
      author: 'ada',
      bot: false,
      trust: 'trusted',
      body: 'Please rename it.',
      at: '2026-01-02T03:04:05Z',
      edited: false,
      url: null,
    },
  ]);
});

test('an approval takes back what its author wanted before, and nobody else’s', () => {
  const wanted = feedback(said({ id: 'a' }), { kind: 'review', state: 'changes_requested' });
  const approval = (changes: Partial<SaidStatement>) =>
    feedback(said({ id: 'b', at: '2026-01-03T00:00:00Z', ...changes }), {
      kind: 'review',
      state: 'approved',
    });
  const resolved = (...all: SaidFeedback[]) => withoutTakenBack(all).map((each) => each.resolved);
  expect(resolved(wanted, approval({}))).toEqual([true, false]);
  expect(resolved(wanted, approval({ author: 'bob' }))).toEqual([false, false]);
  expect(resolved(wanted, approval({ at: '2026-01-01T00:00:00Z' }))).toEqual([false, false]);
});
