import { expect, test } from 'vitest';
import { decideTurn, type TurnWork } from '#domain/delivery/decide.ts';
import type { Missing } from '#domain/delivery/missing.ts';

const push: Missing = {
  kind: 'missing',
  key: 'push',
  title: 'not pushed',
  order: 'Push.',
  data: null,
};
const gate: Missing = { ...push, kind: 'gate', key: 'test@b', title: 'gate test fails' };
const round = (
  missing: readonly Missing[],
  headCommit: string | null,
  sentAt: number | null = 1,
) => ({
  ...{ evidence: [...missing], headCommit, sentAt },
  outcome: sentAt === null ? ('failed' as const) : ('unchanged' as const),
});
const decide = (work: Partial<TurnWork>) =>
  decideTurn({ missing: [push], head: 'b', rounds: [], mostRounds: 3, ...work });

test('nothing missing is delivered, however many rounds it took', () => {
  expect(decide({ missing: [], rounds: [round([push], 'b')] })).toEqual({ act: 'deliver' });
});

test('Claude is told as long as something changes and rounds are left', () => {
  expect(decide({})).toEqual({ act: 'tell' });
  expect(decide({ rounds: [round([push], 'a')] })).toEqual({ act: 'tell' });
  expect(decide({ rounds: [round([gate], 'b')] })).toEqual({ act: 'tell' });
});

test('the same evidence on the same commit ends it early', () => {
  const rounds = [round([gate], 'a'), round([push], 'b')];
  expect(decide({ rounds })).toEqual({
    act: 'give_up',
    code: 'not_delivered',
    text: 'not pushed (nothing changed since round 2)',
  });
});

test('the rounds are bounded', () => {
  const rounds = ['x', 'y', 'z'].map((head) => round([push], head));
  expect(decide({ rounds })).toMatchObject({ text: 'not pushed (3 of 3 rounds are used)' });
  expect(decide({ mostRounds: 0 })).toMatchObject({ act: 'give_up', text: 'not pushed' });
});

test('a message that did not arrive is no round, but is not sent for ever', () => {
  const unsent = round([push], 'b', null);
  expect(decide({ rounds: [unsent, unsent] })).toEqual({ act: 'tell' });
  expect(decide({ rounds: [unsent, unsent, unsent] })).toMatchObject({
    text: 'not pushed (the message cannot be sent)',
  });
});

test('what Claude can do nothing about is not told', () => {
  expect(decide({ missing: [gate, { ...push, order: null }] })).toEqual({
    act: 'give_up',
    code: 'not_delivered',
    text: 'gate test fails; not pushed',
  });
});

test('the code names what is missing', () => {
  const rounds = [round([gate], 'b')];
  expect(decide({ missing: [gate], rounds })).toMatchObject({ code: 'gate_failed' });
  const criterion: Missing = { ...gate, kind: 'criterion' };
  const last = [round([criterion], 'b')];
  expect(decide({ missing: [criterion], rounds: last })).toMatchObject({ code: 'criteria_unmet' });
});
