import { type PullRequest, unreadPullRequest } from '#domain/pull-request/pull-request.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import type { Store } from '#store/store.ts';
import { aProject, aSession, aTask } from './builders.ts';

export const SESSION_ID = '11111111-2222-4333-8444-555555555555';
export const CONVERSATION_ID = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
/** Milliseconds since 1970 at which seeded sessions began. */
export const START = Date.UTC(2026, 4, 1, 12);

const AT = new Date(START).toISOString();

/** A project with one task that works in one open session and one attempt; what is given replaces the usual values. */
export function seedSession(
  store: Store,
  more: { task?: Partial<Task>; session?: Partial<Session> } = {},
): { task: Task; session: Session } {
  const by = { at: AT, source: 'claustre' as const };
  return store.write(() => {
    const project = store.projects.add(
      aProject({ uuid: 'project-uuid', path: '/code/app', createdAt: AT }),
      { ...by, kind: 'project.add' },
    );
    const task = store.tasks.add(
      { ...usualTask(project.id), ...more.task },
      { ...by, kind: 'task.add' },
    );
    const session: Session = { ...usualSession(task.id), ...more.session };
    store.sessions.add(session, { ...by, kind: 'session.add' });
    store.attempts.start({
      taskId: task.id,
      sessionId: session.id,
      purpose: 'work',
      claudeSessionId: session.claudeSessionId,
      startedAt: AT,
    });
    return { task, session };
  });
}

/** A pull request of a task as a good reading left it. */
export function seedPullRequest(
  store: Store,
  taskId: number,
  more: Partial<PullRequest> = {},
): PullRequest {
  const number = more.number ?? 7;
  const address = { taskId, host: 'github.com', repository: 'acme/app', number };
  const url = `https://github.com/acme/app/pull/${number}`;
  const pullRequest: Omit<PullRequest, 'id'> = {
    ...unreadPullRequest({ ...address, url, createdAt: AT }),
    nodeId: 'PR_1',
    base: 'main',
    head: 'task/add-a-page-12345678',
    headCommit: 'a'.repeat(40),
    readAt: AT,
    ...more,
  };
  const event = { at: AT, source: 'supervisor' as const, kind: 'pull_request.add' };
  return store.write(() => store.pullRequests.add(pullRequest, event));
}

function usualTask(projectId: number): Omit<Task, 'id'> {
  return aTask({
    uuid: '12345678-task',
    projectId,
    title: 'Add a page',
    prompt: 'Add a page.',
    status: 'working',
    startedAt: AT,
  });
}

function usualSession(taskId: number): Session {
  return aSession({
    id: SESSION_ID,
    taskId,
    branch: 'task/add-a-page-12345678',
    worktree: '/worktrees/app/add-a-page',
    socket: 'claustre',
    serverPid: 100,
    pid: 200,
    claudeSessionId: CONVERSATION_ID,
    activity: { name: 'starting', source: 'claustre', since: START, detail: null },
    createdAt: AT,
  });
}
