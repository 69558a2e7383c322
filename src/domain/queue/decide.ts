import { compareTasks } from '#domain/task-order.ts';
import type { QueueFacts, QueueTask } from './facts.ts';
import { endsByItself, waitOf } from './ready.ts';
import { slotsOf } from './slots.ts';
import type { Wait } from './wait.ts';

/** What becomes of every task that is not at work now. */
export interface Decision {
  /** Tasks to start now, the most urgent first. */
  start: number[];
  /** Why each of the others does not start, by its id. */
  waits: Map<number, Wait>;
}

/**
 * Decides which tasks start: of those that are ready first what was stopped at work, then the most urgent ones, then by hand, then by age, as far
 * as slots are free. Every task is either started or has its reason.
 */
export function decide(facts: QueueFacts): Decision {
  const waits = new Map<number, Wait>();
  const ready: QueueTask[] = [];
  for (const task of facts.tasks) {
    const wait = waitOf(task, facts);
    if (wait === null) ready.push(task);
    else waits.set(task.id, wait);
  }
  const slots = slotsOf(facts);
  const start: number[] = [];
  const without: QueueTask[] = [];
  for (const task of ready.sort(compareTasks)) {
    if (slots.waitOf(task) === null) {
      slots.take(task);
      start.push(task.id);
    } else {
      without.push(task);
    }
  }
  // Asked again when all slots are given: those that start now are among those that are named.
  for (const task of without) {
    const wait = slots.waitOf(task);
    if (wait !== null) waits.set(task.id, wait);
  }
  return { start, waits };
}

/** Whether something is to start without anybody's doing, now or later: then somebody has to watch the clock. */
export function needsClock({ start, waits }: Decision): boolean {
  return start.length > 0 || [...waits.values()].some(endsByItself);
}
