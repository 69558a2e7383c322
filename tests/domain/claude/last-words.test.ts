import { expect, test } from 'vitest';
import { wordsSince } from '#domain/claude/last-words.ts';

const user = (content: unknown, more: object = {}) => ({
  type: 'user',
  message: { content },
  ...more,
});
const said = (text: string, more: object = {}) => ({
  type: 'assistant',
  message: {
    content: [
      { type: 'text', text },
      { type: 'tool_use', name: 'Bash' },
    ],
  },
  ...more,
});

test('what Claude said since a prompt, without subagents and tools', () => {
  const lines = [
    user('Order 1, please.'),
    said('old'),
    user([{ type: 'text', text: ' Order 2, please.' }]),
    said('first'),
    user([{ type: 'tool_result', content: 'Order 2 in a file' }]),
    said('of a subagent', { isSidechain: true }),
    said('last'),
    null,
    'no object',
  ];
  expect(wordsSince(lines, 'Order 2')).toBe('first\nlast');
  expect(wordsSince(lines, 'Order 3')).toBe('old\nfirst\nlast');
  expect(wordsSince([], 'Order')).toBe('');
});
