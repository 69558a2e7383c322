import type { App, Snapshot } from '#app.ts';
import { ClaustreError } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import { findBlames } from '#domain/queue/after.ts';
import type { QueueFacts, QueueProject, QueueTask, TakenSlot } from '#domain/queue/facts.ts';
import type { QueueSettings } from '#domain/queue/settings.ts';
import { isStopped, takenSlot } from '#domain/queue/taken.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';

export type QueueNeeds = Pick<App, 'store' | 'config' | 'clock'>;

/** Reads what the queue is decided from, as often as asked: before a start, and once more in the transaction that takes a task. */
export interface QueueReader {
  facts(): QueueFacts;
}

/** What lies outside of the database is asked when the reader is made, and not again: it is for one look only. */
export function queueReader(app: QueueNeeds): QueueReader {
  const { store, clock } = app;
  const settings = new Map(store.projects.all().map((each) => [each.id, settingsOf(app, each)]));
  const facts = (): QueueFacts => ({
    now: clock.now(),
    queue: store.queue.read(),
    projects: new Map(
      store.projects.all().map(({ id, name, queue }): [number, QueueProject] => {
        return [id, { name, queue, settings: settings.get(id) ?? null }];
      }),
    ),
    tasks: [...store.tasks.pending(), ...stoppedTasks(store)],
    offsetAt: clock.offsetAt,
    ...waitingFor(store),
    delays: store.tasks.delays(),
    taken: takenSlots(store),
    account: null,
    memory: null,
  });
  return { facts };
}

/** What tasks wait for, and what stands in their way; a parent is looked up only where something waits for it. */
function waitingFor(store: App['store']): Pick<QueueFacts, 'openBefore' | 'blameOf'> {
  const openBefore = store.tasks.allOpenBefore();
  const blameOf = findBlames(
    (id) => {
      const parent = store.tasks.find(id);
      if (parent === null) return undefined;
      return { ...parent, pullRequest: store.pullRequests.of(id)?.state ?? null };
    },
    (id) => openBefore.get(id) ?? [],
  );
  return { openBefore, blameOf };
}

type Workplaces = Pick<App['store'], 'sessions' | 'tasks'>;

export function takenSlots(store: Workplaces): TakenSlot[] {
  return inSessions(store).flatMap(({ task, session }) => takenSlot(task, session) ?? []);
}

function stoppedTasks(store: Workplaces): QueueTask[] {
  const found = inSessions(store).filter(({ task, session }) => isStopped(task, session));
  return found.map(({ task }) => task);
}

function inSessions({ sessions, tasks }: Workplaces): { task: Task; session: Session }[] {
  return sessions.open().flatMap((session) => {
    const task = tasks.find(session.taskId);
    return task === null ? [] : [{ task, session }];
  });
}

/** What the settings say about the queue in a project; null when they cannot be read, which must hold up no other project. */
function settingsOf(
  { config }: Pick<App, 'config'>,
  { path }: Pick<Project, 'path'>,
): QueueSettings | null {
  try {
    return config.forProject(path).queue;
  } catch (error) {
    if (error instanceof ClaustreError) return null;
    throw error;
  }
}

/** A snapshot with what the settings say about the queue in each project. */
export function withQueueSettings(app: Pick<App, 'config'>, snapshot: Snapshot): Snapshot {
  const said = snapshot.projects.map((each) => [each.id, settingsOf(app, each)] as const);
  return { ...snapshot, queueSettings: new Map(said) };
}
