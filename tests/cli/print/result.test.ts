import { describe, expect, test } from 'vitest';
import { formatJson, formatOutput } from '#cli/print/result.ts';
import type { AnyOperation } from '#operations/operation.ts';
import { fakeIo } from '../../support/fake-io.ts';
import { sampleOperations } from '../../support/sample-operations.ts';
import { taskViewOf } from '../../support/task-view.ts';

const [sample] = sampleOperations().operations;

function operation(more: Partial<AnyOperation>): AnyOperation {
  if (sample === undefined) throw new Error('there is a sample');
  return { ...sample, ...more };
}

describe('the output of an operation', () => {
  test('is drawn by its printer, in colour only where colours are', () => {
    const list = operation({ name: 'task.list' });
    const tasks = [taskViewOf({ status: 'working' })];
    expect(formatOutput(list, tasks, fakeIo())).toContain('#12  ● working');
    expect(formatOutput(list, tasks, fakeIo({ color: true }))).toContain('\u001b[32m● working');
  });

  test('is its own sentence where it has no printer', () => {
    expect(formatOutput(operation({}), { title: 'x' }, fakeIo())).toBe('Added "x".');
  });

  test('cannot steer a terminal, also one that gets it through a file or a pipe', () => {
    const diff = operation({ describe: () => '+\u001b[2Jred\n' });
    expect(formatOutput(diff, null, fakeIo({ isTerminal: true }))).toBe('+red\n');
    expect(formatOutput(diff, null, fakeIo())).toBe('+red\n');
  });

  test('is never lost: without words it is printed as it is', () => {
    const { describe: _, ...silent } = operation({});
    expect(formatOutput(silent, { a: 1 }, fakeIo())).toBe('{\n  "a": 1\n}');
    expect(formatOutput(silent, 'text', fakeIo())).toBe('text');
    expect(formatOutput(silent, undefined, fakeIo())).toBe('');
  });
});

test('JSON is one document even when there is no output', () => {
  expect(formatJson(undefined)).toBe('null');
});

test('JSON keeps control characters away from a terminal, and is still the same text', () => {
  const title = '\u001b[31m\u007f\u0080\u009b2J\u009fé';
  const json = formatJson({ title });
  expect(json).not.toMatch(/[\u007f-\u009f]/);
  expect(json).toContain('\\u009b2J');
  expect(json).toContain('é');
  expect(JSON.parse(json)).toEqual({ title });
});
