import { z } from 'zod';
import { UNTILS } from '#domain/dependency.ts';
import { isRefusal } from '#domain/error.ts';
import { NONE, readAfter } from '#domain/form/after.ts';
import { criterionTexts } from '#domain/gate/criterion.ts';
import { FIX_POLICIES } from '#domain/pull-request/round.ts';
import { PUSH_MODES, TASK_MODES } from '#domain/task.ts';

/** `12`, `#12` or the number itself. */
export const taskId = z
  .union([z.number(), z.string().regex(/^#?\d{1,15}$/, 'must be a task number like 12 or #12')])
  .transform((value) => (typeof value === 'number' ? value : Number(value.replace('#', ''))))
  .pipe(z.number().int().positive());

export const taskIds = z.array(taskId).min(1);

/** `12`, `#12`, `12:merged`, `12:pr_green` or `none`, or what is kept of that. */
const after = z.union([
  z.number().int().positive(),
  z.string().transform((text, context) => {
    if (text.toLowerCase() === NONE) return NONE;
    const read = readAfter(text);
    const one = isRefusal(read) || read.length !== 1 ? undefined : read[0];
    if (one !== undefined) return one;
    context.addIssue({
      code: 'custom',
      message: 'must be a task like 12, #12, 12:merged or 12:pr_green, or none',
    });
    return z.NEVER;
  }),
  z.object({ id: z.number().int().positive(), until: z.enum(UNTILS) }),
]);

/** `none` takes back what was said before; among others it says nothing. */
const afterList = z.array(after).transform((list) => list.filter((each) => each !== NONE));

/** A policy of the task's own, or none: then it is as the settings say. */
const fix = z
  .enum([...FIX_POLICIES, 'settings'])
  .nullable()
  .transform((word) => (word === 'settings' ? null : word));

/** The fields of a task that a person sets. */
export const taskFields = {
  title: z.string().optional(),
  description: z.string().optional(),
  mode: z.enum(TASK_MODES).optional(),
  base: z.string().optional(),
  branch: z.string().optional(),
  push: z.enum(PUSH_MODES).optional(),
  loop: z.boolean().optional(),
  fix: fix.optional(),
  subtask: z.array(z.string()).optional(),
  criterion: z.array(z.string()).transform(criterionTexts).optional(),
  after: afterList.optional(),
  at: z.string().optional(),
  delay: z.string().optional(),
  every: z.string().optional(),
  priority: z.coerce.number().int().min(0).max(3).optional(),
} as const;

export const taskOptions = [
  {
    flags: '-d, --description <text>',
    summary: 'the prompt; "-" reads it from standard input',
    text: true,
  },
  { flags: '-f, --file <path>', summary: 'read the prompt from a file', fileFor: 'description' },
  { flags: '-m, --mode <mode>', summary: 'supervised, autonomous or exploration' },
  { flags: '--base <branch>', summary: 'branch that the work starts from and goes to' },
  { flags: '--branch <name>', summary: 'branch of the work' },
  { flags: '--push <mode>', summary: 'pr, push or local' },
  { flags: '--loop', summary: 'work on review comments in a pane of their own' },
  {
    flags: '--fix <policy>',
    summary:
      'failing checks, conflicts and comments: off, ask or automatic; settings: as the settings say',
  },
  { flags: '--subtask <text>', summary: 'an ordered step; may be repeated', repeatable: true },
  {
    flags: '--criterion <text>',
    summary: 'what has to be true of the work at its end; may be repeated',
    repeatable: true,
  },
  {
    flags: '--after <id>',
    summary:
      'wait until this task is done, ID:merged until it is merged, ID:pr_green stack on it, none: for nothing; may be repeated',
    repeatable: true,
  },
  {
    flags: '--at <time>',
    summary: 'start not before 14:30, "tomorrow 09:00", 2026-11-21 or +2h; none: at any time',
  },
  { flags: '--delay <span>', summary: 'start so long after what it waits for: 10m, 2h; none' },
  {
    flags: '--every <often>',
    summary: 'begin anew every 1d, 6h, "mon 09:00" or "weekdays 08:30"; none: once',
  },
  { flags: '--priority <0-3>', summary: '0 is most urgent' },
] as const;
