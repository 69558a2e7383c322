import type { App, Store } from '#app.ts';
import { untilById } from '#domain/dependency.ts';
import { isParked } from '#domain/parking/park.ts';
import type { Project } from '#domain/project.ts';
import { type Proof, proofOf } from '#domain/proof/proof.ts';
import { fixPolicy, UNSAID_FIX_SETTINGS } from '#domain/pull-request/fix.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import { staleness } from '#domain/pull-request/stale.ts';
import type { Turn } from '#domain/pull-request/turn.ts';
import { waitWords } from '#domain/queue/ready.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import type { SessionView, TaskView } from '#domain/task-view.ts';
import { turnOfTask } from '#operations/pull-request/turn.ts';
import { type WaitReader, waitReader } from '#operations/queue/waits.ts';
import { type FixReader, fixReader } from '#operations/round/facts.ts';
import { stackOf } from '#operations/stack/parent.ts';

/** The object that `show --json` prints: a task with everything that hangs on it. For many, with one `read` and one `waits` for all. */
export function taskView(
  app: Pick<App, 'store' | 'clock' | 'config'>,
  task: Task,
  project: Pick<Project, 'id' | 'name' | 'defaultBranch'>,
  read: FixReader = fixReader(app),
  waits: WaitReader = waitReader(app),
): TaskView {
  const { store } = app;
  const wait = waits.of(task);
  const session = store.sessions.openOf(task.id);
  const pullRequest = store.pullRequests.of(task.id);
  const after = store.tasks.after(task.id);
  return {
    id: task.id,
    project: project.name,
    title: task.title,
    prompt: task.prompt,
    status: task.status,
    turn: turnView(turnOfTask(app, task, session, pullRequest, read)),
    waits: waitWords(wait),
    waitsUntil: wait?.until == null ? null : new Date(wait.until).toISOString(),
    error: task.status === 'error' ? { code: task.errorCode, text: task.errorText } : null,
    mode: task.mode,
    base: session?.base ?? task.base ?? project.defaultBranch,
    branch: (session ?? store.sessions.lastOf(task.id))?.branch ?? task.branch,
    push: task.push,
    loop: task.loop,
    fix: fixPolicy(task, read.settingsOf(project.id) ?? UNSAID_FIX_SETTINGS),
    priority: task.priority,
    after: after.map(({ id }) => id),
    afterUntil: untilById(after),
    notBefore: task.notBefore,
    delaySecs: task.delaySecs,
    every: task.every,
    nextId: task.nextId,
    subtasks: store.tasks
      .subtasks(task.id)
      .map((subtask) => ({ text: subtask.text, done: subtask.done })),
    criteria: store.tasks
      .criteria(task.id)
      .map(({ taskId: _task, position: _position, ...criterion }) => criterion),
    session: session === null ? null : sessionView(store, session),
    pullRequest:
      pullRequest === null
        ? null
        : {
            number: pullRequest.number,
            url: pullRequest.url,
            state: pullRequest.state,
            checks: pullRequest.checks,
            review: pullRequest.review,
            mergeable: pullRequest.mergeable,
            readAt: pullRequest.readAt,
            staleReason: staleReasonOf(app, pullRequest),
          },
    proof: null,
    usage: store.attempts.usageOf(task.id),
    createdAt: task.createdAt,
    startedAt: task.startedAt,
    completedAt: task.completedAt,
  };
}

/** Why what is known of it is old; null while it is as new as it can be, or nobody knows. */
export function staleReasonOf(
  { store, clock }: Pick<App, 'store' | 'clock'>,
  pullRequest: PullRequest,
): string | null {
  const host = store.hosts.find(pullRequest.host);
  return staleness(pullRequest, host, clock.now())?.reason ?? null;
}

function turnView(turn: Turn | null): TaskView['turn'] {
  return turn === null ? null : { of: turn.of, text: turn.text };
}

function sessionView(store: Pick<Store, 'progress'>, session: Session): SessionView {
  const { activity } = session;
  const { doing, work } = store.progress.of(session.id);
  return {
    id: session.id,
    activity: activity.name,
    runner: session.runner,
    parked: isParked(session),
    detail: activity.detail,
    source: activity.source,
    since: new Date(activity.since).toISOString(),
    branch: session.branch,
    stackedOn: session.stackedOn,
    worktree: session.worktree,
    port: session.port,
    portCount: session.portCount,
    tmux: { socket: session.socket, session: session.id },
    claudeSessionId: session.claudeSessionId,
    doing: doing === null ? null : { ...doing, since: new Date(doing.since).toISOString() },
    work: work === null ? null : { ...work, readAt: new Date(work.readAt).toISOString() },
    contextPercent: session.contextPercent,
    alarm: session.alarm,
    todos: session.todos,
  };
}

/** The view of a task as it is in the store now. The task must exist. */
export function currentView(
  app: Pick<App, 'store' | 'clock' | 'config'>,
  task: Task,
  project: Project,
): TaskView {
  const view = taskView(app, app.store.tasks.find(task.id) ?? task, project);
  return { ...view, proof: proofOfTask(app.store, task.id) };
}

/** Null of a task that was never worked on. */
function proofOfTask(store: Store, taskId: number): Proof | null {
  const session = store.sessions.openOf(taskId) ?? store.sessions.lastOf(taskId);
  const pullRequest = store.pullRequests.of(taskId);
  if (session === null && pullRequest === null) return null;
  const progress = session === null ? null : store.progress.of(session.id);
  return proofOf({
    taskId,
    pullRequest,
    gateRuns: store.gateRuns.of(taskId),
    head: progress?.work?.head ?? null,
    runs: session === null ? [] : store.testRuns.of(session.id),
    risks: progress?.risks ?? null,
    stackedOn: session?.stackedOn ?? null,
    stack: session?.state === 'closed' || session === null ? null : stackOf(store, session),
    overlaps: store.overlaps.of(taskId),
    rounds: store.rounds.of(taskId),
    feedback: pullRequest === null ? [] : store.feedback.of(pullRequest.id),
  });
}
