import { z } from 'zod';
import type { App } from '#app.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import { TASK_STATUSES, type TaskStatus } from '#domain/task.ts';
import type { TaskView } from '#domain/task-view.ts';
import { taskIds } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { lookAtSessions } from '#operations/session/look.ts';
import { findTask } from './find.ts';
import { taskView } from './view.ts';

/** Without --for: every status in which nobody works on the task any more. One that is pending and held is settled too. */
const SETTLED: readonly TaskStatus[] = [
  'in_review',
  'conflict',
  'ci_failed',
  'interrupted',
  'done',
  'error',
];

/** How often panes and processes are looked at while waiting; a change in the database is noticed at once. */
const LOOK_MS = 2_000;

export const waitForTask = defineOperation({
  name: 'task.wait',
  summary: 'Wait until tasks have a status; exit code 124 when the time is over.',
  command: {
    usage: 'wait <task...>',
    json: true,
    options: [
      {
        flags: '--for <status>',
        summary: 'the status to wait for (default: any in which nobody works)',
      },
      { flags: '--timeout <seconds>', summary: 'give up after this many seconds' },
    ],
  },
  input: z.object({
    task: taskIds,
    for: z.enum(TASK_STATUSES).optional(),
    timeout: z.coerce.number().nonnegative().optional(),
  }),
  describe: (tasks: TaskView[]) => tasks.map((task) => `#${task.id} is ${task.status}.`).join('\n'),
  async run(app, given): Promise<TaskView[] | Refusal> {
    const { clock } = app;
    const deadline = given.timeout === undefined ? null : clock.now() + given.timeout * 1000;
    for (;;) {
      await lookAtSessions(app, given.task);
      const seen = read(app, given.task);
      if (isRefusal(seen)) return seen;
      const open = seen.filter((each) => !isThere(each, given.for));
      if (open.length === 0) return seen.map(({ view }) => view);
      const never = open.map((each) => whyNever(each, given.for)).find((no) => no !== undefined);
      if (never !== undefined) return never;
      const left = deadline === null ? LOOK_MS : deadline - clock.now();
      if (left <= 0) {
        const names = open.map(({ view }) => `#${view.id} is ${view.status}`).join(', ');
        return refuse(
          `Waited ${given.timeout} s for ${given.for ?? 'an end of the work'}; ${names}.`,
          undefined,
          'timeout',
        );
      }
      await changeOrTime(app, Math.min(left, LOOK_MS));
    }
  },
});

interface Seen {
  view: TaskView;
  held: string | null;
}

/** A task is done for whoever waits when its session has ended too: then its worktree is gone, and its work is where it belongs. */
function isThere({ view, held }: Seen, wanted: TaskStatus | undefined): boolean {
  const { status } = view;
  if (wanted === undefined && status === 'pending') return held !== null;
  if (wanted === undefined ? !SETTLED.includes(status) : status !== wanted) return false;
  return status !== 'done' || view.session === null;
}

/** The refusal for a status that comes only when a person does something first; undefined when it may come. */
function whyNever({ view, held }: Seen, wanted: TaskStatus | undefined): Refusal | undefined {
  const { id, status } = view;
  if (wanted === undefined || wanted === status) return undefined;
  if (status === 'done') {
    return refuse(
      `#${id} is done and does not become ${wanted} by itself.`,
      `Take it back first: claustre restore ${id}`,
    );
  }
  if (status !== 'pending' || held === null) return undefined;
  return refuse(
    `#${id} is pending (${held}) and does not become ${wanted} by itself.`,
    held === 'setup failed'
      ? `Mend the setup and run it again: claustre retry ${id}`
      : `Launch it first: claustre launch ${id}`,
  );
}

function read(app: App, ids: readonly number[]): Seen[] | Refusal {
  const seen: Seen[] = [];
  for (const id of ids) {
    const found = findTask(app.store, id);
    if (isRefusal(found)) return found;
    seen.push({ view: taskView(app, found.task, found.project), held: found.task.held });
  }
  return seen;
}

async function changeOrTime({ changes, clock }: App, ms: number): Promise<void> {
  const changed = new AbortController();
  const stop = changes(() => changed.abort());
  await clock.wait(ms, changed.signal);
  stop();
}
