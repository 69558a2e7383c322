import { expect, test } from 'vitest';
import { readStreamLine } from '#domain/claude/stream-message.ts';

const read = (json: unknown) => readStreamLine(JSON.stringify(json));

test('an answer says something and uses tools', () => {
  const content = [
    { type: 'thinking', thinking: 'hm' },
    { type: 'text', text: 'I run the tests.' },
    { type: 'tool_use', name: 'Bash', input: { command: 'npm test' } },
  ];
  expect(read({ type: 'assistant', message: { content } })).toEqual([
    { kind: 'says', text: 'I run the tests.' },
    { kind: 'uses', text: 'Bash: npm test' },
  ]);
});

test('what a tool gave back is a text, or a list of texts', () => {
  const got = (content: unknown, more: object = {}) =>
    read({ type: 'user', message: { content: [{ type: 'tool_result', content, ...more }] } });
  expect(got('ok')).toEqual([{ kind: 'got', text: 'ok', failed: false }]);
  const parts = [{ type: 'text', text: 'a' }, { type: 'image' }, { type: 'text', text: 'b' }];
  expect(got(parts, { is_error: true })).toEqual([{ kind: 'got', text: 'a\nb', failed: true }]);
});

test('a retry tells when and why', () => {
  const retry = { type: 'system', subtype: 'api_retry', attempt: 1, max_retries: 10 };
  expect(read({ ...retry, retry_delay_ms: 2_000, error: 'rate_limit' })).toEqual([
    { kind: 'retries', text: 'try 1 of 10 in 2 s: rate_limit' },
  ]);
  expect(read({ type: 'system', subtype: 'api_retry' })).toEqual([
    { kind: 'retries', text: 'try unknown of unknown: the service failed' },
  ]);
});

test('the result is read as that of any run', () => {
  const [piece] = read({ type: 'result', is_error: true, result: 'Overloaded', total_cost_usd: 1 });
  expect(piece).toMatchObject({ kind: 'result', result: { failed: 'Overloaded', costUsd: 1 } });
});

test.each(['', 'Warning: something', '[1]', 'null', '{"type":"system","subtype":"init"}'])(
  'a line that says nothing known is none: %s',
  (line) => {
    expect(readStreamLine(line)).toEqual([]);
  },
);
