import type { App } from '#app.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import { NONE } from '#domain/form/after.ts';
import { nextMoment, readEvery, writeEvery } from '#domain/queue/every.ts';
import { readMoment } from '#domain/queue/moment.ts';
import { readDelay } from '#domain/queue/span.ts';
import type { Here } from '#domain/queue/wall-clock.ts';
import type { Task } from '#domain/task.ts';

/** When a task starts, as a person says it; what is not said stays as it is. */
interface Said {
  at?: string | undefined;
  delay?: string | undefined;
  every?: string | undefined;
}

export type ScheduleFields = Partial<Pick<Task, 'notBefore' | 'delaySecs' | 'every'>>;

/** What was said about the time of a task, as it is kept. `none` and an empty text take it back. */
export function scheduleFields(
  { clock }: Pick<App, 'clock'>,
  { at, delay, every }: Said,
): ScheduleFields | Refusal {
  const here = { now: clock.now(), offsetAt: clock.offsetAt };
  const repeats = every === undefined ? {} : repeatFields(every, here);
  if (isRefusal(repeats)) return repeats;
  const delaySecs = delay === undefined || isNone(delay) ? 0 : readDelay(delay);
  if (isRefusal(delaySecs)) return delaySecs;
  const moment = at === undefined || isNone(at) ? null : readMoment(at, here);
  if (isRefusal(moment)) return moment;
  return {
    ...repeats,
    ...(delay === undefined ? {} : { delaySecs }),
    ...(at === undefined ? {} : { notBefore: moment === null ? null : isoOf(moment) }),
  };
}

/** What begins on days of the week begins on the next of them; a span is counted from the first start. */
function repeatFields(text: string, here: Here): ScheduleFields | Refusal {
  if (isNone(text)) return { every: null };
  const every = readEvery(text);
  if (isRefusal(every)) return every;
  const kept = { every: writeEvery(every) };
  if (every.kind === 'span') return kept;
  return { ...kept, notBefore: isoOf(nextMoment(every, here.now, here)) };
}

/** Why the time of this task cannot be changed; undefined when it can, or nothing is said about it. */
export function whyNotSchedule(
  task: Pick<Task, 'id' | 'status' | 'nextId'>,
  { at, delay, every }: Said,
): Refusal | undefined {
  if (at === undefined && delay === undefined && every === undefined) return undefined;
  if (task.nextId !== null && every !== undefined) {
    return refuse(
      `#${task.id} has ended, and #${task.nextId} comes next.`,
      `Say it of that one: claustre edit ${task.nextId} --every …`,
    );
  }
  if (task.status === 'done') {
    return refuse(`Task #${task.id} is done and starts no more.`, 'Add a new task for more work.');
  }
  const waits = task.status === 'draft' || task.status === 'pending' || task.status === 'error';
  if (waits || (at === undefined && delay === undefined)) return undefined;
  return refuse(
    `Task #${task.id} has started already.`,
    'Only --every can be changed now: it says when the next one begins.',
  );
}

function isNone(text: string): boolean {
  return ['', NONE].includes(text.trim().toLowerCase());
}

function isoOf(at: number): string {
  return new Date(at).toISOString();
}
