import { z } from 'zod';
import type { App } from '#app.ts';
import { foldActivity } from '#domain/activity.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import { firstPrompt, promptContext, resumePrompt } from '#domain/prompt.ts';
import { isBetweenTurns, runnerFor, type Session } from '#domain/session.ts';
import { type Task, whyNotLaunch } from '#domain/task.ts';
import type { TaskView } from '#domain/task-view.ts';
import { taskIds } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { lookAtSessions } from '#operations/session/look.ts';
import { busyElsewhere, openSession, reopenSession } from '#operations/session/open.ts';
import { endClaude } from '#operations/session/park.ts';
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
  command: {
    usage: 'launch <task...>',
    json: true,
    options: [
      {
        flags: '--interactive',
        summary: "go on in Claude's own screen with a conversation that was printed until now",
      },
    ],
  },
  input: z.object({ task: taskIds, interactive: z.boolean().optional() }),
  describe: (launched: Launched[]) => launched.map((each) => each.says).join('\n'),
  document: launchedViews,
  async run(app, given) {
    const launched: Launched[] = [];
    for (const id of given.task) {
      const one = await launch(app, id, given);
      if (isRefusal(one)) return afterOthers(launched, one);
      launched.push(one);
    }
    return launched;
  },
});

/** A refusal does not hide what was launched before it. */
function afterOthers(launched: readonly Launched[], one: Refusal): Refusal {
  if (launched.length === 0) return one;
  return { ...one, reason: `${launched.map(({ says }) => says).join(' ')} But: ${one.reason}` };
}

/** One task is printed as `show` prints it, several as a list of that. */
export function launchedViews(launched: Launched[]): TaskView | TaskView[] | undefined {
  const views = launched.map(({ task }) => task);
  return views.length === 1 ? views[0] : views;
}

/** How a conversation goes on, where that is not as it was. */
interface Again {
  interactive?: boolean | undefined;
  /** Said to Claude instead of what it is told after an interruption. */
  words?: string;
}

async function launch(app: App, id: number, again: Again): Promise<Launched | Refusal> {
  await lookAtSessions(app, [id]);
  const found = findTask(app.store, id);
  if (isRefusal(found)) return found;
  const { task, project } = found;
  const session = app.store.sessions.openOf(id);
  if (session !== null) return inSession(app, task, project, session, again);
  const wrong = whyNotLaunch(task, app.store.tasks.openBefore(id), false);
  if (wrong !== undefined) return wrong;
  if (task.status === 'draft') submit(app, id);
  const opened = await openSession(app, { ...task, status: 'pending' }, project);
  // Of two that launch at the same moment one gets the task; the other finds its session.
  if (isRefusal(opened) && app.store.sessions.openOf(id) !== null) return launch(app, id, again);
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
  // Part of the launch, and not what an undo would mean.
  const context = { at: clock.iso(), source: 'person' as const, data: { by: 'launch' } };
  store.write(() => applyTaskEvent(store, id, 'submit', context));
}

async function inSession(
  app: App,
  task: Task,
  project: Project,
  session: Session,
  again: Again,
): Promise<Launched | Refusal> {
  const over = session.activity.name === 'ended' || session.activity.name === 'lost';
  const running = { task: currentView(app, task, project), says: `#${task.id} already works.` };
  if (session.state === 'closing') {
    const again = session.endReason === 'done' ? 'done' : 'kill';
    return refuse(
      `#${task.id} is being ended.`,
      `If that was cut off, say it again: claustre ${again} ${task.id}`,
    );
  }
  // Somebody else is at it: what was asked for is just happening.
  if (session.state === 'opening' && !over) return running;
  // One that was being parked when that was cut off is woken as one that was.
  const between = isBetweenTurns(session);
  const runs = session.state === 'open' && !over && session.parkedAt === null && !between;
  if (runs && task.status !== 'pending' && task.status !== 'draft') {
    const waits = again.interactive === true && session.runner === 'headless';
    return waits ? whyNotInteractive(task) : running;
  }
  if (between && again.interactive !== true && wordsToGoOn(task, session) === null) {
    const ways = `claustre send ${task.id} begins the next one, --interactive opens Claude's own screen`;
    return { ...running, says: `#${task.id} is between two turns: ${ways}.` };
  }
  if (task.status === 'done') return whyNotLaunch(task, [], true) ?? running;
  if (task.status === 'draft') submit(app, task.id);
  const reported = session.reportedAt !== null || session.promptedAt !== null;
  if (session.state === 'opening' && !reported) {
    return say(app, task, project, await reopenSession(app, session, task, project));
  }
  return resume(
    app,
    { ...task, ...(task.status === 'draft' ? { status: 'pending' } : {}) },
    project,
    session,
    again,
  );
}

function whyNotInteractive({ id }: Task): Refusal {
  return refuse(
    `Claude works in #${id}, and prints what it does.`,
    `Wait until its turn has ended: claustre why ${id}`,
  );
}

/** Tells a Claude that prints something: the next turn of its conversation begins. */
export async function beginTurn(
  app: App,
  { task, project, session }: { task: Task; project: Project; session: Session },
  words: string,
): Promise<Refusal | undefined> {
  const begun = await resume(app, task, project, session, { words });
  return isRefusal(begun) ? begun : undefined;
}

/** Starts Claude again in a session whose worktree is there: with its conversation, or anew where there is none to go on with. */
async function resume(
  app: App,
  task: Task,
  project: Project,
  session: Session,
  again: Again,
): Promise<Launched | Refusal> {
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
  const claimed = claim(app, task, { ...session, claudeSessionId: id });
  if (isRefusal(claimed)) return claimed;
  const context = promptContext(session, project);
  const prompt = prompted
    ? (again.words ?? wordsToGoOn(task, session))
    : firstPrompt(task, app.store.tasks.subtasks(task.id), context);
  const { runner: wanted } = app.config.forProject(project.path).claude;
  const before = prompted ? session.runner : runnerFor(task, wanted);
  const runner = again.interactive === true ? 'interactive' : before;
  const started = await startPane(app, claimed, task, project, {
    ...{ resume: prompted, prompt, runner },
  });
  if (isRefusal(started)) return giveBack(app, task, session, claimed, started);
  const view = currentView(app, task, project);
  if (!prompted) return { task: view, says: `Launched #${task.id} again.` };
  return { task: view, says: `Resumed #${task.id} in its own conversation.` };
}

/** Nothing interrupted a Claude that had ended its turn: it stood at its prompt, and it stands there again. */
function wordsToGoOn(task: Task, { parkedAt, runner, activity }: Session): string | null {
  if (task.status === 'pending') return resumePrompt({ ...task, status: 'interrupted' });
  const ended = parkedAt !== null || (runner === 'headless' && activity.name === 'idle');
  return ended ? null : resumePrompt(task);
}

/** Takes the session for this process before anything starts: of two that resume it one does. A task in review stays there until a prompt. */
function claim(app: App, task: Task, session: Session): Session | Refusal {
  const { store, clock, host } = app;
  const at = clock.iso();
  const opening = {
    state: 'opening' as const,
    movedBy: host.pid,
    movedAt: clock.now(),
    parkedAt: null,
    claudeSessionId: session.claudeSessionId,
    activity: foldActivity(session.activity, { kind: 'launched', at: clock.now() }),
  };
  return store.write(() => {
    const event = { kind: 'session.reopen', source: 'person' as const, at };
    const claimed = store.sessions.move(session, opening, event);
    if (claimed === null) return busyElsewhere(task);
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
