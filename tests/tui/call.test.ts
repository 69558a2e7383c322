import { expect, test } from 'vitest';
import { z } from 'zod';
import type { App } from '#app.ts';
import { defineOperation } from '#operations/operation.ts';
import { call, describeOutput, questionOf } from '#tui/call.ts';
import { operations } from '#tui/operations.ts';

const app = {} as App;

const double = defineOperation({
  name: 'number.double',
  summary: 'Double a number.',
  command: { usage: 'double <n>', confirm: async (_, { n }: { n: number }) => `Double ${n}?` },
  input: z.object({ n: z.coerce.number() }) as z.ZodType<{ n: number }>,
  run: async (_, { n }) => n * 2,
  describe: (result) => `It is ${result}.`,
});

test('an operation gets its input checked and converted by its own rule', async () => {
  expect(await call(app, double, { n: '21' })).toBe(42);
  expect(await questionOf(app, double, { n: '21' })).toBe('Double 21?');
  expect(describeOutput(double, 42)).toBe('It is 42.');
});

test('what is no input is refused and runs nothing', async () => {
  const refused = { refused: true, code: 'invalid' };
  expect(await call(app, double, { n: 'x' })).toMatchObject(refused);
  expect(await questionOf(app, double, {})).toMatchObject(refused);
});

test('what removes or publishes says before what will happen', () => {
  for (const name of [
    'killTask',
    'finishTask',
    'mergeTask',
    'removeTask',
    'removeProject',
  ] as const) {
    expect(operations[name].command?.confirm, name).toBeTypeOf('function');
  }
});
