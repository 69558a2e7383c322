import { z } from 'zod';
import { FIX_POLICIES } from '#domain/pull-request/round.ts';
import { PUSH_MODES, TASK_MODES } from '#domain/task.ts';

/** `12`, `#12` or the number itself. */
export const taskId = z
  .union([z.number(), z.string().regex(/^#?\d{1,15}$/, 'must be a task number like 12 or #12')])
  .transform((value) => (typeof value === 'number' ? value : Number(value.replace('#', ''))))
  .pipe(z.number().int().positive());

export const taskIds = z.array(taskId).min(1);

/** The fields of a task that a person sets. */
export const taskFields = {
  title: z.string().optional(),
  description: z.string().optional(),
  mode: z.enum(TASK_MODES).optional(),
  base: z.string().optional(),
  branch: z.string().optional(),
  push: z.enum(PUSH_MODES).optional(),
  loop: z.boolean().optional(),
  fix: z.enum(FIX_POLICIES).optional(),
  subtask: z.array(z.string()).optional(),
  after: z.array(taskId).optional(),
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
    summary: 'failing checks, conflicts and comments: off, ask or automatic',
  },
  { flags: '--subtask <text>', summary: 'an ordered step; may be repeated', repeatable: true },
  { flags: '--after <id>', summary: 'wait for this task; may be repeated', repeatable: true },
  { flags: '--priority <0-3>', summary: '0 is most urgent' },
] as const;
