import { expect, test } from 'vitest';
import { z } from 'zod';
import { choicesOf } from '#cli/choices.ts';
import { taskFields, taskIds } from '#operations/inputs.ts';

test('values of an option come from its check, also when it is optional or a list', () => {
  const input = z.object({
    mode: taskFields.mode,
    all: z.array(z.enum(['x', 'y'])).default([]),
    either: z.union([z.number(), z.enum(['none'])]),
    title: z.string(),
    task: taskIds,
  });
  expect(choicesOf(input)).toEqual({
    mode: ['supervised', 'autonomous', 'exploration'],
    all: ['x', 'y'],
    either: ['none'],
  });
});
