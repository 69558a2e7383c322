import type { App } from '#app.ts';
import { type Decision, decideTurn } from '#domain/delivery/decide.ts';
import type { DeliveryFacts, Missing } from '#domain/delivery/missing.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import { evidenceOf } from '#domain/pull-request/evidence.ts';
import { fixPolicy } from '#domain/pull-request/fix.ts';
import { finishMessage } from '#domain/pull-request/message/finish-message.ts';
import type { Round, RoundOutcome } from '#domain/pull-request/round.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import { noteArrival } from '#operations/round/arrival.ts';
import { alreadyRuns } from '#operations/round/begin.ts';
import { endRound } from '#operations/round/end.ts';
import { fixSettingsOf } from '#operations/round/facts.ts';
import { sendToSession } from '#operations/session/send.ts';
import { isWatched } from '#operations/session/watched.ts';
import { deliver, isStill, lookedAt } from './apply.ts';
import { giveUp } from './give-up.ts';

/** A turn that ended, and what was found of its work. */
export interface Judged {
  task: Task;
  project: Project;
  session: Session;
  facts: DeliveryFacts;
  missing: readonly Missing[];
}

/** What begins the count of rounds anew: from then on it is another piece of work. */
const BEGINS = ['task.launch', 'task.retry', 'task.prompt', 'task.deliver', 'task.give_up'];

/**
 * Moves a task on: delivers it, tells Claude once more what is missing, or ends it in error with the evidence. A person's own task is told only
 * of gates that fail, and only where Claude is told of failing checks by itself as well; it never ends in error by that.
 */
export async function finishOrGiveUp(app: App, judged: Judged): Promise<Refusal | null> {
  const { task, project, session, facts, missing } = judged;
  const { store } = app;
  const open = store.rounds.openOf(task.id);
  const own = open?.kind === 'finish' ? open : null;
  // Of a message that was not taken yet nobody knows anything.
  if (own !== null && own.sentAt === null) return refuse('Claude is being told what is missing.');
  const decision = decideTurn({
    missing,
    head: facts.head,
    rounds: roundsSoFar(app, task.id),
    mostRounds: app.config.forProject(project.path).attempts.finishRounds,
  });
  if (own !== null) conclude(app, own, judged, decision);
  // What a person did for it since it ended in error can only deliver it.
  if (task.status === 'error' && decision.act !== 'deliver') return leave(app, judged);
  if (task.mode !== 'autonomous' && decision.act !== 'deliver') {
    return decision.act === 'tell' && isToldByItself(app, judged)
      ? tell(app, judged, 'supervisor')
      : leave(app, judged);
  }
  switch (decision.act) {
    case 'deliver':
      return deliver(app, { task, project, session });
    case 'give_up':
      store.write(() => {
        if (!isStill(store.sessions.find(session.id), session)) return;
        giveUp(app, task, session, decision);
      });
      return null;
    case 'tell':
      return tell(app, judged, 'supervisor');
    default:
      return decision satisfies never;
  }
}

/** Nothing is done about a turn by this judgement. */
function leave({ store }: App, { task, session }: Judged): null {
  store.write(() => {
    if (!isStill(store.sessions.find(session.id), session)) return;
    store.sessions.update(session.id, lookedAt(task, session), null);
  });
  return null;
}

/** What is missing beside gates and criteria is the person's own to see to. */
function isToldByItself(app: App, { task, project, missing }: Judged): boolean {
  if (missing.some(({ kind }) => kind === 'missing')) return false;
  return fixPolicy(task, fixSettingsOf(app, project)) === 'automatic';
}

function roundsSoFar({ store }: App, taskId: number): Round[] {
  const begun = store.events.lastOf(taskId, BEGINS)?.at;
  const since = begun === undefined ? 0 : Date.parse(begun);
  return store.rounds
    .of(taskId)
    .filter(({ kind, startedAt }) => kind === 'finish' && startedAt >= since);
}

/** Ends the round whose turn this was. */
function conclude(app: App, round: Round, { facts, missing }: Judged, decision: Decision): void {
  const left = missing.map(({ title }) => title).join('; ');
  const moved = facts.head !== round.headCommit && facts.remoteHead === facts.head;
  const outcome: RoundOutcome =
    decision.act === 'deliver' ? 'delivered' : moved ? 'pushed' : 'unchanged';
  const note = left === '' ? null : `Still missing: ${left}.`;
  endRound(app, round, { outcome, note });
}

/**
 * Looking takes its time: Claude may be gone since, or its task stopped. Whoever resumes it tells it to go on; the end of that turn is judged
 * again.
 */
function whyNotTell({ store }: App, { task, session }: Judged): Refusal | 'gone' | null {
  const name = store.sessions.find(session.id)?.activity.name;
  const held = store.tasks.find(task.id)?.status === 'interrupted';
  if (held || name === undefined || name === 'ended' || name === 'lost') return 'gone';
  return name === 'starting' ? refuse('Claude is being resumed.') : null;
}

/** Writes down what is missing, and sends it to the task's own Claude as one message. */
export async function tell(
  app: App,
  judged: Judged,
  by: 'person' | 'supervisor',
): Promise<Refusal | null> {
  const { task, session, facts, missing } = judged;
  const { store, clock } = app;
  const now = whyNotTell(app, judged);
  if (now !== null) return now === 'gone' ? leave(app, judged) : now;
  if (by === 'supervisor' && (await isWatched(app, session.id)))
    return refuse('Somebody is in its session.');
  const evidence = evidenceOf(missing);
  const round = store.write(() => {
    const open = store.rounds.openOf(task.id);
    if (open !== null) return alreadyRuns(task.id, open);
    if (!isStill(store.sessions.find(session.id), session)) return null;
    if (whyNotTell(app, judged) !== null) return null;
    return store.rounds.add(
      {
        ...{ taskId: task.id, pullRequestId: null, kind: 'finish', evidence },
        headCommit: facts.head,
        startedAt: clock.now(),
        ...{ sentAt: null, endedAt: null, outcome: null, note: null, costUsd: null },
      },
      {
        ...{ kind: 'finish.begin', source: by, at: clock.iso() },
        ...{ projectId: task.projectId, sessionId: session.id },
        data: { evidence: evidence.map(({ title }) => title) },
      },
    );
  });
  if (round === null || isRefusal(round)) return round;
  const nonce = clock.uuid().replaceAll('-', '').slice(-16);
  const text = finishMessage({ round: round.id, task: task.id, nonce, missing });
  const sent = await sendToSession.run(app, { task: task.id, text });
  if (noteArrival(app, round) !== null) return null;
  return isRefusal(sent) ? sent : refuse('It is not known whether Claude took the message.');
}
