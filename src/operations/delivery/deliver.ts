import type { App, WorktreeState } from '#app.ts';
import {
  type DeliveryFacts,
  isTestable,
  type Missing,
  missingOf,
} from '#domain/delivery/missing.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import { isDelivered, isOfSession } from '#domain/pull-request/pull-request.ts';
import type { Session } from '#domain/session.ts';
import { nextStatus, type Task } from '#domain/task.ts';
import { wasRefused } from '#operations/session/end.ts';
import { followBranch } from '#operations/session/follow-branch.ts';
import { deliver, isStill, lookedAt } from './apply.ts';
import { deliveryFacts } from './facts.ts';
import { finishOrGiveUp } from './finish.ts';
import { giveUp } from './give-up.ts';
import { missingProofs } from './proofs.ts';
import { isProved } from './proved.ts';

/** Background work goes on by itself; after this long nobody waits for it any more. */
const BEHIND_MS = 10 * 60_000;

/** Sessions whose last turn ended and was not judged yet: whether the work is where its push mode wants it. */
export function undelivered(app: Pick<App, 'store'>): Session[] {
  return app.store.sessions
    .open()
    .filter(
      (session) =>
        session.state === 'open' &&
        session.turnEndedAt !== null &&
        (session.promptedAt ?? 0) <= session.turnEndedAt &&
        (session.judgedAt === null || session.judgedAt < session.turnEndedAt),
    );
}

/**
 * Judges a turn that ended by what is there, and moves the task on. The work of an autonomous task has to be complete, and Claude is told what
 * is missing; that of a person's own task counts as soon as it is where the push mode wants it. Where the project has gates, both have to pass
 * them. What cannot be found out changes nothing, and is returned: it is asked again at the next call.
 */
export async function deliverTurn(
  app: App,
  task: Task,
  project: Project,
  given: Session,
): Promise<Refusal | null> {
  if (wasRefused(app, given)) return null;
  const alone = task.mode === 'autonomous';
  const proved = isProved(app, task, project);
  if (task.push === 'pr') {
    if (!alone && !proved) return byPullRequest(app, task, given);
    if (!mayJudge(app, task, project, given)) return null;
  }
  if (alone && isBehind(app, given)) return refuse('Work goes on in the background.');
  const state = await app.git.inspectWorktree(given.worktree, given.baseCommit);
  if (isRefusal(state)) return withoutWorktree(app, task, given, state);
  const session = await followBranch(app, project, given, state.branch);
  const looked = await look(app, task, project, session, state);
  if (isRefusal(looked)) return note(app, session, looked);
  const { facts, missing } = looked;
  return finishOrGiveUp(app, { task, project, session, facts, missing });
}

/** Without gates a person's own task is delivered by its pull request alone. */
function byPullRequest(app: App, task: Task, session: Session): Promise<Refusal | null> | null {
  const { store } = app;
  if (!isDelivered(store.pullRequests.of(task.id), session)) {
    store.write(() => markJudged(app, task, session));
    return null;
  }
  return deliver(app, { task, project: null, session });
}

/** Whether a turn whose work goes to a pull request can be judged: that one is known, or was looked for since. */
function mayJudge({ store }: App, task: Task, project: Project, session: Session): boolean {
  if (nextStatus(task.status, 'deliver') === null) return false;
  const followed = store.pullRequests.of(task.id);
  if (isDelivered(followed, session)) return true;
  // What a merge leaves behind is looked at by itself.
  if (followed?.state === 'merged' && isOfSession(followed, session)) return false;
  return project.forge === null || (session.lookedAt ?? 0) >= (session.turnEndedAt ?? 0);
}

/** A notification of Claude's own begins the next turn when what runs behind it has ended. */
function isBehind({ clock }: App, { turnBehind, turnEndedAt, activity }: Session): boolean {
  if (!turnBehind || activity.name === 'ended' || activity.name === 'lost') return false;
  const age = clock.now() - (turnEndedAt ?? 0);
  return age >= 0 && age < BEHIND_MS;
}

/** What is missing: in repository and forge, and, where there is something to test, by gates and criteria. */
async function look(
  app: App,
  task: Task,
  project: Project,
  session: Session,
  state: WorktreeState,
): Promise<{ facts: DeliveryFacts; missing: Missing[] } | Refusal> {
  const facts = await deliveryFacts(app, task, project, session, state);
  if (isRefusal(facts)) return facts;
  const found = task.mode === 'autonomous' ? missingOf(facts) : missingForPerson(facts, session);
  const tests = isProved(app, task, project) && isTestable(facts);
  if (!tests || (task.mode !== 'autonomous' && found.length > 0)) return { facts, missing: found };
  const proofs = await missingProofs(app, { task, project, session });
  // What is pushed last is what passes.
  return isRefusal(proofs) ? proofs : { facts, missing: [...proofs, ...found] };
}

/** A person decides what belongs to their work: it counts when it is where the push mode wants it. */
function missingForPerson(facts: DeliveryFacts, { turnBehind }: Session): Missing[] {
  const found = missingOf(facts);
  if (facts.push === 'local') return found;
  if (facts.push === 'pr') return facts.pullRequest?.state === 'open' ? [] : found;
  const pushed = facts.remoteHead === facts.head && facts.checkedOut === facts.branch;
  return facts.remote !== null && pushed && facts.ahead > 0 && !turnBehind
    ? []
    : found.concat(REST);
}

/** Where nothing else is to be named: what runs in the background may still change the work. */
const REST: Missing[] = [
  { kind: 'missing', key: 'rest', title: 'it is not pushed yet', order: null, data: null },
];

function markJudged(app: Pick<App, 'store'>, task: Task, session: Session): void {
  const now = app.store.sessions.find(session.id);
  if (!isStill(now, session)) return;
  app.store.sessions.update(session.id, lookedAt(task, session), null);
}

/** A worktree that is gone cannot be judged: a person's task stays, and one that runs alone ends there. */
function withoutWorktree(app: App, task: Task, session: Session, why: Refusal): Refusal | null {
  if (task.mode !== 'autonomous' || why.code !== 'not_found') return note(app, session, why);
  const text = `its worktree is gone: ${session.worktree}`;
  app.store.write(() => giveUp(app, task, session, { code: 'not_delivered', text }));
  return null;
}

/** Tells once why a turn's work could not be looked up. */
function note({ store, clock }: App, session: Session, why: Refusal): Refusal {
  const { id, taskId, turnEndedAt } = session;
  const { reason } = why;
  const told = store.events
    .ofTask(taskId, 20)
    .findLast(({ kind, sessionId }) => kind === 'session.unknown' && sessionId === id);
  const known = told?.data.reason === reason && Date.parse(told.at) >= (turnEndedAt ?? 0);
  if (known) return why;
  const event = { kind: 'session.unknown', source: 'supervisor' as const, at: clock.iso() };
  store.write(() => store.events.append({ ...event, taskId, sessionId: id, data: { reason } }));
  return why;
}
