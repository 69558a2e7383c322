import { type After, afterWords } from '#domain/dependency.ts';
import { isRefusal } from '#domain/error.ts';
import type { Task } from '#domain/task.ts';
import { formatMoment } from '#domain/words/clock-time.ts';
import { everyWords, nextMoment, readEvery } from './every.ts';
import { spanWords } from './span.ts';
import type { Wait } from './wait.ts';
import type { Here } from './wall-clock.ts';

type Timed = Pick<Task, 'id' | 'notBefore' | 'delaySecs' | 'every' | 'retryAt'>;

/** From when on a delay is counted. */
export interface Met {
  /** When the last of what the task waits for was met, in milliseconds since 1970; its own beginning where it waits for nothing. */
  at: number;
  after: readonly After[];
}

/** Whether it is too early for a task: before its moment, its delay, or the next try. Null when it is not. What it waits for is met already. */
export function timeWait(task: Timed, met: Met | null, here: Here): Wait | null {
  const { now, offsetAt } = here;
  const remedy = `\`claustre launch ${task.id}\` starts it now.`;
  const notBefore = task.notBefore === null ? null : Date.parse(task.notBefore);
  if (notBefore !== null && notBefore > now) {
    const at = formatMoment(notBefore, now, offsetAt);
    const every = task.every === null ? null : repeatWords(task.every);
    const text = every === null ? `at ${at}` : `${every}, next ${at}`;
    return { kind: 'at', text, until: notBefore, remedy };
  }
  const delayed = met === null ? null : met.at + task.delaySecs * 1_000;
  if (met !== null && delayed !== null && delayed > now) {
    const span = spanWords(task.delaySecs * 1_000);
    const after = met.after.length === 0 ? 'it was added' : afterWords(met.after);
    const text = `${span} after ${after} (starts ${formatMoment(delayed, now, offsetAt)})`;
    return { kind: 'delay', text, until: delayed, remedy };
  }
  const retryAt = task.retryAt === null ? null : Date.parse(task.retryAt);
  if (retryAt === null || retryAt <= now) return null;
  const text = `tries again at ${formatMoment(retryAt, now, offsetAt)}`;
  return { kind: 'retry', text, until: retryAt, remedy };
}

/** How often, for people; what cannot be read any more is said as it is kept. */
export function repeatWords(kept: string): string {
  const every = readEvery(kept);
  return isRefusal(every) ? `every ${kept}` : everyWords(every);
}

/**
 * When a task that repeats begins next, counted from the moment that it had. It is later than that also when the clock was set back
 * meanwhile, so that no moment has two tasks. Null when it does not repeat.
 */
export function nextOccurrence(
  task: Pick<Task, 'every' | 'notBefore' | 'startedAt' | 'createdAt'>,
  { now, offsetAt }: Here,
): number | null {
  const every = task.every === null ? null : readEvery(task.every);
  if (every === null || isRefusal(every)) return null;
  const had = task.notBefore === null ? null : Date.parse(task.notBefore);
  const anchor = had ?? Date.parse(task.startedAt ?? task.createdAt);
  return nextMoment(every, anchor, { now: Math.max(now, had ?? now), offsetAt });
}
