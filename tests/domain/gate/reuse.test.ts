import { describe, expect, test } from 'vitest';
import type { GateRun } from '#domain/gate/gate.ts';
import { passedAlready, stayedClean } from '#domain/gate/reuse.ts';
import { aGateRun } from '../../support/builders.ts';

const GATE = { name: 'test', command: 'npm test' };
const STATE = { headCommit: 'head', clean: true };
const found = (more: Partial<GateRun>, state = STATE) =>
  passedAlready(GATE, state, [aGateRun(more)]);

describe('a gate need not be run', () => {
  test('when it passed for this commit, clean, with this command', () => {
    expect(found({})).toEqual(aGateRun());
  });

  test.each([
    [{ outcome: 'failed' as const }],
    [{ clean: false }],
    [{ headCommit: 'other' }],
    [{ command: 'make' }],
    [{ gate: 'lint' }],
    [{ outcome: null }],
  ])('but not with %j', (more) => {
    expect(found(more)).toBeNull();
  });

  test('but not when something lies beside the commit, or it failed since', () => {
    expect(found({}, { ...STATE, clean: false })).toBeNull();
    const runs = [aGateRun(), aGateRun({ id: 2, outcome: 'failed' })];
    expect(passedAlready(GATE, STATE, runs)).toBeNull();
  });
});

test('what was clean stays so unless the commit or a file of it changed', () => {
  expect(stayedClean(STATE, { head: 'head', changed: 0 })).toBe(true);
  expect(stayedClean(STATE, { head: 'after', changed: 0 })).toBe(false);
  expect(stayedClean(STATE, { head: 'head', changed: 1 })).toBe(false);
  expect(stayedClean({ ...STATE, clean: false }, { head: 'head', changed: 0 })).toBe(false);
  expect(stayedClean(STATE, null)).toBe(false);
});
