import { describe, expect, test } from 'vitest';
import { addCost, readStatusReport } from '#domain/usage.ts';

describe('a status line', () => {
  test('gives model, context, cost and limits', () => {
    const report = readStatusReport({
      session_id: 'c',
      model: { id: 'claude-sonnet-5', display_name: 'Sonnet 5' },
      cost: { total_cost_usd: 0.098628 },
      context_window: { total_input_tokens: 32073, total_output_tokens: 8, used_percentage: 16 },
      rate_limits: { five_hour: { used_percentage: 57.99999999999999, resets_at: 1795156693 } },
    });
    expect(report).toMatchObject({
      model: 'claude-sonnet-5',
      contextPercent: 16,
      costUsd: 0.098628,
    });
    expect(report.limits).toEqual([
      { window: 'five_hour', usedPercent: 57.99999999999999, resetsAt: 1795156693000 },
    ]);
  });

  test.each([[null], [[]], ['text'], [{ cost: 'x', context_window: 5, rate_limits: [1] }]])(
    'that is %j says nothing, rather than 0',
    (payload) => {
      expect(readStatusReport(payload)).toMatchObject({ costUsd: null, contextPercent: null });
      expect(readStatusReport(payload).limits).toEqual([]);
    },
  );
});

test('cost adds increases, and a drop starts a new base', () => {
  let known: { costUsd: number | null; costSeenUsd: number | null } = {
    costUsd: null,
    costSeenUsd: null,
  };
  for (const seen of [1, 1.5, 0.25, 1]) known = addCost(known, seen);
  expect(known).toEqual({ costUsd: 2.5, costSeenUsd: 1 });
});
