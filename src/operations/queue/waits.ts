import { decide } from '#domain/queue/decide.ts';
import type { Wait } from '#domain/queue/wait.ts';
import type { Task } from '#domain/task.ts';
import { type QueueNeeds, queueReader } from './facts.ts';

/** Reads for many tasks why they wait: all are decided about at once, when the first pending one is asked for. It is for one look only. */
export interface WaitReader {
  /** Why a task does not start by itself, or go on; null for one that starts now, and for one that is no matter of the queue. */
  of(task: Pick<Task, 'id' | 'status'>): Wait | null;
}

export function waitReader(app: QueueNeeds): WaitReader {
  let waits: ReadonlyMap<number, Wait> | undefined;
  return {
    of({ id, status }) {
      if (status !== 'pending' && status !== 'interrupted') return null;
      waits ??= decide(queueReader(app).facts()).waits;
      return waits.get(id) ?? null;
    },
  };
}
