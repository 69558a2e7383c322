import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGit } from '#adapters/git/create-git.ts';
import type { NewSession, Pane } from '#adapters/tmux/tmux.ts';
import type { SessionsFileReading } from '#domain/activity.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import { launchTask } from '#operations/task/launch.ts';
import { addProject, addTask, type FakeApp, fakeApp } from './fake-app.ts';
import { type TempRepo, tempRepo } from './temp-repo.ts';

/** A tmux that only remembers: panes come and go as the test says. */
export interface FakeTmux {
  panes: Pane[];
  started: Omit<NewSession, 'columns' | 'rows' | 'label'>[];
  /** Texts and keys in the order in which they were sent. */
  sent: string[];
  /** What stands on the screen. */
  screen: string;
  /** When set, no session can be created. */
  broken: Refusal | null;
  kill(session: string): void;
}

export interface Workshop {
  app: FakeApp;
  repo: TempRepo;
  project: Project;
  tmux: FakeTmux;
  /** What Claude's own file says, by pid. */
  files: Map<number, SessionsFileReading>;
  addTask(more?: Partial<Omit<Task, 'id' | 'projectId'>>): Task;
  task(id: number): Task;
}

/** Real database and git, a project with a remote, and stand-ins for tmux and Claude that start nothing. */
export function workshop(options: { remote?: boolean } = {}): Workshop {
  const repo = tempRepo(options);
  const tmux = fakeTmux();
  const files = new Map<number, SessionsFileReading>();
  const app = fakeApp({
    git: createGit({ env: repo.env }),
    tmux: tmuxMethods(tmux),
    claude: {
      prepare: async (launch) => ({ argv: ['/bin/sh', launch.sessionId], env: {} }),
      readLayers: () => null,
      writeShell: (id) => ['/bin/sh', id],
      isTrusted: () => true,
      forget: () => undefined,
      watchSessionsFiles: () => () => undefined,
      readEnvironment: () => ({}),
      hasConversation: () => true,
      readSessionsFile: (pid) => files.get(pid) ?? null,
    },
    host: {
      kill: () => undefined,
      freeMemoryMb: async () => null,
      arePortsFree: async () => true,
      hangUp: (pid) => {
        for (const pane of tmux.panes) {
          if (pane.pid === pid) Object.assign(pane, { dead: true, exitStatus: 129 });
        }
      },
      isAlive: (pid) =>
        pid === process.pid || tmux.panes.some((pane) => pane.pid === pid && !pane.dead),
      lastBeat: () => ({ ageMs: 0, pid: SUPERVISOR }),
      beat: () => undefined,
      keepEnvironment: () => undefined,
      readKept: () => null,
    },
  });
  // The supervisor counts as running, so that no launch starts one.
  tmux.panes.push(paneOf('_supervisor', SUPERVISOR));
  const project = addProject(app, {
    path: repo.path,
    remote: options.remote === false ? null : 'origin',
    forge: null,
  });
  return {
    app,
    repo,
    project,
    tmux,
    files,
    addTask: (more = {}) => addTask(app, project, { push: 'local', ...more }),
    task: (id) => {
      const task = app.store.tasks.find(id);
      if (task === null) throw new Error(`There is no task ${id}.`);
      return task;
    },
  };
}

/** The value, or a failed test that shows the refusal. */
export function granted<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Error(`Refused: ${value.reason} ${value.hint ?? ''}`);
  return value;
}

/** The refusal, or a failed test. */
export function refused(value: unknown): Refusal {
  if (!isRefusal(value)) throw new Error(`Not refused: ${JSON.stringify(value)}`);
  return value;
}

const SUPERVISOR = 900;

function paneOf(session: string, pid: number): Pane {
  return {
    session,
    pane: `%${pid}`,
    pid,
    serverPid: 1,
    dead: false,
    exitStatus: null,
    signal: null,
    width: 200,
    height: 50,
    command: 'claude',
  };
}

function fakeTmux(): FakeTmux {
  return {
    panes: [],
    started: [],
    sent: [],
    screen: '❯ ',
    broken: null,
    kill(session) {
      for (const pane of this.panes) {
        if (pane.session === session) Object.assign(pane, { dead: true, signal: 9 });
      }
    },
  };
}

function tmuxMethods(tmux: FakeTmux) {
  let pids = 1000;
  const start = (request: Omit<NewSession, 'columns' | 'rows' | 'label'>): Pane => {
    pids += 1;
    const pane = paneOf(request.name, pids);
    tmux.panes = [...tmux.panes.filter((each) => each.session !== request.name), pane];
    tmux.started.push(request);
    return pane;
  };
  return {
    socket: 'claustre-test',
    panes: async () => tmux.panes,
    createSession: async (request: NewSession) => tmux.broken ?? start(request),
    respawn: async (request: Omit<NewSession, 'columns' | 'rows' | 'label'>) => start(request),
    endSession: async (name: string) => {
      tmux.panes = tmux.panes.filter((pane) => pane.session !== name);
    },
    readText: async (pane: string) =>
      tmux.panes.some((each) => each.pane === pane) ? tmux.screen : refuse('No such pane.'),
    readStyled: async () => tmux.screen,
    paste: async (_pane: string, text: string) => void tmux.sent.push(text),
    sendKeys: async (_pane: string, keys: readonly string[]) => void tmux.sent.push(...keys),
    clients: async () => [],
  };
}

/** A local task that was launched, with its session. */
export async function launchedTask(
  shop: Workshop,
  more: Partial<Omit<Task, 'id' | 'projectId'>> = {},
): Promise<{ id: number; session: Session }> {
  const { id } = shop.addTask(more);
  granted(await launchTask.run(shop.app, { task: [id] }));
  const session = shop.app.store.sessions.openOf(id);
  if (session === null) throw new Error('The launch left no session.');
  return { id, session };
}

/** A launched task with a commit, a staged, a changed and an untracked file. */
export async function taskAtWork(shop: Workshop): Promise<{ id: number; session: Session }> {
  const { id, session } = await launchedTask(shop);
  shop.app.store.write(() =>
    shop.app.store.sessions.update(session.id, { promptedAt: 1, transcriptPath: '/t.jsonl' }, null),
  );
  shop.repo.commit({ 'committed.txt': 'committed' }, session.worktree);
  writeFileSync(join(session.worktree, 'README.md'), 'changed');
  writeFileSync(join(session.worktree, 'staged.txt'), 'staged');
  shop.repo.in(session.worktree)('add', 'staged.txt');
  writeFileSync(join(session.worktree, 'new file.txt'), 'untracked');
  return { id, session };
}
