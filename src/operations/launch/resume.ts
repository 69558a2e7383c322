import type { App } from '#app.ts';
import { foldActivity } from '#domain/activity.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import { firstPrompt, promptContext, resumePrompt } from '#domain/prompt.ts';
import { runnerFor, type Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import type { TaskView } from '#domain/task-view.ts';
import { endClaude } from '#operations/session/park.ts';
import { applyTaskEvent } from '#operations/task/apply.ts';
import { currentView } from '#operations/task/view.ts';
import { CLOCK, type Launcher } from './launcher.ts';
import { busyElsewhere, startAttempt } from './open.ts';
import { startPane } from './start-pane.ts';

export interface Launched {
  task: TaskView;
  /** What happened, as a sentence, and what was noticed on the way. */
  says: string;
}

/** How a conversation goes on, where that is not as it was. */
export interface Again {
  interactive?: boolean | undefined;
  /** Said to Claude instead of what it is told after an interruption. */
  words?: string;
}

/** A launch of a task that has a session. */
export interface Entry {
  task: Task;
  project: Project;
  session: Session;
  launcher: Launcher;
  again: Again;
}

/** Tells a Claude that prints something: the next turn of its conversation begins. */
export async function beginTurn(
  app: App,
  entry: Pick<Entry, 'task' | 'project' | 'session'>,
  words: string,
): Promise<Refusal | undefined> {
  const begun = await resume(app, { ...entry, launcher: CLOCK, again: { words } });
  return isRefusal(begun) ? begun : undefined;
}

/** Starts Claude again in a session whose worktree is there: with its conversation, or anew where there is none to go on with. */
export async function resume(app: App, entry: Entry): Promise<Launched | Refusal> {
  const { task, project, session, launcher, again } = entry;
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
  // It was being parked, and that was cut off: its farewell must come before the new start.
  if (session.parkedAt !== null) await endClaude(app, session);
  // A conversation without a first prompt cannot be resumed, and its id cannot be used again: it starts anew under another.
  const id = prompted ? session.claudeSessionId : app.clock.uuid();
  const claimed = claim(app, task, { ...session, claudeSessionId: id }, launcher);
  if (isRefusal(claimed)) return claimed;
  const context = promptContext(session, project);
  const prompt = prompted
    ? (again.words ?? wordsToGoOn(task, session))
    : firstPrompt(
        task,
        app.store.tasks.subtasks(task.id),
        context,
        app.store.tasks.criteria(task.id),
      );
  const { runner: wanted } = app.config.forProject(project.path).claude;
  const before = prompted ? session.runner : runnerFor(task, wanted);
  const runner = again.interactive === true ? 'interactive' : before;
  const start = { resume: prompted, prompt, runner };
  const started = await startPane(app, claimed, task, project, start);
  if (isRefusal(started)) return giveBack(app, task, session, claimed, started);
  const view = currentView(app, task, project);
  if (!prompted) return { task: view, says: `Launched #${task.id} again.` };
  return { task: view, says: `Resumed #${task.id} in its own conversation.` };
}

/** Nothing interrupted a Claude that had ended its turn: it stood at its prompt, and it stands there again. */
export function wordsToGoOn(task: Task, { parkedAt, runner, activity }: Session): string | null {
  if (task.status === 'pending') return resumePrompt({ ...task, status: 'interrupted' });
  const stopped = task.status === 'interrupted';
  const ended =
    (parkedAt !== null && !stopped) || (runner === 'headless' && activity.name === 'idle');
  return ended ? null : resumePrompt(task);
}

/** Takes the session for this process before anything starts: of two that resume it one does. A task in review stays there until a prompt. */
function claim(app: App, task: Task, session: Session, launcher: Launcher): Session | Refusal {
  const { store, clock, host } = app;
  const at = clock.iso();
  const opening = {
    state: 'opening' as const,
    movedBy: host.pid,
    movedAt: clock.now(),
    parkedAt: null,
    claudeSessionId: session.claudeSessionId,
    failure: null,
    alarm: null,
    activity: foldActivity(session.activity, { kind: 'launched', at: clock.now() }),
  };
  return store.write(() => {
    const no = launcher.taking();
    if (no !== undefined) return no;
    const { source } = launcher;
    const event = { kind: 'session.reopen', source, at };
    const claimed = store.sessions.move(session, opening, event);
    if (claimed === null) return busyElsewhere(task);
    const context = { at, source, sessionId: session.id };
    applyTaskEvent(store, task.id, task.status === 'pending' ? 'launch' : 'resume', context);
    store.attempts.end(session.id, at, 'ended');
    startAttempt(app, session, at);
    return claimed;
  });
}

/** Nothing started: session and task are as they were, with the reason in their events. */
function giveBack(app: App, task: Task, before: Session, claimed: Session, why: Refusal): Refusal {
  const { store, clock } = app;
  const at = clock.iso();
  const data = { reason: why.reason };
  store.write(() => {
    const { activity, parkedAt } = before;
    const open = { state: 'open' as const, movedBy: null, movedAt: clock.now() };
    const event = { kind: 'session.resume_failed', source: 'claustre' as const, at, data };
    if (store.sessions.move(claimed, { ...open, activity, parkedAt }, event) === null) return;
    // It rested before, and it rests again: nothing was lost.
    const rested = parkedAt !== null || activity.name === 'idle';
    if (rested && task.status !== 'pending') return;
    const context = { at, source: 'claustre' as const, sessionId: before.id, data };
    applyTaskEvent(store, task.id, task.status === 'pending' ? 'launch_fail' : 'lose', context);
  });
  return why;
}
