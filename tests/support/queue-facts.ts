import type { QueueFacts, QueueProject, QueueTask } from '#domain/queue/facts.ts';
import type { QueueSettings } from '#domain/queue/settings.ts';
import { aTask } from './builders.ts';

export const QUEUE_SETTINGS: QueueSettings = {
  maxSessions: 3,
  projectSessions: null,
  onBadParent: 'hold',
  reservePercent: 10,
  quietHours: null,
};

/** A pending autonomous task. */
export function aQueueTask(id: number, changes: Partial<QueueTask> = {}): QueueTask {
  const { prompt: _prompt, ...task } = aTask({ mode: 'autonomous', position: id });
  return { ...task, id, ...changes };
}

export function aQueueProject(changes: Partial<QueueProject> = {}): QueueProject {
  return { name: 'app', queue: 'runs', settings: QUEUE_SETTINGS, ...changes };
}

/** A queue that runs, of project 1, with nothing in its way. */
export function queueFacts(changes: Partial<QueueFacts> = {}): QueueFacts {
  return {
    now: Date.parse('2026-01-01T12:00:00.000Z'),
    queue: { pausedAt: null, pauseReason: null },
    projects: new Map([[1, aQueueProject()]]),
    tasks: [],
    offsetAt: () => 0,
    openBefore: new Map(),
    blameOf: () => null,
    delays: new Map(),
    taken: [],
    account: null,
    budgetOf: () => null,
    memory: null,
    ...changes,
  };
}
