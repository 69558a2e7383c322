import type { App } from '#app.ts';
import type { PrintResult } from '#domain/claude/print-result.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import { reviewPrompt } from '#domain/pull-request/message/review-prompt.ts';
import type { Round } from '#domain/pull-request/round.ts';
import { askedIn, VERDICTS_SCHEMA } from '#domain/pull-request/verdict.ts';
import type { Session } from '#domain/session.ts';
import { endRound } from '#operations/round/end.ts';
import { reviewFacts } from './facts.ts';
import { settle } from './settle.ts';

/** No round takes longer; it is ended then. */
const LIMIT_MS = 60 * 60_000;

/** A run whose starter is gone is looked at this often. */
const WATCH_MS = 500;

/** A round that has ended, and whether a limit of the account ended it. */
export interface Reviewed {
  round: Round;
  limited: boolean;
}

/** What a round works with. */
interface Workplace {
  session: Session;
  project: Project;
  number: number;
}

/**
 * Runs Claude for a round that has begun, in the worktree and beside the task's own Claude, and records what became of it. `stop` ends it
 * before its time; its reason is the sentence why. A round that a crash left open is finished by the same call.
 */
export async function runReview(app: App, round: Round, stop: AbortSignal): Promise<Reviewed> {
  const place = workplaceOf(app, round);
  if (isRefusal(place)) return stopped(app, round, place.reason);
  const trace = app.claude.readPrint(place.session.id, String(round.id));
  if (round.sentAt !== null || trace !== null) return takeUp(app, round, place, stop);
  const run = await start(app, round, place);
  if (isRefusal(run)) return failed(app, round, run.reason, null);
  const sent = { ...round, sentAt: app.clock.now() };
  app.store.write(() => app.store.rounds.update(round.id, { sentAt: sent.sentAt }, null));
  const over = new AbortController();
  const timeUp = app.clock.wait(LIMIT_MS, over.signal).then(() => {
    if (over.signal.aborted) return;
    run.stop();
  });
  const end = (): void => run.stop();
  stop.addEventListener('abort', end);
  if (stop.aborted) end();
  const ended = await run.ended;
  stop.removeEventListener('abort', end);
  const late = app.clock.now() - sent.sentAt >= LIMIT_MS;
  over.abort();
  await timeUp;
  if (ended.result !== null) return conclude(app, sent, place, ended.result);
  if (stop.aborted) return stopped(app, sent, String(stop.reason));
  if (late) return failed(app, sent, 'Claude did not come to an end within an hour.', null);
  const how = ended.exitCode === null ? 'was ended' : `ended with exit code ${ended.exitCode}`;
  return failed(app, sent, [`Claude ${how}.`, ended.words.trim()].join(' ').trim(), null);
}

/** Whoever started the run is gone. What it said is in a file; while it still runs, it is waited for. */
async function takeUp(
  app: App,
  round: Round,
  place: Workplace,
  stop: AbortSignal,
): Promise<Reviewed> {
  const { claude, clock, host } = app;
  const read = () => claude.readPrint(place.session.id, String(round.id));
  let trace = read();
  const isRunning = (): boolean =>
    trace?.result === null && trace.pid !== null && host.isAlive(trace.pid);
  const deadline = (round.sentAt ?? round.startedAt) + LIMIT_MS;
  while (isRunning() && clock.now() < deadline && !stop.aborted) {
    await clock.wait(WATCH_MS, stop);
    trace = read();
  }
  if (trace !== null && trace.result !== null) return conclude(app, round, place, trace.result);
  if (stop.aborted) return stopped(app, round, String(stop.reason));
  return failed(app, round, 'It was cut off.', null);
}

async function conclude(
  app: App,
  round: Round,
  { session, project }: Workplace,
  result: PrintResult,
): Promise<Reviewed> {
  if (result.limited) {
    const note = `Claude's usage limit: ${result.failed}`;
    const end = { outcome: 'stopped' as const, note, result };
    return { round: endRound(app, round, end), limited: true };
  }
  if (result.failed !== null) return failed(app, round, `Claude failed: ${result.failed}`, result);
  const end = await settle(app, round, { session, project }, result);
  return { round: endRound(app, round, end), limited: false };
}

function stopped(app: App, round: Round, note: string): Reviewed {
  const end = { outcome: 'stopped' as const, note };
  return { round: endRound(app, round, end), limited: false };
}

function failed(app: App, round: Round, note: string, result: PrintResult | null): Reviewed {
  const end = { outcome: 'failed' as const, note, result };
  return { round: endRound(app, round, end), limited: false };
}

function workplaceOf({ store, config }: App, round: Round): Workplace | Refusal {
  const open = store.sessions.openOf(round.taskId);
  const { session, project, pullRequest } = reviewFacts({ store, config }, open?.id ?? '');
  if (session === null || project === null || pullRequest === null) {
    return refuse('The session is over.');
  }
  return { session, project, number: pullRequest.number };
}

async function start(app: App, round: Round, { session, project, number }: Workplace) {
  const { claude, clock, config, host, store } = app;
  const settings = config.forProject(project.path);
  const feedback = round.pullRequestId === null ? [] : store.feedback.of(round.pullRequestId);
  const prompt = reviewPrompt({
    number,
    remote: project.remote ?? 'origin',
    judging: settings.reviewLoop.prompt,
    asked: askedIn(round.evidence, feedback),
    nonce: clock.uuid().replaceAll('-', ''),
  });
  return claude.print({
    ...{ sessionId: session.id, name: String(round.id), claudeSessionId: clock.uuid() },
    ...{ worktree: session.worktree, prompt, shape: VERDICTS_SCHEMA },
    systemPrompt: claude.readLayers(project.path),
    model: settings.claude.model,
    effort: settings.claude.effort,
    permissionMode: settings.claude.permissionMode.autonomous,
    permissions: settings.permissions,
    maxUsd: null,
    env: host.environment,
  });
}
