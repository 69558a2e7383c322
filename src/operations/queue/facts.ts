import type { App, Snapshot } from '#app.ts';
import type { BudgetBook } from '#domain/budget/book.ts';
import { budgetWait, hasCaps } from '#domain/budget/check.ts';
import type { Project } from '#domain/project.ts';
import { accountWait, lastStartOf } from '#domain/queue/account.ts';
import { findBlames } from '#domain/queue/after.ts';
import type { QueueFacts, QueueProject, QueueTask, TakenSlot } from '#domain/queue/facts.ts';
import { memoryWait } from '#domain/queue/memory.ts';
import type { QueueSettings } from '#domain/queue/settings.ts';
import { isAskingAlone, isAtWork, isStopped, takenSlot } from '#domain/queue/taken.ts';
import type { Wait } from '#domain/queue/wait.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import { budgetSettings, readBook } from '#operations/budget/facts.ts';
import { readableSettings } from '#operations/project/settings.ts';
import { tasksInSessions } from '#operations/session/tasks-in-sessions.ts';

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
    taken: takenSlots({ store, clock }),
    account: accountWait({
      limits: store.attempts.limits(),
      settings: app.config.settings.queue,
      lastStartAt: lastStartOf(atWork(store)),
      now: clock.now(),
    }),
    budgetOf: budgetReader(app),
    memory: memoryWait(store.queue.shortMemory()),
  });
  return { facts };
}

/** What tasks wait for, and what stands in their way. */
function waitingFor({ tasks }: App['store']): Pick<QueueFacts, 'openBefore' | 'blameOf'> {
  const openBefore = tasks.allOpenBefore();
  let troubled: ReturnType<typeof tasks.troubled> | undefined;
  const blameOf = findBlames(
    (id) => {
      troubled ??= tasks.troubled();
      return troubled.get(id);
    },
    (id) => openBefore.get(id) ?? [],
  );
  return { openBefore, blameOf };
}

/** Sessions of tasks that start by themselves. */
function atWork(store: Workplaces): Session[] {
  return tasksInSessions(store).flatMap(({ task, session }) =>
    task.mode === 'autonomous' ? [session] : [],
  );
}

/** Why there is no money for a task. What was spent is read when the first of them has a cap. */
function budgetReader(app: QueueNeeds): QueueFacts['budgetOf'] {
  const settings = budgetSettings(app);
  let book: BudgetBook | undefined;
  return (task) => {
    const said = settings.get(task.projectId);
    if (said === undefined || !hasCaps(said)) return null;
    book ??= readBook(app);
    const name = app.store.projects.find(task.projectId)?.name;
    return budgetWait(task, book, said, app.clock.now(), name);
  };
}

type Workplaces = Pick<App['store'], 'sessions' | 'tasks'>;

export function takenSlots({ store, clock }: Pick<App, 'store' | 'clock'>): TakenSlot[] {
  const now = clock.now();
  return tasksInSessions(store).flatMap(({ task, session }) => takenSlot(task, session, now) ?? []);
}

/** Tasks that were to work alone and wait for an answer of a person. */
export function askingTasks(store: Workplaces): Task[] {
  return tasksInSessions(store).flatMap(({ task, session }) =>
    isAskingAlone(task, session) ? [task] : [],
  );
}

/** Autonomous tasks that are at their work, whether that takes a slot or not. */
export function tasksAtWork(store: Workplaces): Task[] {
  const found = tasksInSessions(store).filter(({ task, session }) => isAtWork(task, session));
  return found.map(({ task }) => task);
}

function stoppedTasks(store: Workplaces): QueueTask[] {
  const found = tasksInSessions(store).filter(({ task, session }) => isStopped(task, session));
  return found.map(({ task }) => task);
}

/** What the settings say about the queue in a project; null when they cannot be read. */
function settingsOf(
  { config }: Pick<App, 'config'>,
  { path }: Pick<Project, 'path'>,
): QueueSettings | null {
  return readableSettings(config, path)?.queue ?? null;
}

/** A project as its queue is decided about; null when it is gone. */
export function queueProject(app: QueueNeeds, id: Project['id']): QueueProject | null {
  const project = app.store.projects.find(id);
  if (project === null) return null;
  const { name, queue } = project;
  return { name, queue, settings: settingsOf(app, project) };
}

/** A snapshot with what the settings say about the queue in each project, and about the money of what waits there. */
export function withQueueSettings(app: QueueNeeds, snapshot: Snapshot): Snapshot {
  const said = snapshot.projects.map((each) => [each.id, settingsOf(app, each)] as const);
  const budgetOf = budgetReader(app);
  const waits = snapshot.tasks.flatMap((task): [number, Wait][] => {
    const waits = task.status === 'pending' || task.status === 'interrupted';
    const wait = waits && task.mode === 'autonomous' ? budgetOf(task) : null;
    return wait === null ? [] : [[task.id, wait]];
  });
  return { ...snapshot, queueSettings: new Map(said), budgetWaits: new Map(waits) };
}
