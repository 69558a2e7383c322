import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Clock } from '#adapters/clock.ts';
import type { App } from '#app.ts';
import { loadConfig } from '#config/load.ts';
import { createPaths } from '#config/paths.ts';
import type { Project } from '#domain/project.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import { watchChanges } from '#store/changes.ts';
import { openStore } from '#store/store.ts';
import { aProject, aSession, aTask } from './builders.ts';
import { tempDir } from './temp-dir.ts';

/** A clock that stands until it is moved, and ids that count. */
export interface FakeClock extends Clock {
  advance(ms: number): void;
}

export const START = Date.parse('2026-01-01T12:00:00.000Z');

function fakeClock(start = START): FakeClock {
  let now = start;
  let ids = 0;
  return {
    now: () => now,
    iso: () => new Date(now).toISOString(),
    offsetAt: () => 0,
    uuid: () => {
      ids += 1;
      return `${String(ids).padStart(8, '0')}-0000-4000-8000-000000000000`;
    },
    wait: async (ms) => {
      now += ms;
    },
    advance(ms) {
      now += ms;
    },
  };
}

/** An outside thing whose every method throws but those that are given. */
export function notExpected<T extends object>(name: string, given: Partial<T> = {}): T {
  return new Proxy(given, {
    get(target, key) {
      const value = Reflect.get(target, key);
      if (value !== undefined || typeof key === 'symbol' || key === 'then') return value;
      return () => {
        throw new Error(`${name}.${key} was not expected to be called`);
      };
    },
  }) as T;
}

export interface FakeApp extends App {
  clock: FakeClock;
}

/** Parts of an adapter, or all of it. */
type Overrides = Partial<
  Pick<App, 'git' | 'gh' | 'tmux' | 'claude' | 'desktop' | 'host' | 'log'> extends infer Adapters
    ? { [Name in keyof Adapters]: Partial<NonNullable<Adapters[Name]>> }
    : never
> & { environment?: Record<string, string> };

/**
 * An app over a real store in a temporary directory, with a clock that stands still. Adapters throw
 * when they are called; a test gives the methods that it expects.
 */
export function fakeApp(given: Overrides = {}): FakeApp {
  const home = join(tempDir(), 'home');
  mkdirSync(home, { recursive: true });
  const environment = { CLAUSTRE_HOME: home, HOME: home, PATH: process.env.PATH ?? '' };
  const paths = createPaths(environment, join(home, 'dist', 'main.js'));
  const store = openStore(paths.database);
  onTestFinished(() => store.close());
  return {
    paths,
    config: loadConfig(paths),
    store,
    changes: (callback) => watchChanges(store, callback),
    git: notExpected('git', given.git),
    gh: notExpected('gh', {
      takeUsage: () => ({ budget: null, limit: null }),
      ...given.gh,
    }),
    tmux: notExpected('tmux', given.tmux),
    claude: notExpected('claude', given.claude),
    desktop: notExpected('desktop', given.desktop),
    clock: fakeClock(),
    log: { path: join(paths.log, 'test.log'), info: () => {}, error: () => {}, ...given.log },
    host: notExpected('host', {
      environment: given.environment ?? environment,
      nodeVersion: process.versions.node,
      pid: process.pid,
      ...given.host,
    }),
  };
}

/** Adds a project on GitHub with usual values for what is not given. */
export function addProject(app: FakeApp, more: Partial<Omit<Project, 'id'>> = {}): Project {
  const at = app.clock.iso();
  const name = more.name ?? 'app';
  const project = aProject({
    uuid: app.clock.uuid(),
    name,
    path: join(app.paths.home, 'repositories', name),
    forge: { host: 'github.com', repository: `acme/${name}` },
    createdAt: at,
    ...more,
  });
  return app.store.write(() =>
    app.store.projects.add(project, { kind: 'project.add', source: 'person', at }),
  );
}

/** Adds a task with usual values for what is not given. */
export function addTask(
  app: FakeApp,
  project: Pick<Project, 'id'>,
  more: Partial<Omit<Task, 'id' | 'projectId'>> = {},
): Task {
  const at = app.clock.iso();
  const task = aTask({
    uuid: app.clock.uuid(),
    projectId: project.id,
    title: 'A task',
    prompt: 'Do it.',
    position: app.store.tasks.lastPosition(project.id) + 1,
    createdAt: at,
    updatedAt: at,
    ...more,
  });
  return app.store.write(() =>
    app.store.tasks.add(task, { kind: 'task.add', source: 'person', at }),
  );
}

/** Adds an open session of a task with usual values for what is not given. */
export function addSession(
  app: FakeApp,
  task: Pick<Task, 'id'>,
  more: Partial<Omit<Session, 'taskId'>> = {},
): Session {
  const id = more.id ?? app.clock.uuid();
  const session = aSession({
    id,
    taskId: task.id,
    branch: `task/a-task-${task.id}`,
    worktree: join(app.paths.worktrees, id),
    baseCommit: null,
    socket: 'claustre',
    serverPid: 1,
    pid: 2,
    claudeSessionId: app.clock.uuid(),
    activity: { name: 'working', source: 'hook', since: app.clock.now(), detail: null },
    createdAt: app.clock.iso(),
    ...more,
  });
  const event = { kind: 'session.add', source: 'claustre' as const, at: session.createdAt };
  app.store.write(() => app.store.sessions.add(session, event));
  return session;
}
