import { describe, expect, test } from 'vitest';
import { readTranscriptLines, type TranscriptReading } from '#domain/transcript.ts';

const NOTHING: TranscriptReading = {
  ...{ input: 0, output: 0, recent: [], doing: undefined },
  ...{ fresh: 0, prompted: false, repeated: null },
};
const AT = '2026-01-01T12:00:00.000Z';

function answer(id: string, usage: object, content: unknown[] = [], more: object = {}) {
  return { type: 'assistant', timestamp: AT, message: { id, usage, content }, ...more };
}

function tool(name: string, input: object) {
  return { type: 'tool_use', id: 't', name, input };
}

function read(lines: unknown[], before = NOTHING) {
  return readTranscriptLines(before, lines, '/w/x');
}

describe('tokens of a conversation', () => {
  const usage = {
    input_tokens: 10,
    cache_creation_input_tokens: 200,
    cache_read_input_tokens: 3_000,
    output_tokens: 40,
  };

  test('are all that was sent, from the cache too, and what came back', () => {
    expect(read([answer('a', usage)])).toMatchObject({ input: 3_210, output: 40 });
  });

  test('count an answer once, however many lines it has and however they are read', () => {
    const lines = [answer('a', usage), answer('a', usage), answer('b', usage), answer('a', usage)];
    expect(read(lines)).toMatchObject({ input: 6_420, output: 80 });
    const steps = lines.reduce<TranscriptReading>((before, line) => read([line], before), NOTHING);
    expect(steps).toMatchObject({ input: 6_420, output: 80 });
  });

  test('grow when a later line of the same answer says more', () => {
    const lines = [answer('a', { ...usage, output_tokens: 3 }), answer('a', usage)];
    expect(read(lines)).toMatchObject({ input: 3_210, output: 40 });
  });

  test('of subagents count, and what cannot be read says nothing', () => {
    const lines = [answer('a', usage, [], { isSidechain: true }), null, 'x', {}, { message: 7 }];
    expect(read([...lines, answer('', usage), answer('b', { input_tokens: '5' })])).toMatchObject({
      input: 3_210,
      output: 40,
    });
  });

  test('remember only the newest answers', () => {
    const lines = Array.from({ length: 40 }, (_, index) => answer(`id-${index}`, usage));
    expect(read(lines).recent.map(({ id }) => id)).toEqual(
      lines.slice(-16).map(({ message }) => message.id),
    );
  });
});

test('output and new input are told apart from what came from the cache, and begin anew with a prompt', () => {
  const usage = { input_tokens: 10, cache_read_input_tokens: 3_000, output_tokens: 40 };
  const lines = [answer('a', usage), answer('a', usage), answer('b', usage)];
  expect(read(lines)).toMatchObject({ fresh: 100, prompted: false });
  const prompt = { type: 'user', message: { content: 'Go on.' } };
  expect(read([...lines, prompt, answer('c', usage)])).toMatchObject({ fresh: 50, prompted: true });
  // What was counted before these were told apart is not counted again.
  const old = { ...NOTHING, recent: [{ id: 'a', input: 3_010, output: 40 }] };
  expect(read([answer('a', usage)], old)).toMatchObject({ fresh: 0 });
});

describe('the same call again and again', () => {
  const call = (command: string, name = 'Bash') => answer('a', {}, [tool(name, { command })]);

  test('is counted over all readings, and another one begins anew', () => {
    const first = read([call('npm test'), call('npm test')]);
    const next = read([call('npm test')], first);
    expect(next.repeated).toMatchObject({ times: 3, text: 'Bash: npm test', at: Date.parse(AT) });
    expect(read([call('npm run build')], next).repeated?.times).toBe(1);
    expect(read([call('npm test', 'Grep')], next).repeated?.times).toBe(1);
  });

  test('ends with a prompt; asking how a command gets on is none, nor what subagents do', () => {
    const first = read([call('npm test'), call('x', 'BashOutput'), call('npm test')]);
    expect(first.repeated?.times).toBe(2);
    const prompt = { type: 'user', message: { content: 'Go on.' } };
    expect(read([prompt], first).repeated).toBeNull();
    const beside = answer('a', {}, [tool('Bash', { command: 'npm test' })], { isSidechain: true });
    expect(read([beside], first).repeated?.times).toBe(2);
  });
});

describe('what Claude does', () => {
  test('is its newest tool call, with paths as they are in the worktree', () => {
    const calls = [tool('Bash', { command: 'npm test' }), tool('Edit', { file_path: '/w/x/a.ts' })];
    expect(read([answer('a', {}, calls)]).doing).toEqual({
      text: 'Edit: a.ts',
      since: Date.parse(AT),
    });
  });

  test('stays when the tool has answered, and is nothing after a new prompt', () => {
    const call = answer('a', {}, [tool('Bash', { command: 'ls' })]);
    const result = { type: 'user', message: { content: [{ type: 'tool_result' }] } };
    expect(read([call, result]).doing?.text).toBe('Bash: ls');
    expect(read([call, { type: 'user', message: { content: 'go on' } }]).doing).toBeNull();
    expect(read([result]).doing).toBeUndefined();
  });

  test('is not what a subagent does', () => {
    const call = answer('a', {}, [tool('Bash', { command: 'ls' })], { isSidechain: true });
    expect(read([call]).doing).toBeUndefined();
  });
});
