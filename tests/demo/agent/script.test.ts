import { expect, test } from 'vitest';
import { readScript } from '#demo/agent/script.ts';

test('fenced blocks are steps in their order, and all else is words', () => {
  const prompt = [
    'Some words with `code`.',
    '```sh\necho 1\necho 2\n```',
    '```sh ask\nrm x\n```',
    '```sh ask Remove y\nrm y\n```',
    '```python\nprint(1)\n```',
    '````sh\necho "```"\n````',
    '```sleep 2\n```',
    '```hang\n```',
    '```crash\n```',
    '```background\nserve\n```',
    '```plan\n1. do\n```',
  ].join('\n\n');
  expect(readScript(prompt)).toEqual([
    { kind: 'shell', command: 'echo 1\necho 2', ask: false },
    { kind: 'shell', command: 'rm x', ask: true },
    { kind: 'shell', command: 'rm y', ask: true, description: 'Remove y' },
    { kind: 'shell', command: 'echo "```"', ask: false },
    { kind: 'sleep', seconds: 2 },
    { kind: 'hang' },
    { kind: 'crash' },
    { kind: 'background', command: 'serve' },
    { kind: 'plan', plan: '1. do' },
  ]);
});

test('a prompt without blocks has no steps', () => {
  expect(readScript('What is here?\n')).toEqual([]);
});

test('questions have answers, lists have states, failures have the sentence of the service', () => {
  expect(readScript('```question\nWhich?\n- A\n- B\n```\n```question\nSure?\n```')).toEqual([
    { kind: 'question', question: 'Which?', answers: ['A', 'B'] },
    { kind: 'question', question: 'Sure?', answers: ['Yes', 'No'] },
  ]);
  expect(readScript('```todo\n- [ ] one\n- [x] two\nthree\n```')).toEqual([
    {
      kind: 'todo',
      todos: [
        { subject: 'one', done: false },
        { subject: 'two', done: true },
        { subject: 'three', done: false },
      ],
    },
  ]);
  const limited = {
    ...{ kind: 'fail', error: 'rate_limit' },
    message: expect.stringContaining('hit your limit'),
  };
  const limits: [string, number | null][] = [
    ['fail rate_limit', 3_600],
    ['fail rate_limit 5', 5],
  ];
  for (const [words, resetsInSeconds] of limits) {
    expect(readScript(`\`\`\`${words}\n\`\`\``)).toEqual([{ ...limited, resetsInSeconds }]);
  }
});

test('words that send it to a file make it read that file', () => {
  const words = 'Read all of the file /a b/prompt.md, in several parts if need be, and do it.';
  expect(readScript(words)).toEqual([{ kind: 'read', path: '/a b/prompt.md' }]);
});
