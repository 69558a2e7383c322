import { z } from 'zod';
import type { App } from '#app.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import { firstPrompt } from '#domain/prompt.ts';
import type { Session } from '#domain/session.ts';
import { type Task, whyNotLaunch } from '#domain/task.ts';
import type { TaskView } from '#domain/task-view.ts';
import { taskIds } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { lookAtSessions } from '#operations/session/look.ts';
import { openSession, reopenSession } from '#operations/session/open.ts';
import { startPane } from '#operations/session/start-pane.ts';
import { applyTaskEvent } from './apply.ts';
import { findTask } from './find.ts';
import { currentView } from './view.ts';

export interface Launched {
  task: TaskView;
  /** What happened, as a sentence, and what was noticed on the way. */
  says: string;
}

/** Launches tasks one after the other; stops at the first refusal. Launching what already works says so and is fine. */
export const launchTask = defineOperation({
  name: 'task.launch',
  summary: 'Launch tasks: worktree, tmux pane and Claude; or resume what was interrupted.',
  command: { usage: 'launch <task...>', json: true },
  input: z.object({ task: taskIds }),
  describe: (launched: Launched[]) => launched.map((each) => each.says).join('\n'),
  document: launchedViews,
  async run(app, given) {
    const launched: Launched[] = [];
    for (const id of given.task) {
      const one = await launch(app, id);
      if (isRefusal(one)) return one;
      launched.push(one);
    }
    return launched;
  },
});

/** One task is printed as `show` prints it, several as a list of that. */
export function launchedViews(launched: Launched[]): TaskView | TaskView[] | undefined {
  const views = launched.map(({ task }) => task);
  return views.length === 1 ? views[0] : views;
}

async function launch(app: App, id: number): Promise<Launched | Refusal> {
  await lookAtSessions(app, [id]);
  const found = findTask(app.store, id);
  if (isRefusal(found)) return found;
  const { task, project } = found;
  const wrong = whyNotLaunch(task, app.store.tasks.openBefore(id));
  const session = app.store.sessions.openOf(id);
  if (session !== null) {
    // A task that is in error or in review may still be entered; only what was never finished before it stops a first start.
    return inSession(app, task, project, session);
  }
  if (wrong !== undefined) return wrong;
  if (task.status === 'draft') submit(app, id);
  const opened = await openSession(app, { ...task, status: 'pending' }, project);
  // Of two that launch at the same moment one gets the task; the other finds its session.
  if (isRefusal(opened) && app.store.sessions.openOf(id) !== null) return launch(app, id);
  return say(app, task, project, opened);
}

function say(
  app: App,
  task: Task,
  project: Project,
  opened: { session: Session; notes: string[] } | Refusal,
): Launched | Refusal {
  if (isRefusal(opened)) return opened;
  const trusts =
    app.claude.isTrusted(project.path) === false
      ? [`Claude will first ask whether to trust the repository: claustre attach ${task.id}`]
      : [];
  const notes = [...opened.notes, ...trusts].map((note) => ` ${note}`).join('');
  return {
    task: currentView(app, task, project),
    says: `Launched #${task.id} on branch ${opened.session.branch}.${notes}`,
  };
}

function submit(app: App, id: number): void {
  const { store, clock } = app;
  store.write(() => applyTaskEvent(store, id, 'submit', { at: clock.iso(), source: 'person' }));
}

async function inSession(
  app: App,
  task: Task,
  project: Project,
  session: Session,
): Promise<Launched | Refusal> {
  const over = session.activity.name === 'ended' || session.activity.name === 'lost';
  if (session.state === 'closing') {
    return refuse(
      `#${task.id} is being ended.`,
      `Say \`claustre kill ${task.id}\` to end it again.`,
    );
  }
  if (session.state === 'opening' && !over) {
    return refuse(`#${task.id} is being launched by another process.`, 'Wait a moment.');
  }
  if (session.state === 'open' && !over && task.status !== 'pending') {
    return { task: currentView(app, task, project), says: `#${task.id} already works.` };
  }
  if (session.state === 'opening')
    return say(app, task, project, await reopenSession(app, session, task, project));
  const there = await app.git.inspectWorktree(session.worktree, null);
  if (isRefusal(there)) {
    return refuse(
      `The worktree of #${task.id} cannot be used: ${there.reason}`,
      `Mend it, or start over: claustre kill ${task.id}, then claustre launch ${task.id}`,
    );
  }
  const { transcriptPath } = session;
  const kept = transcriptPath === null || app.claude.hasConversation(transcriptPath);
  const prompted = session.promptedAt !== null && kept;
  const fresh = { ...session, claudeSessionId: app.clock.uuid() };
  const prompt = firstPrompt(task, app.store.tasks.subtasks(task.id), {
    base: session.base,
    remote: project.remote,
  });
  // A conversation without a first prompt cannot be resumed, and its id cannot be used again: it starts anew under another.
  const started = prompted
    ? await startPane(app, session, task, project, { resume: true, prompt: null })
    : await startPane(app, fresh, task, project, { resume: false, prompt });
  if (isRefusal(started)) return started;
  markWorking(app, task, started);
  const view = currentView(app, task, project);
  if (!prompted) return { task: view, says: `Launched #${task.id} again.` };
  return { task: view, says: `Resumed #${task.id} in its own conversation.` };
}

/** A resumed task works again; one in review stays there until a prompt is sent. */
function markWorking(app: App, task: Task, session: Session): void {
  const { store, clock } = app;
  const at = clock.iso();
  store.write(() => {
    const context = { at, source: 'person' as const, sessionId: session.id };
    applyTaskEvent(store, task.id, task.status === 'pending' ? 'launch' : 'resume', context);
    store.attempts.end(session.id, at, 'ended');
    store.attempts.start({
      taskId: task.id,
      sessionId: session.id,
      purpose: 'work',
      claudeSessionId: session.claudeSessionId,
      startedAt: at,
    });
  });
}
