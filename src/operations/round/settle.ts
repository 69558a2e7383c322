import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import type { Round, RoundOutcome } from '#domain/pull-request/round.ts';
import {
  askedIn,
  believed,
  readVerdicts,
  type Said,
  type Verdict,
} from '#domain/pull-request/verdict.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import { refreshPullRequests } from '#operations/pull-request/refresh.ts';
import { noteArrival } from './arrival.ts';
import { endRound } from './end.ts';
import { fixSettingsOf } from './facts.ts';
import { lastWords } from './last-words.ts';

/** A report comes within a tenth of a second; what was not reported by then was not taken. */
const SENDING_MS = 30_000;
/** The end of a turn is reported at once; one that fires no hook shows in Claude's own file. */
const SILENT_END_MS = 10_000;
/** The last lines of a turn, and what it has cost, are told within moments of its end. */
const LAST_WORDS_MS = 3_000;
/** The remote is asked again for this long; then what GitHub said last has to do. */
const REMOTE_MS = 2 * 60_000;

/** How a round stands: over, or why it is not. */
type Standing = 'goes on' | 'turn ended' | { outcome: RoundOutcome; note: string };

/** The rounds in a task's own conversation that have not ended. */
export function openFixes({ store }: Pick<App, 'store'>): Round[] {
  return store.rounds.open().filter(({ kind }) => kind !== 'review');
}

/** Whether a round is looked at every few seconds. What was left undone is judged at the end of the turn, which wakes whoever judges. */
export function isUnsettled({ kind, sentAt }: Round): boolean {
  return kind === 'fix' || sentAt === null;
}

/**
 * Ends those of these rounds that are over: their turn has ended, or nothing will come of them any more. What a crash left between the
 * intent and the message is found out here, too. `onError` gets what is thrown about a round: it goes on, and holds up no other.
 */
export async function settleRounds(
  app: App,
  rounds: readonly Round[],
  onError: (round: Round, error: unknown) => void,
): Promise<void> {
  for (const round of rounds) {
    try {
      await settle(app, round);
    } catch (error) {
      onError(round, error);
    }
  }
}

async function settle(app: App, begun: Round): Promise<void> {
  const { store } = app;
  const round = begun.sentAt === null ? (noteArrival(app, begun) ?? begun) : begun;
  const session = store.sessions.openOf(round.taskId);
  const pullRequest =
    round.pullRequestId === null ? null : store.pullRequests.find(round.pullRequestId);
  const standing = standingOf(app, round, session, pullRequest);
  if (standing === 'goes on') return;
  if (standing !== 'turn ended') {
    endRound(app, round, standing);
    return;
  }
  if (session === null || pullRequest === null) return;
  await conclude(app, round, session, pullRequest);
}

function standingOf(
  app: App,
  round: Round,
  session: Session | null,
  pullRequest: PullRequest | null,
): Standing {
  const { store, clock } = app;
  const now = clock.now();
  const task = store.tasks.find(round.taskId);
  const project = task === null ? null : store.projects.find(task.projectId);
  if (task === null || project === null) return { outcome: 'stopped', note: 'The task is gone.' };
  const overtaken = round.kind === 'fix' ? withoutPullRequest(pullRequest) : notAlone(task);
  if (overtaken !== null) return { outcome: 'stopped', note: overtaken };
  if (session === null || session.state === 'closing')
    return { outcome: 'stopped', note: 'The session was ended.' };
  if (round.sentAt === null) return unsent(round, session, now);
  if (round.kind === 'finish') return 'goes on';
  const { maxMinutes } = fixSettingsOf(app, project);
  const { name, since } = session.activity;
  if (name === 'limited') return { outcome: 'stopped', note: 'Claude came to its usage limit.' };
  const ended = session.turnEndedAt !== null && session.turnEndedAt >= round.sentAt;
  const answered = ended && (session.promptedAt ?? 0) <= (session.turnEndedAt ?? 0);
  if (name === 'ended' || name === 'lost') {
    return answered
      ? 'turn ended'
      : { outcome: 'stopped', note: 'Claude ended before its turn did.' };
  }
  if (name === 'idle' && answered && !session.turnBehind) return 'turn ended';
  if (name === 'idle' && !ended && since > round.sentAt && now - since > SILENT_END_MS)
    return { outcome: 'stopped', note: 'The turn was interrupted.' };
  if (now - round.sentAt > maxMinutes * 60_000)
    return { outcome: 'stopped', note: `It took longer than ${maxMinutes} minutes.` };
  return 'goes on';
}

function withoutPullRequest(pullRequest: PullRequest | null): string | null {
  if (pullRequest === null) return 'The pull request is not followed any more.';
  return pullRequest.state === 'open' ? null : `The pull request is ${pullRequest.state}.`;
}

/** Why a finish round is over whatever Claude does: nobody waits for what it was told. */
function notAlone({ status }: Pick<Task, 'status'>): string | null {
  if (status === 'working' || status === 'interrupted') return null;
  return 'The task does not work any more.';
}

/** Of a message that nobody reported to have taken: is it sure that it did not arrive? */
function unsent(round: Round, session: Session, now: number): Standing {
  if (now - round.startedAt < SENDING_MS) return 'goes on';
  const prompted = (session.promptedAt ?? 0) > round.startedAt;
  const ended = (session.turnEndedAt ?? 0) > round.startedAt;
  const { name } = session.activity;
  const over = name === 'ended' || name === 'lost';
  if (!prompted && !ended && (name === 'idle' || over))
    return { outcome: 'failed', note: 'Claude did not take the message.' };
  // Somebody's prompt was taken, and its report tells that it was not ours.
  if (prompted) return { outcome: 'failed', note: 'Claude was sent something else meanwhile.' };
  if (name === 'working' && !ended) return 'goes on';
  return { outcome: 'stopped', note: 'It is not known whether Claude took the message.' };
}

/** The turn has ended: what does the remote have now, and what does Claude say? */
async function conclude(
  app: App,
  round: Round,
  session: Session,
  pullRequest: PullRequest,
): Promise<void> {
  const { store, clock, git } = app;
  const age = clock.now() - (session.turnEndedAt ?? 0);
  if (age < LAST_WORDS_MS) return;
  const said = readVerdicts(lastWords(app, round, session, pullRequest)) ?? [];
  const project = store.projects.find(store.tasks.find(round.taskId)?.projectId ?? 0);
  if (project === null) return;
  const head = await git.remoteHead(project.path, project.remote ?? 'origin', session.branch);
  if (isRefusal(head) && age < REMOTE_MS) return;
  await refreshPullRequests.run(app, { host: pullRequest.host, ids: [pullRequest.id] });
  const read = store.pullRequests.find(pullRequest.id) ?? pullRequest;
  const commit = isRefusal(head) ? read.headCommit : (head?.commit ?? null);
  const pushed = commit !== null && commit !== round.headCommit;
  const asked = askedIn(round.evidence, store.feedback.of(pullRequest.id));
  const facts = { roundId: round.id, head: commit ?? '', moved: pushed, pushed };
  const verdicts = believed(said, asked, facts);
  endRound(app, round, { ...outcomeOf(round, pushed, said, verdicts), verdicts });
}

function outcomeOf(
  { evidence }: Round,
  pushed: boolean,
  said: readonly Said[],
  verdicts: readonly Verdict[],
): { outcome: RoundOutcome; note: string | null } {
  if (pushed) return { outcome: 'pushed', note: null };
  if (said.some(({ verdict }) => verdict === 'fixed'))
    return { outcome: 'unchanged', note: 'Claude says that it is fixed, but nothing was pushed.' };
  if (verdicts.length === evidence.length)
    return { outcome: 'nothing', note: 'There was nothing to change.' };
  return { outcome: 'unchanged', note: 'Nothing was pushed.' };
}
