import { z } from 'zod';
import type { App } from '#app.ts';
import { refuse } from '#domain/error.ts';
import { TASK_MODES } from '#domain/task.ts';
import { taskIds } from '#operations/inputs.ts';
import { type AnyOperation, defineOperation } from '#operations/operation.ts';

/** Operations that show what a definition can say. They only give back what they were given; `calls` keeps it. */
export function sampleOperations(): { operations: AnyOperation[]; calls: unknown[] } {
  const calls: unknown[] = [];
  const add = defineOperation({
    name: 'sample.add',
    summary: 'Add a sample.',
    command: {
      usage: 'add-sample <project> <title>',
      json: true,
      options: [
        { flags: '-d, --description <text>', summary: 'the prompt', text: true },
        { flags: '-f, --file <path>', summary: 'the prompt from a file', fileFor: 'description' },
        { flags: '-m, --mode <mode>', summary: 'how it is worked on' },
        { flags: '--base-branch <name>', summary: 'where it starts' },
        { flags: '--subtask <text>', summary: 'a step', repeatable: true },
        { flags: '--priority <0-3>', summary: '0 is most urgent' },
        { flags: '--loop', summary: 'go round' },
        { flags: '--no-loop', summary: 'do not go round' },
      ],
    },
    input: z.object({
      project: z.string(),
      title: z.string().min(1),
      description: z.string().optional(),
      mode: z.enum(TASK_MODES).default('supervised'),
      baseBranch: z.string().optional(),
      subtask: z.array(z.string()).optional(),
      priority: z.coerce.number().int().min(0).max(3).optional(),
      loop: z.boolean().optional(),
    }),
    describe: (sample: { title: string }) => `Added "${sample.title}".`,
    async run(_app, input) {
      calls.push(input);
      return input;
    },
  });
  const remove = defineOperation({
    name: 'sample.remove',
    summary: 'Remove samples.',
    command: {
      usage: 'remove-sample <task...>',
      aliases: ['rm-sample'],
      json: true,
      async confirm(_app, input) {
        if (input.task.includes(404)) return refuse('There is no #404.', undefined, 'not_found');
        return input.task.includes(1) ? null : `Remove #${input.task.join(', #')}?`;
      },
    },
    input: z.object({ task: taskIds }),
    describe: (removed: number[]) => `Removed ${removed.length}.`,
    async run(_app: App, input) {
      calls.push(input);
      return input.task;
    },
  });
  const hidden = defineOperation({
    name: 'sample.tick',
    summary: 'Only for claustre.',
    command: { usage: 'tick-sample', hidden: true },
    input: z.object({}),
    async run() {
      calls.push('tick');
    },
  });
  const inner = defineOperation({
    name: 'sample.inner',
    summary: 'No command at all.',
    input: z.object({}),
    async run() {
      calls.push('inner');
    },
  });
  return { operations: [add, remove, hidden, inner], calls };
}
