import type { After } from '#domain/dependency.ts';
import type { QueueState } from '#domain/project.ts';
import type { Task } from '#domain/task.ts';
import type { Blame } from './after.ts';
import type { QueueSettings } from './settings.ts';
import type { QueueSwitch } from './switch.ts';
import type { Met } from './time.ts';
import type { Wait } from './wait.ts';
import type { OffsetAt } from './wall-clock.ts';

/** A task as the queue looks at it: all but its long text. */
export type QueueTask = Omit<Task, 'prompt'>;

/** A project as its queue is decided about. */
export interface QueueProject {
  readonly name: string;
  readonly queue: QueueState;
  /** null when its settings cannot be read. */
  readonly settings: QueueSettings | null;
}

/** An autonomous task whose Claude works. */
export interface TakenSlot {
  readonly task: number;
  readonly project: number;
}

/** Everything that starting tasks is decided from, at one moment. */
export interface QueueFacts {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly queue: QueueSwitch;
  readonly projects: ReadonlyMap<number, QueueProject>;
  /** Those that may start: pending ones, and those that were stopped at work; in any order. */
  readonly tasks: readonly QueueTask[];
  /** Where the clock on the wall stands. */
  readonly offsetAt: OffsetAt;
  /** What they still wait for, by task id; those that wait for nothing are absent. */
  readonly openBefore: ReadonlyMap<number, readonly After[]>;
  /** What stands in the way of a task that waits for others; null where they may still come. */
  readonly blameOf: (taskId: number) => Blame | null;
  /** From when on the delays of those that have one are counted, by task id. */
  readonly delays: ReadonlyMap<number, Met>;
  readonly taken: readonly TakenSlot[];
  /** What keeps everything of this account from starting: its usage limits, or hours that are to be quiet. */
  readonly account: Wait | null;
  /** Why there is no money for a task; null when there is, or no cap is set. */
  readonly budgetOf: (task: QueueTask) => Wait | null;
  /** That the machine has no memory for another Claude. */
  readonly memory: Wait | null;
}
