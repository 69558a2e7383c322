import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import { type LastMove, nextBehind, type Sibling } from '#domain/pull-request/behind.ts';
import { fixPolicy } from '#domain/pull-request/fix.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import type { Session } from '#domain/session.ts';
import { fixSettingsOf } from '#operations/round/facts.ts';
import { findTask } from '#operations/task/find.ts';
import { gaveBase, giveBase } from './base.ts';
import { stackOf } from './parent.ts';
import { moveSession, pullRequestOf, whyNotMove } from './rebase.ts';

/** A branch that has to be moved, or whose pull request goes to the wrong base. */
export interface Due {
  session: Session;
  /** Changes with every fact that it was decided by: what was refused is not tried again before one differs, or a while has passed. */
  mark: string;
  act: 'move' | 'retarget' | 'say';
}

/** What of a stack is due now, parents before their children. */
export function dueOfStacks(app: Pick<App, 'store'>, sessions: readonly Session[]): Due[] {
  const depth = (session: Session, seen: readonly number[] = []): number => {
    const { stackedOn } = session;
    if (stackedOn === null || seen.includes(stackedOn)) return 0;
    const below = sessions.find(({ taskId }) => taskId === stackedOn);
    return below === undefined ? 1 : 1 + depth(below, [...seen, stackedOn]);
  };
  return sessions
    .filter((session) => session.stackedOn !== null && session.state === 'open')
    .toSorted((one, other) => depth(one) - depth(other))
    .flatMap((session) => dueOf(app, session));
}

function dueOf({ store }: Pick<App, 'store'>, session: Session): Due[] {
  const state = stackOf(store, session);
  const found = findTask(store, session.taskId);
  if (state === null || isRefusal(found) || found.task.status === 'done') return [];
  const { task } = found;
  const pullRequest = pullRequestOf({ store }, task, session);
  const { base, baseCommit, activity, turnBehind } = session;
  const facts = [state, base, baseCommit, pullRequest?.state, pullRequest?.base];
  const due = (act: Due['act'], more: unknown[] = []): Due[] => {
    const mark = JSON.stringify([act, ...facts, ...more]);
    return [{ session, mark, act }];
  };
  const rests = whyNotMove({ store }, task, session) === undefined;
  const work = [activity.name, turnBehind, pullRequest?.headCommit];
  switch (state.kind) {
    case 'left':
      return due('say');
    case 'landed':
      if (rests) return due('move', work);
      return pullRequest?.state === 'open' && pullRequest.base === base ? due('retarget') : [];
    case 'behind':
      if (state.settled && rests) return due('move', work);
      return isMistargeted(store, session, pullRequest) ? due('retarget') : [];
    case 'level':
      return isMistargeted(store, session, pullRequest) ? due('retarget') : [];
    default:
      return state satisfies never;
  }
}

/** Whether its pull request was opened against another branch than the parent's; one that a person has moved away since stays there. */
function isMistargeted(
  store: App['store'],
  { base }: Session,
  pullRequest: PullRequest | null,
): boolean {
  if (pullRequest?.state !== 'open' || pullRequest.base === null) return false;
  return pullRequest.base !== base && !gaveBase({ store }, pullRequest, base);
}

/**
 * Which pull requests that are behind their base are brought up to it now; see nextBehind. Only what is mended by itself is moved by itself; for
 * everything else the row says that it is behind.
 */
export function dueSiblings(
  { store, clock, config }: Pick<App, 'store' | 'clock' | 'config'>,
  sessions: readonly Session[],
): Due[] {
  const siblings = sessions.flatMap((session): (Sibling & { session: Session })[] => {
    const found = findTask(store, session.taskId);
    if (isRefusal(found) || session.stackedOn !== null) return [];
    const { task } = found;
    const pullRequest = pullRequestOf({ store }, task, session);
    if (pullRequest === null) return [];
    const automatic = fixPolicy(task, fixSettingsOf({ config }, found.project)) === 'automatic';
    return [{ session, task, pullRequest, automatic, lastMove: () => lastMove(store, session) }];
  });
  return nextBehind(siblings, clock.now()).flatMap(({ session, task, pullRequest }) => {
    const full = store.tasks.find(task.id);
    if (full === null || whyNotMove({ store }, full, session) !== undefined) return [];
    const mark = JSON.stringify(['behind', pullRequest.headCommit, session.baseCommit]);
    return [{ session, mark, act: 'move' as const }];
  });
}

function lastMove(store: App['store'], { taskId, id }: Session): LastMove | null {
  const event = store.events.ofTask(taskId, 200).findLast(({ kind, sessionId, data }) => {
    return kind === 'session.rebase' && sessionId === id && data.moved === true;
  });
  if (event === undefined || typeof event.data.to !== 'string') return null;
  return { at: Date.parse(event.at), head: event.data.to };
}

/** Does what is due; returns why it could not be done, null when it was. */
export async function follow(app: App, { session, act }: Due): Promise<string | null> {
  const found = findTask(app.store, session.taskId);
  if (isRefusal(found)) return found.reason;
  const now = app.store.sessions.find(session.id);
  if (now === null || now.state !== 'open') return null;
  const state = stackOf(app.store, now);
  if (act === 'say') return state?.kind === 'left' ? `${state.reason}.` : null;
  if (act === 'move') {
    const moved = await moveSession(
      app,
      { ...found, session: now },
      { onto: null, source: 'supervisor' },
    );
    return isRefusal(moved) ? moved.reason : null;
  }
  const pullRequest = pullRequestOf(app, found.task, now);
  const base = state?.kind === 'landed' ? state.base : now.base;
  const wrong = pullRequest === null ? null : await giveBase(app, pullRequest, base, 'supervisor');
  return wrong?.reason ?? null;
}

/** Says once why a branch stays where it is. */
export function sayHeld(
  { store, clock }: Pick<App, 'store' | 'clock'>,
  { session }: Due,
  reason: string,
): void {
  const { taskId, id } = session;
  const last = store.events
    .ofTask(taskId, 200)
    .findLast(({ kind }) => kind === 'session.rebase' || kind === 'session.rebase_held');
  if (last?.kind === 'session.rebase_held' && last.data.reason === reason) return;
  const event = { kind: 'session.rebase_held', source: 'supervisor' as const, at: clock.iso() };
  store.write(() => store.events.append({ ...event, taskId, sessionId: id, data: { reason } }));
}
