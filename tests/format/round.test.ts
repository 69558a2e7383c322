import { expect, test } from 'vitest';
import type { RoundView } from '#domain/pull-request/round-view.ts';
import type { Verdict } from '#domain/pull-request/verdict.ts';
import { roundLines } from '#format/round.ts';
import { columnsOf } from '#format/text.ts';

const AT = Date.parse('2026-01-02T13:41:00');
const verdict: Verdict = {
  ...{ roundId: 3, feedbackId: 'T1', statementId: 'S1', author: 'ada', place: 'src/tea.ts:12' },
  ...{ words: 'This forgets the empty list.', verdict: 'fixed', reason: 'It does.' },
  fixedIn: null,
};
const round = (more: Partial<RoundView> = {}): RoundView => ({
  ...{
    id: 30,
    nth: 3,
    kind: 'review',
    pullRequest: 7,
    outcome: 'pushed',
    note: null,
    costUsd: 0.5,
  },
  evidence: [{ kind: 'feedback', key: 'T1 S1', title: 'src/tea.ts' }],
  startedAt: new Date(AT).toISOString(),
  endedAt: new Date(AT + 250_000).toISOString(),
  verdicts: [verdict],
  ...more,
});

test('a round is a head line and a table of what was decided', () => {
  expect(roundLines(round(), 80, AT)).toEqual([
    'Review round 3 · 13:41 · 4m 10s · pushed · $0.50',
    'COMMENT                             VERDICT   REASON',
    'ada on src/tea.ts:12: This forgets  fixed     It does.',
    'the empty list.',
  ]);
});

test('one that runs names what it is about', () => {
  const running = round({ endedAt: null, outcome: null, costUsd: null, verdicts: [] });
  expect(roundLines(running, 80, AT)).toEqual(['Review round 3 · 13:41 · runs', '- src/tea.ts']);
});

test('why it failed stands below', () => {
  const failed = round({ kind: 'fix', outcome: 'failed', note: 'It was cut off.', verdicts: [] });
  expect(roundLines(failed, 80, AT).slice(0, 2)).toEqual([
    'Fix round 3 · 13:41 · 4m 10s · failed · $0.50',
    'It was cut off.',
  ]);
});

test('where a table has no room, the verdict stands below the comment', () => {
  const verdicts = [{ ...verdict, author: null, place: null }];
  expect(roundLines(round({ verdicts }), 40, AT).slice(-2)).toEqual([
    '- somebody: This forgets the empty list.',
    '  fixed: It does.',
  ]);
});

test.each([20, 40, 60, 61, 80, 200])('at %d columns nothing is wider', (width) => {
  const words = '空のリストで失敗します。'.repeat(20);
  const reason = `averyveryverylongwordwithoutanyblank${'x'.repeat(90)} \u001b[2J\u0007 done`;
  const verdicts = [{ ...verdict, words, reason }, verdict];
  const lines = roundLines(round({ verdicts, note: words }), width, AT);
  for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(width);
  expect(lines.join('\n')).not.toMatch(/\p{Cc}(?<!\n)/u);
});

test('a check that a fix round was told of stands beside what was decided', () => {
  const check = { kind: 'check', key: 'lint@c0ffee', title: 'lint' } as const;
  const mixed = round({ kind: 'fix', evidence: [check, ...round().evidence] });
  expect(roundLines(mixed, 80, AT).slice(1, 3)).toEqual([
    '- lint',
    'COMMENT                             VERDICT   REASON',
  ]);
});
