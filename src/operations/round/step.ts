import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import type { Finding } from '#domain/pull-request/evidence.ts';
import { type FixSettings, type FixStep, fixPolicy, nextStep } from '#domain/pull-request/fix.ts';
import { isInTrouble } from '#domain/pull-request/host.ts';
import { isBetweenTurns, type Session } from '#domain/session.ts';
import { isReviewed, type Task } from '#domain/task.ts';
import { goOnByItself, goOnWait } from '#operations/queue/go-on.ts';
import { isWatched } from '#operations/session/watched.ts';
import { findTask } from '#operations/task/find.ts';
import { beginFix } from './begin.ts';
import { fixFacts, fixSettingsOf } from './facts.ts';

/** Tasks in review whose policy says that Claude is told by itself. */
export function automaticTasks(app: App): Omit<Task, 'prompt'>[] {
  const { store } = app;
  // A project's own file is looked at once for all of its tasks.
  const settings = new Map<number, FixSettings | null>();
  const settingsOf = (projectId: number): FixSettings | null => {
    const known = settings.get(projectId);
    if (known !== undefined) return known;
    const project = store.projects.find(projectId);
    const found = project === null ? null : fixSettingsOf(app, project);
    settings.set(projectId, found);
    return found;
  };
  return store.tasks.underWay().filter((task) => {
    if (!isReviewed(task.status)) return false;
    const said = settingsOf(task.projectId);
    return said !== null && fixPolicy(task, said) === 'automatic';
  });
}

/** Why a task has to be looked at again; `asked` when the remote, tmux or Claude had to be asked for it, and not only the database. */
export interface Waiting {
  reason: string;
  asked: boolean;
}

const asked = (reason: string): Waiting => ({ reason, asked: true });

/** Takes the next step of an automatic task, if there is one. Returns what it waits for; null when it need not be looked at again soon. */
export async function stepFix(app: App, id: number): Promise<Waiting | null> {
  const { store } = app;
  const found = findTask(store, id);
  if (isRefusal(found)) return null;
  const { task, project } = found;
  const session = store.sessions.openOf(id);
  const pullRequest = store.pullRequests.of(id);
  const facts = fixFacts(app, task, { session, pullRequest });
  if (facts === null || pullRequest === null) return null;
  const host = store.hosts.find(pullRequest.host);
  // What Claude would be told may not be true any more, and its logs cannot be read.
  if (host !== null && isInTrouble(host, app.clock.now())) {
    return { reason: host.trouble ?? 'GitHub cannot be asked', asked: false };
  }
  const step = nextStep(facts, Date.parse(task.updatedAt));
  // Its work was delivered, and its slot is another's by now.
  if (startsClaude(step, session) && goOnWait(app, task) !== null) {
    noteHold(app, task, 'no free slot');
    return null;
  }
  switch (step.act) {
    case 'nothing':
      return null;
    case 'hold':
      noteHold(app, task, step.reason);
      return null;
    case 'wait':
      return { reason: step.reason, asked: false };
    case 'resume': {
      const launched = await goOnByItself(app, id);
      return asked(isRefusal(launched) ? launched.reason : 'Claude is resumed');
    }
    case 'send': {
      if (session === null) return null;
      if (await isWatched(app, session.id)) return asked('somebody is in its session');
      const { findings } = step as { findings: Finding[] };
      const begun = await beginFix(app, {
        ...{ task, project, session, pullRequest, findings },
        by: 'supervisor',
      });
      return isRefusal(begun) ? asked(begun.reason) : null;
    }
    default:
      return step satisfies never;
  }
}

/** Whether a process of Claude's begins by it that is not there yet. */
function startsClaude({ act }: FixStep, session: Session | null): boolean {
  return act === 'resume' || (act === 'send' && session !== null && isBetweenTurns(session));
}

/** Writes down once why nothing is sent by itself. */
function noteHold({ store, clock }: App, { id, projectId }: Task, reason: string): void {
  const last = (): string | null => {
    const event = store.events.ofTask(id, 50).findLast(({ kind }) => kind.startsWith('fix.'));
    return event?.kind === 'fix.hold' ? String(event.data.reason) : null;
  };
  if (last() === reason) return;
  store.write(() => {
    if (last() === reason) return;
    const event = { kind: 'fix.hold', source: 'supervisor' as const, at: clock.iso() };
    store.events.append({ ...event, taskId: id, projectId, data: { reason } });
  });
}
