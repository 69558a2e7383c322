import type { SessionView, TaskView } from '#domain/task-view.ts';

/** A task view with usual values for what is not given. */
export function taskViewOf(more: Partial<TaskView> = {}): TaskView {
  return {
    id: 12,
    project: 'demo',
    title: 'Add a login form',
    prompt: '',
    status: 'pending',
    waits: null,
    waitsUntil: null,
    error: null,
    turn: null,
    mode: 'supervised',
    base: 'main',
    branch: null,
    push: 'pr',
    loop: false,
    fix: 'ask',
    priority: 2,
    after: [],
    afterUntil: {},
    notBefore: null,
    delaySecs: 0,
    every: null,
    nextId: null,
    subtasks: [],
    criteria: [],
    session: null,
    pullRequest: null,
    proof: null,
    usage: { inputTokens: null, outputTokens: null, costUsd: null, workedMs: null },
    createdAt: '2030-01-01T10:00:00Z',
    startedAt: null,
    completedAt: null,
    ...more,
  };
}

/** A session view, likewise. */
export function sessionViewOf(more: Partial<SessionView> = {}): SessionView {
  return {
    id: 's-1',
    activity: 'working',
    runner: 'interactive',
    parked: false,
    detail: null,
    source: 'hook',
    since: '2030-01-01T11:57:00Z',
    branch: 'task/login',
    worktree: '/w/login',
    port: null,
    portCount: 0,
    stackedOn: null,
    tmux: { socket: 'claustre', session: 's-1' },
    claudeSessionId: 'c-1',
    doing: null,
    work: null,
    contextPercent: null,
    alarm: null,
    todos: [],
    ...more,
  };
}
