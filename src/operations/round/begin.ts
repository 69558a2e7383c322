import type { App } from '#app.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import { checkKey } from '#domain/pull-request/checks.ts';
import { evidenceOf, type Finding } from '#domain/pull-request/evidence.ts';
import { fixMessage } from '#domain/pull-request/message/fix-message.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import type { Round } from '#domain/pull-request/round.ts';
import type { Session } from '#domain/session.ts';
import { moveAdvice } from '#domain/stack.ts';
import type { Task } from '#domain/task.ts';
import { failingLog } from '#operations/check/log.ts';
import { sendToSession } from '#operations/session/send.ts';
import { stackOf } from '#operations/stack/parent.ts';
import { noteArrival } from './arrival.ts';

/** Each may take seconds to be read, all at once; the causes of many failures are mostly one. */
const MOST_LOGS = 5;

/** What a round is begun for. */
export interface FixRequest {
  task: Task;
  project: Project;
  session: Session;
  pullRequest: PullRequest;
  findings: readonly Finding[];
  by: 'person' | 'supervisor';
}

/**
 * Begins a round: writes down what it is for, and sends it to the task's own Claude as one message. Whether Claude has it stands in the
 * round; what a crash leaves open is found out by settling it.
 */
export async function beginFix(app: App, request: FixRequest): Promise<Round | Refusal> {
  const old = await whyNotHead(app, request);
  if (old !== undefined) return old;
  const { task, project, session, pullRequest, findings } = request;
  // Before the intent is written down: between it and the message nothing may take long.
  const logs = await logsOf(app, task.id, findings);
  const round = writeDown(app, request);
  if (isRefusal(round)) return round;
  const remote = project.remote ?? 'origin';
  const text = fixMessage({
    round: round.id,
    number: pullRequest.number,
    nonce: app.clock.uuid().replaceAll('-', '').slice(-16),
    remote,
    findings,
    logs,
    advice: adviceOf(app, session, remote),
  });
  const sent = await sendToSession.run(app, { task: task.id, text });
  const arrived = noteArrival(app, round);
  if (arrived !== null) return arrived;
  return isRefusal(sent)
    ? sent
    : refuse(`It is not known whether Claude took the message of #${task.id}.`);
}

/** What Claude has to know of its stack to resolve a conflict. */
function adviceOf({ store }: App, session: Session, remote: string): string | null {
  const state = stackOf(store, session);
  return state === null ? null : moveAdvice(session, state, remote);
}

/** Where the ends of the logs of failing checks lie; one that cannot be read is left out, and Claude finds its page. */
async function logsOf(
  app: App,
  task: number,
  found: readonly Finding[],
): Promise<Map<string, string>> {
  const logs = new Map<string, string>();
  const read = found.slice(0, MOST_LOGS).map(async ({ check }) => {
    if (check === null) return;
    const path = await failingLog(app, task, check);
    if (!isRefusal(path)) logs.set(checkKey(check), path);
  });
  await Promise.all(read);
  return logs;
}

/** What was read of GitHub must be of the commit that is there now: a check that failed for an older one says nothing. */
async function whyNotHead(
  { git }: App,
  { task, project, session, pullRequest }: FixRequest,
): Promise<Refusal | undefined> {
  const remote = project.remote ?? 'origin';
  const head = await git.remoteHead(project.path, remote, session.branch);
  if (isRefusal(head)) return head;
  if (head?.commit === pullRequest.headCommit) return undefined;
  return refuse(
    `What GitHub told of the pull request of #${task.id} is of an older commit than ${remote} has.`,
    'Wait until it was read anew.',
  );
}

function writeDown(
  { store, clock }: App,
  { task, session, pullRequest, findings, by }: FixRequest,
): Round | Refusal {
  const evidence = evidenceOf(findings);
  return store.write(() => {
    const open = store.rounds.openOf(task.id);
    if (open !== null) return alreadyRuns(task.id, open);
    const round = store.rounds.add(
      {
        taskId: task.id,
        pullRequestId: pullRequest.id,
        kind: 'fix',
        evidence,
        headCommit: pullRequest.headCommit,
        startedAt: clock.now(),
        sentAt: null,
        endedAt: null,
        outcome: null,
        note: null,
        costUsd: null,
      },
      {
        kind: 'fix.begin',
        source: by,
        at: clock.iso(),
        projectId: task.projectId,
        sessionId: session.id,
        data: { number: pullRequest.number, evidence: evidence.map(({ title }) => title) },
      },
    );
    for (const { feedbackId } of findings) {
      if (feedbackId !== null)
        store.feedback.decide(pullRequest.id, feedbackId, { roundId: round.id }, null);
    }
    return round;
  });
}

export function alreadyRuns(task: number, { kind, evidence }: Round): Refusal {
  const what = kind === 'review' ? 'judges the comments' : 'is told already';
  const titles = evidence
    .slice(0, 3)
    .map(({ title }) => title)
    .join(', ');
  return refuse(
    `Claude ${what} of #${task}${titles === '' ? '' : `: ${titles}`}.`,
    'Wait until that round is over.',
  );
}
