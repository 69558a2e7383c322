import { z } from 'zod';
import type { App } from '#app.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import { isBetweenTurns, type Session } from '#domain/session.ts';
import { type Task, whyNotLaunch } from '#domain/task.ts';
import type { TaskView } from '#domain/task-view.ts';
import { taskIds } from '#operations/inputs.ts';
import { type Launcher, personLauncher } from '#operations/launch/launcher.ts';
import { openSession, reopenSession } from '#operations/launch/open.ts';
import {
  type Again,
  type Entry,
  type Launched,
  resume,
  wordsToGoOn,
} from '#operations/launch/resume.ts';
import { defineOperation } from '#operations/operation.ts';
import { keepLaunchEnvironment } from '#operations/queue/environment.ts';
import { lookAtSessions } from '#operations/session/look.ts';
import { applyTaskEvent } from './apply.ts';
import { findTask } from './find.ts';
import { currentView } from './view.ts';

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
      const one = await launchOne(app, id, (task) => personLauncher(app, task), given);
      if (isRefusal(one)) return afterOthers(launched, one);
      // What the queue starts from now on has this person's logins and proxies.
      if (one.task.mode === 'autonomous') keepLaunchEnvironment(app);
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

/** Launches one task, or resumes it, for whoever that is. */
export async function launchOne(
  app: App,
  id: number,
  launcherOf: (task: Task) => Launcher,
  again: Again = {},
): Promise<Launched | Refusal> {
  await lookAtSessions(app, [id]);
  const found = findTask(app.store, id);
  if (isRefusal(found)) return found;
  const { task, project } = found;
  const launcher = launcherOf(task);
  const session = app.store.sessions.openOf(id);
  if (session !== null) return inSession(app, { task, project, session, launcher, again });
  const wrong = whyNotLaunch(task, app.store.tasks.openBefore(id), false);
  if (wrong !== undefined) return wrong;
  if (task.status === 'draft') submit(app, id);
  const opened = await openSession(app, { ...task, status: 'pending' }, project, launcher);
  // Of two that launch at the same moment one gets the task; the other finds its session.
  if (isRefusal(opened) && app.store.sessions.openOf(id) !== null) {
    return launchOne(app, id, launcherOf, again);
  }
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

async function inSession(app: App, entry: Entry): Promise<Launched | Refusal> {
  const { task, project, session, launcher, again } = entry;
  const over = session.activity.name === 'ended' || session.activity.name === 'lost';
  const running = { task: currentView(app, task, project), says: `#${task.id} already works.` };
  const prints = again.interactive === true && session.runner === 'headless';
  const busy = prints ? whyNotInteractive(task) : running;
  if (session.state === 'closing') {
    const again = session.endReason === 'done' ? 'done' : 'kill';
    return refuse(
      `#${task.id} is being ended.`,
      `If that was cut off, say it again: claustre ${again} ${task.id}`,
    );
  }
  // Somebody else is at it: what was asked for is just happening.
  if (session.state === 'opening' && !over) return busy;
  // One that was being parked when that was cut off is woken as one that was.
  const between = isBetweenTurns(session);
  const runs = session.state === 'open' && !over && session.parkedAt === null && !between;
  if (runs && task.status !== 'pending' && task.status !== 'draft') return busy;
  if (between && again.interactive !== true && wordsToGoOn(task, session) === null) {
    const ways = `claustre send ${task.id} begins the next one, --interactive opens Claude's own screen`;
    return { ...running, says: `#${task.id} is between two turns: ${ways}.` };
  }
  if (task.status === 'done') return whyNotLaunch(task, [], true) ?? running;
  if (task.status === 'draft') submit(app, task.id);
  const reported = session.reportedAt !== null || session.promptedAt !== null;
  if (session.state === 'opening' && !reported) {
    return say(app, task, project, await reopenSession(app, session, task, project, launcher));
  }
  const status = task.status === 'draft' ? 'pending' : task.status;
  return resume(app, { ...entry, task: { ...task, status } });
}

function whyNotInteractive({ id }: Task): Refusal {
  return refuse(
    `Claude works in #${id}, and prints what it does.`,
    `Wait until its turn has ended: claustre why ${id}`,
  );
}
