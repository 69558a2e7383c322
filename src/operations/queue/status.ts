import { z } from 'zod';
import { isRefusal } from '#domain/error.ts';
import type { QueueState } from '#domain/project.ts';
import { decide } from '#domain/queue/decide.ts';
import type { QueueTask } from '#domain/queue/facts.ts';
import type { Wait } from '#domain/queue/wait.ts';
import { compareTasks } from '#domain/task-order.ts';
import type { Limit } from '#domain/usage.ts';
import { defineOperation } from '#operations/operation.ts';
import { lookAtSessions } from '#operations/session/look.ts';
import { findProject } from '#operations/task/find.ts';
import { type QueueNeeds, queueReader } from './facts.ts';
import { keepQueueGoing } from './keep-going.ts';

/** Why a pending task waits, as JSON shows it. */
export interface WaitView extends Omit<Wait, 'until'> {
  id: number;
  title: string;
  /** ISO time in UTC at which the wait ends by itself; null where it does not, or nobody knows. */
  until: string | null;
}

/** The queue of a project. */
export interface ProjectQueue {
  project: string;
  queue: QueueState;
  /** Slots that its tasks take, and how many they may; null where only the limit of all projects counts. */
  slots: { used: number; limit: number | null };
  /** Tasks that take a slot. */
  working: number[];
  /** Tasks that start now. */
  starting: number[];
  /** The other pending tasks, in the order in which they would start. */
  waiting: WaitView[];
}

export interface QueueStatus {
  /** Since when everything is paused, and why; null while it is not. */
  paused: { since: string; reason: string | null } | null;
  slots: { used: number; limit: number };
  projects: ProjectQueue[];
  /** What is known of the account's usage limits. */
  limits: (Omit<Limit, 'resetsAt' | 'readAt'> & { resetsAt: string | null; readAt: string })[];
}

/** What the queue does, in all projects or in one. */
export const queueStatus = defineOperation({
  name: 'queue.status',
  summary: 'Show the queues: what works, what starts, and why the rest waits.',
  command: { usage: 'status [project]', json: true },
  input: z.object({ project: z.string().optional() }),
  async run(app, given) {
    const only = given.project === undefined ? null : findProject(app.store, given.project);
    if (isRefusal(only)) return only;
    await lookAtSessions(app, null);
    const status = readStatus(app);
    // Settings may have been changed since anybody looked: what is said to start has to have somebody who starts it.
    if (status.projects.some(({ starting }) => starting.length > 0)) await keepQueueGoing(app);
    if (only === null) return status;
    return { ...status, projects: status.projects.filter(({ project }) => project === only.name) };
  },
});

export function readStatus(app: QueueNeeds): QueueStatus {
  const { store, config } = app;
  const facts = queueReader(app).facts();
  const { start, waits } = decide(facts);
  const starting = new Set(start);
  const ordered = facts.tasks.toSorted(compareTasks);
  const { pausedAt, pauseReason } = facts.queue;
  return {
    paused: pausedAt === null ? null : { since: pausedAt, reason: pauseReason },
    slots: { used: facts.taken.length, limit: config.settings.queue.maxSessions },
    projects: [...facts.projects].map(([id, { name, queue, settings }]) => {
      const working = facts.taken.filter(({ project }) => project === id).map(({ task }) => task);
      const own = ordered.filter(({ projectId }) => projectId === id);
      return {
        project: name,
        queue,
        slots: { used: working.length, limit: settings?.projectSessions ?? null },
        working,
        starting: own.filter((task) => starting.has(task.id)).map((task) => task.id),
        waiting: own.flatMap((task) => waitView(task, waits)),
      };
    }),
    limits: store.attempts.limits().map(({ resetsAt, readAt, ...limit }) => ({
      ...limit,
      resetsAt: resetsAt === null ? null : new Date(resetsAt).toISOString(),
      readAt: new Date(readAt).toISOString(),
    })),
  };
}

function waitView({ id, title }: QueueTask, waits: ReadonlyMap<number, Wait>): WaitView[] {
  const wait = waits.get(id);
  if (wait === undefined) return [];
  const until = wait.until === null ? null : new Date(wait.until).toISOString();
  return [{ id, title, ...wait, until }];
}
