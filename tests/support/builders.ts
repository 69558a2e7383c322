import type { GateRun } from '#domain/gate/gate.ts';
import type { Project } from '#domain/project.ts';
import { plannedSession, type Session } from '#domain/session.ts';
import { NEVER_STARTED, type Task } from '#domain/task.ts';
import type { Store } from '#store/store.ts';

export const AT = '2026-01-02T03:04:05.000Z';
const event = { kind: 'test', source: 'claustre', at: AT } as const;

export function aProject(changes: Partial<Omit<Project, 'id'>> = {}): Omit<Project, 'id'> {
  return {
    uuid: crypto.randomUUID(),
    name: 'app',
    path: '/repos/app',
    defaultBranch: 'main',
    remote: 'origin',
    forge: { host: 'github.com', repository: 'acme/app' },
    queue: 'rests',
    createdAt: AT,
    ...changes,
  };
}

export function aTask(changes: Partial<Omit<Task, 'id'>> = {}): Omit<Task, 'id'> {
  return {
    uuid: crypto.randomUUID(),
    projectId: 1,
    title: 'Fix the login',
    prompt: 'Fix the login.',
    status: 'pending',
    mode: 'supervised',
    base: null,
    branch: null,
    push: 'pr',
    loop: false,
    fix: null,
    priority: 2,
    position: 1,
    held: null,
    ...NEVER_STARTED,
    createdAt: AT,
    updatedAt: AT,
    startedAt: null,
    completedAt: null,
    ...changes,
  };
}

export function aSession(changes: Partial<Session> = {}): Session {
  return {
    ...plannedSession({
      stackedOn: null,
      id: crypto.randomUUID(),
      taskId: 1,
      branch: 'task/fix-the-login-00000000',
      worktree: '/worktrees/app/fix-the-login',
      base: 'main',
      socket: 'claustre-test',
      movedBy: null,
      movedAt: Date.parse(AT),
      claudeSessionId: crypto.randomUUID(),
      activity: { name: 'working', source: 'hook', since: Date.parse(AT), detail: null },
      createdAt: AT,
    }),
    state: 'open',
    ownBranch: true,
    baseCommit: 'b'.repeat(40),
    pane: '%1',
    serverPid: 10,
    pid: 11,
    ...changes,
  };
}

export function addProject(store: Store, changes: Partial<Omit<Project, 'id'>> = {}): Project {
  return store.write(() => store.projects.add(aProject(changes), event));
}

export function addTask(store: Store, changes: Partial<Omit<Task, 'id'>> = {}): Task {
  return store.write(() => store.tasks.add(aTask(changes), event));
}

export function addSession(store: Store, changes: Partial<Session> = {}): Session {
  const session = aSession(changes);
  store.write(() => store.sessions.add(session, event));
  return session;
}

/** Sets a session's state, and what goes with it, as if somebody had moved it there. */
export function moveSession(
  store: Store,
  id: string,
  changes: Partial<Session> & Pick<Session, 'state'>,
): void {
  const was = store.sessions.find(id);
  if (was === null) throw new Error(`There is no session ${id}.`);
  const to = { movedAt: was.movedAt + 1, movedBy: null, ...changes };
  if (!store.write(() => store.sessions.move(was, to, event))) throw new Error('It did not move.');
}

/** A run of the gate `test` that passed over a clean commit. */
export function aGateRun(changes: Partial<GateRun> = {}): GateRun {
  return {
    ...{ id: 1, taskId: 1, sessionId: 's', gate: 'test', command: 'npm test' },
    ...{ headCommit: 'head', clean: true, startedAt: 1_000, endedAt: 13_000 },
    ...{ outcome: 'passed', exitCode: 0, note: null, log: '/logs/1.log' },
    ...changes,
  };
}
