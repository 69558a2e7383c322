import type { App } from '#app.ts';
import { ClaustreError, type ErrorCode, type Refusal } from '#domain/error.ts';
import type { EventSource } from '#domain/event.ts';
import type { Project } from '#domain/project.ts';
import type { Task } from '#domain/task.ts';

/** Who launches a task, and what that means for the launch. */
export interface Launcher {
  readonly source: EventSource;
  /** Called in the transaction that takes the task: changes what goes with it, or says why it is not taken any more. */
  taking(): Refusal | undefined;
  /** ISO time in UTC from which a launch that failed like this is tried again by itself; null when it is held. */
  retryAt(code: ErrorCode): string | null;
}

/** The clock that goes on with what is in a session already: it changes nothing of the queue, and what fails is told to who called. */
export const CLOCK: Launcher = {
  source: 'supervisor',
  taking: () => undefined,
  retryAt: () => null,
};

/** What kept a launch from being. */
export interface Failure {
  readonly code: ErrorCode;
  readonly reason: string;
}

export function failureOf(error: unknown): Failure {
  const reason = error instanceof Error ? error.message : String(error);
  return { code: error instanceof ClaustreError ? error.code : 'internal', reason };
}

/** A person who launches: an autonomous task of theirs sets its project's queue going, if it rested until then. */
export function personLauncher(
  { store, clock }: Pick<App, 'store' | 'clock'>,
  task: Pick<Task, 'mode' | 'projectId'>,
): Launcher {
  return {
    source: 'person',
    taking() {
      if (task.mode === 'autonomous') startQueue({ store, clock }, task.projectId);
      return undefined;
    },
    retryAt: () => null,
  };
}

function startQueue(
  { store, clock }: Pick<App, 'store' | 'clock'>,
  projectId: Project['id'],
): void {
  if (store.projects.find(projectId)?.queue !== 'rests') return;
  const event = { kind: 'queue.start', source: 'claustre' as const, at: clock.iso() };
  store.projects.setQueue(projectId, 'runs', event);
}
