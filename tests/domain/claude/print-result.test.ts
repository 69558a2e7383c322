import { expect, test } from 'vitest';
import { readPrintResult } from '#domain/claude/print-result.ts';

// As Claude Code 2.1.197 prints it.
const DONE = {
  type: 'result',
  subtype: 'success',
  is_error: false,
  session_id: 'ff4da3a3',
  api_error_status: null,
  duration_ms: 398,
  result: '{"verdicts":[]}',
  total_cost_usd: 0.19396,
  usage: {
    input_tokens: 392,
    cache_creation_input_tokens: 8,
    cache_read_input_tokens: 38_000,
    output_tokens: 80,
  },
  permission_denials: [{ tool_name: 'Bash' }, { tool_name: 'Bash' }],
  structured_output: { verdicts: [] },
};

test('a run that is done tells its output and what it used', () => {
  expect(readPrintResult(DONE)).toEqual({
    claudeSessionId: 'ff4da3a3',
    output: { verdicts: [] },
    failed: null,
    limited: false,
    denied: ['Bash'],
    costUsd: 0.19396,
    inputTokens: 38_400,
    outputTokens: 80,
    durationMs: 398,
  });
});

test('without the object that was asked for its words are the output', () => {
  const { structured_output: _, ...words } = DONE;
  expect(readPrintResult(words)?.output).toBe('{"verdicts":[]}');
});

test('an error is one, also when its subtype is "success"', () => {
  const failed = { ...DONE, is_error: true, result: 'API Error: 500\u001b[31m' };
  expect(readPrintResult(failed)).toMatchObject({ failed: 'API Error: 500 [31m', limited: false });
  const stopped = {
    type: 'result',
    subtype: 'error_max_turns',
    is_error: true,
    errors: ['Too many'],
  };
  expect(readPrintResult(stopped)).toMatchObject({ failed: 'Too many', costUsd: null });
});

test.each([{ api_error_status: 429 }, { result: "You've hit your limit · resets 6:38am (UTC)" }])(
  'a limit of the account is known: %j',
  (more) => {
    expect(readPrintResult({ ...DONE, is_error: true, ...more })?.limited).toBe(true);
  },
);

test.each([[null], ['x'], [{ type: 'assistant' }]])('%j is no result', (json) => {
  expect(readPrintResult(json)).toBeNull();
});
