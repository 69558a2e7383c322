import { describe, expect, test } from 'vitest';
import { newestRuns, readTestRuns, type TestRun } from '#domain/proof/test-run.ts';

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 12, 0, second)).toISOString();

function uses(second: number, name: string, input: object, id = `call-${second}`) {
  const content = [
    { type: 'text', text: 'Now.' },
    { type: 'tool_use', id, name, input },
  ];
  return { type: 'assistant', timestamp: at(second), message: { content } };
}

function answers(second: number, id: string, content: unknown, isError = false) {
  const block = { type: 'tool_result', tool_use_id: id, content, is_error: isError };
  return { type: 'user', timestamp: at(second), message: { content: [block] } };
}

const bash = (second: number, command: string) => uses(second, 'Bash', { command });

describe('runs of tests in a conversation', () => {
  test('have a begin, an end and a result', () => {
    const { runs } = readTestRuns([], [bash(1, 'npm test'), answers(4, 'call-1', '3 passed')]);
    expect(runs).toEqual([
      {
        id: 'call-1',
        command: 'npm test',
        masked: false,
        startedAt: Date.parse(at(1)),
        endedAt: Date.parse(at(4)),
        editedSince: false,
        ...{ outcome: 'passed', passed: 3, failed: 0 },
      },
    ]);
  });

  test('end in lines that are read later', () => {
    const first = readTestRuns([], [bash(1, 'npm test')]).runs;
    expect(first).toMatchObject([{ endedAt: null, outcome: 'unknown' }]);
    const blocks = [{ type: 'text', text: '1 failed' }];
    const later = readTestRuns(first, [answers(9, 'call-1', blocks, true)]).runs;
    expect(later).toMatchObject([{ id: 'call-1', outcome: 'failed', failed: 1 }]);
    expect(readTestRuns([], [answers(9, 'call-1', blocks)]).runs).toEqual([]);
  });

  test('are no proof of what was edited afterwards', () => {
    const edit = uses(5, 'Edit', { file_path: 'a.ts' });
    const lines = [bash(1, 'npm test'), answers(4, 'call-1', 'ok'), edit, bash(6, 'make test')];
    const { runs, editedAt } = readTestRuns([], lines);
    expect(runs.map(({ command, editedSince }) => [command, editedSince])).toEqual([
      ['npm test', true],
      ['make test', false],
    ]);
    expect(editedAt).toBe(Date.parse(at(5)));
    expect(readTestRuns([], [bash(1, 'ls')])).toEqual({ runs: [], editedAt: null });
  });

  test('of subagents count; what cannot be read says nothing', () => {
    const own = { ...bash(1, 'npm test'), isSidechain: true };
    const lines = [null, 'x', {}, { type: 'user', timestamp: at(1) }, own, { type: 'assistant' }];
    expect(readTestRuns([], lines).runs).toHaveLength(1);
    const nameless = { type: 'tool_use', name: 'Bash', input: { command: 'npm test' } };
    const broken = { type: 'assistant', timestamp: at(1), message: { content: [nameless] } };
    expect(readTestRuns([], [broken]).runs).toEqual([]);
    const prompt = { type: 'user', timestamp: at(1), message: { content: 'npm test' } };
    expect(readTestRuns([], [prompt]).runs).toEqual([]);
  });

  test('keep control characters to themselves', () => {
    const [run] = readTestRuns([], [bash(1, 'npm test -- \u001b[2J\u0007')]).runs;
    expect(run?.command).toBe('npm test --  [2J');
  });
});

test('of each command the newest run that ended counts, the newest command first', () => {
  const run = (
    id: string,
    command: string,
    startedAt: number,
    endedAt: number | null,
  ): TestRun => ({
    ...{ id, command, startedAt, endedAt, masked: false, editedSince: false },
    ...{ outcome: 'passed', passed: null, failed: null },
  });
  const runs = [
    run('c', 'b', 5, 6),
    run('a', 'a', 1, 2),
    run('b', 'a', 3, 4),
    run('d', 'a', 7, null),
  ];
  expect(newestRuns(runs).map(({ id }) => id)).toEqual(['c', 'b']);
});
