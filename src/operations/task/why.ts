import { z } from 'zod';
import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import { turnOf } from '#domain/pull-request/turn.ts';
import type { Session } from '#domain/session.ts';
import { stackWords, wayOut } from '#domain/stack.ts';
import { why } from '#domain/why.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { turnFacts } from '#operations/pull-request/turn.ts';
import { keepQueueGoing } from '#operations/queue/keep-going.ts';
import { waitReader } from '#operations/queue/waits.ts';
import { lookAtSessions } from '#operations/session/look.ts';
import { stackOf } from '#operations/stack/parent.ts';
import { findTask } from './find.ts';
import { staleReasonOf } from './view.ts';

export const whyTask = defineOperation({
  name: 'task.why',
  summary: 'Say why a task stands where it stands.',
  command: { usage: 'why <task>', json: true },
  input: z.object({ task: taskId }),
  describe: (said: { id: number; why: string }) => said.why,
  async run(app, given) {
    const { store } = app;
    await lookAtSessions(app, [given.task]);
    const found = findTask(store, given.task);
    if (isRefusal(found)) return found;
    const session = store.sessions.openOf(given.task);
    const pullRequest = store.pullRequests.of(given.task);
    const facts = turnFacts(app, found.task, session, pullRequest);
    const gates = store.gateRuns.latest().get(given.task) ?? [];
    const limits = store.attempts.limits();
    const known = { ...facts, task: found.task, session, gates, turn: turnOf(facts), limits };
    const wait = waitReader(app).of(found.task);
    // Settings may have been changed since anybody looked: what is said to start has to have somebody who starts it.
    if (wait === null && found.task.status === 'pending') await keepQueueGoing(app);
    const said = why(known, wait, lastReason(store, given.task));
    const stack = session === null ? null : sayStack(store, session, said);
    const unknown = session === null ? null : sayUnknown(store, session);
    const stale = pullRequest === null ? null : sayStale(app, pullRequest);
    const parts = [said, stack, unknown, stale].filter((part) => part !== null);
    return { id: given.task, why: parts.join(' ') };
  },
});

/** Why nobody can tell whether the last turn delivered; null when somebody could. */
function sayUnknown(
  store: App['store'],
  { id, taskId, turnEndedAt, lookedAt, promptedAt }: Session,
): string | null {
  if (turnEndedAt === null || (lookedAt ?? 0) >= turnEndedAt) return null;
  if ((promptedAt ?? 0) > turnEndedAt) return null;
  const told = store.events
    .ofTask(taskId, 50)
    .findLast(({ kind, sessionId }) => kind === 'session.unknown' && sessionId === id);
  if (told === undefined || Date.parse(told.at) < turnEndedAt) return null;
  return `Whether its work was delivered cannot be told yet: ${String(told.data.reason)}`;
}

/** That what it stands on may be old, and why; null when it is not. */
function sayStale(app: Pick<App, 'store' | 'clock'>, pullRequest: PullRequest): string | null {
  const reason = staleReasonOf(app, pullRequest);
  return reason === null ? null : `Its pull request could not be read anew: ${reason}`;
}

/** How it stands to the task that it is stacked on, and what keeps its branch where it is; null when there is nothing to say. */
function sayStack(store: App['store'], session: Session, said: string): string | null {
  const state = stackOf(store, session);
  const move = store.events
    .ofTask(session.taskId, 200)
    .findLast(({ kind }) => kind === 'session.rebase' || kind === 'session.rebase_held');
  const held = move?.kind === 'session.rebase_held' ? ` ${String(move.data.reason)}` : '';
  if (state === null || session.stackedOn === null) return held === '' ? null : held.trim();
  if (state.kind === 'left') {
    if (said.includes(state.reason)) return null;
    const way = wayOut({ id: session.taskId });
    return `Its branch stays where it is: ${state.reason}. Say where it is to go: ${way}`;
  }
  return `It is stacked: ${stackWords(session.stackedOn, state)}.${held}`;
}

/** What the event said by which the task came to wait. */
function lastReason(store: App['store'], task: number): string | null {
  const event = store.events
    .ofTask(task, 50)
    .findLast(({ kind }) => kind === 'task.launch_fail' || kind === 'task.setup_fail');
  const reason = event?.data.reason;
  return typeof reason === 'string' ? reason : null;
}
