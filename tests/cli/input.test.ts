import { expect, test } from 'vitest';
import { z } from 'zod';
import { explainIssues, readTexts } from '#cli/input.ts';
import { fakeIo } from '../support/fake-io.ts';

const COMMAND = {
  usage: 'send <task> <text>',
  texts: ['text'],
  options: [
    { flags: '-d, --description <text>', summary: 'x', text: true },
    { flags: '--prompt-file <path>', summary: 'x', fileFor: 'description' },
    { flags: '--count <n>', summary: 'x' },
  ],
};

function explain(schema: z.ZodObject, given: Record<string, unknown>): unknown {
  const result = schema.safeParse(given);
  if (result.success) throw new Error('it should be wrong');
  return explainIssues(result.error, COMMAND, given);
}

test('"-" is standard input for texts only, read once for all of them', async () => {
  let reads = 0;
  const io = fakeIo({
    readInput: async () => {
      reads += 1;
      return 'input\r\n';
    },
  });
  const given = { text: '-', description: '-', count: '-' };
  expect(await readTexts(io, COMMAND, given)).toEqual({
    text: 'input',
    description: 'input',
    count: '-',
  });
  expect(reads).toBe(1);
});

test('a file named "-" is standard input too', async () => {
  expect(await readTexts(fakeIo({ input: 'x' }), COMMAND, { promptFile: '-' })).toEqual({
    description: 'x',
  });
});

test('every problem is one sentence with the name that was typed', () => {
  const schema = z.object({ task: z.string().max(2), count: z.coerce.number().int().min(1) });
  expect(explain(schema, { task: 'long', count: '0.5' })).toMatchObject({
    code: 'invalid',
    reason:
      '<task> "long" must be at most 2 characters long.\n--count "0.5" must be a whole number.',
  });
});

test('what is missing is called missing', () => {
  expect(explain(z.object({ text: z.string() }), {})).toMatchObject({
    reason: '<text> is missing.',
  });
});

test("a check's own words are used as they are", () => {
  const schema = z.object({ text: z.string().refine((text) => text !== 'x', 'must not be x') });
  expect(explain(schema, { text: 'x' })).toMatchObject({ reason: '<text> "x" must not be x.' });
});

test('a list names the value that is wrong', () => {
  const schema = z.object({ task: z.array(z.string().regex(/^\d+$/, 'must be a number')) });
  expect(explain(schema, { task: ['1', 'b'] })).toMatchObject({
    reason: '<task> "b" must be a number.',
  });
});
