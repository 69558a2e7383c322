import type { App } from '#app.ts';
import { ClaustreError, inSentences, isRefusal } from '#domain/error.ts';
import { type ReviewState, reviewState } from '#domain/pull-request/review.ts';
import type { Round } from '#domain/pull-request/round.ts';
import { roundView } from '#domain/pull-request/round-view.ts';
import { formatMoment } from '#domain/words/clock-time.ts';
import { formatDuration } from '#format/duration.ts';
import { roundLines } from '#format/round.ts';
import { wrap } from '#format/wrap.ts';
import { answerReview } from '#operations/review/answer.ts';
import { beginReview } from '#operations/review/begin.ts';
import { reviewFacts, reviewIsOver } from '#operations/review/facts.ts';
import { runReview } from '#operations/review/turn.ts';
import { createPage, type Output, type Page } from './page.ts';

/** After a usage limit that did not say when it ends. */
const LIMITED_MS = 15 * 60_000;

/** What one look led to: how long to wait for the next, and the sentence meanwhile; null ends the loop. */
type Looked = { text: string; nextMs: number } | null;

/**
 * Looks again and again at what reviewers said, works on it in rounds, and prints them. It looks at the database only: GitHub is read by
 * the supervisor. It ends when its task is not in review any more, or when `stop` is aborted.
 */
export async function startReviewLoop(
  app: App,
  sessionId: string,
  output: Output,
  stop: AbortSignal,
): Promise<void> {
  const page = createPage(output);
  introduce(app, sessionId, page);
  const memory = { limitedUntil: 0 };
  while (!stop.aborted) {
    const looked = await lookOrSay(app, sessionId, { page, memory, stop });
    if (looked === null || stop.aborted) return;
    const next = app.clock.now() + looked.nextMs;
    page.status(`${looked.text} Next look at ${formatMoment(next, app.clock.now())}.`);
    await rest(app, sessionId, looked.nextMs, stop);
  }
}

interface Place {
  page: Page;
  memory: { limitedUntil: number };
  stop: AbortSignal;
}

/** After a fault it says so and looks again: settings can be mended, and a database can become free. */
const AFTER_FAULT_MS = 30_000;

async function lookOrSay(app: App, sessionId: string, place: Place): Promise<Looked> {
  try {
    return await look(app, sessionId, place);
  } catch (error) {
    if (!(error instanceof ClaustreError)) throw error;
    app.log.error('A look at what reviewers said failed.', error);
    return {
      text: inSentences({ reason: error.message, hint: error.hint }),
      nextMs: AFTER_FAULT_MS,
    };
  }
}

/** Why there is nothing to review any more; null while there is, or while that cannot be found out. */
function whyOver(app: App, sessionId: string): string | null {
  try {
    return reviewIsOver(app, sessionId);
  } catch (error) {
    if (!(error instanceof ClaustreError)) throw error;
    app.log.info('It could not be found out whether the review is over.', {
      reason: error.message,
    });
    return null;
  }
}

async function look(app: App, sessionId: string, place: Place): Promise<Looked> {
  const { page, memory } = place;
  const before = reviewFacts(app, sessionId);
  // A crash left it open; nobody else works on it, since this process has the session's lock.
  const left = before.rounds.find(({ kind, endedAt }) => kind === 'review' && endedAt === null);
  if (left !== undefined) await review(app, sessionId, left, place);
  const state = reviewState(reviewFacts(app, sessionId), app.clock.now());
  if (state.kind === 'over') {
    page.say(wrap(`${state.text} The review loop ends.`, page.columns));
    return null;
  }
  const { project } = before;
  const settings = project === null ? app.config.settings : app.config.forProject(project.path);
  const nextMs = settings.reviewLoop.pollIntervalSecs * 1000;
  const wait = (text: string): Looked => ({ text, nextMs });
  const earlier = await answerReview.run(app, { session: sessionId });
  if (!isRefusal(earlier) && earlier.trouble !== null) {
    return wait(`Answers wait: ${earlier.trouble}`);
  }
  if (state.kind === 'wait') return wait(waitWords(state, app.clock.now()));
  if (app.clock.now() < memory.limitedUntil) return wait('Comments wait for the usage limit.');
  const begun = await beginReview.run(app, { session: sessionId });
  if (isRefusal(begun)) return wait(begun.reason);
  await review(app, sessionId, begun, place);
  const answered = await answerReview.run(app, { session: sessionId });
  if (!isRefusal(answered) && answered.trouble !== null) {
    return wait(`Answers wait: ${answered.trouble}`);
  }
  const after = reviewState(reviewFacts(app, sessionId), app.clock.now());
  if (after.kind === 'over') {
    page.say(wrap(`${after.text} The review loop ends.`, page.columns));
    return null;
  }
  return wait(after.kind === 'wait' ? waitWords(after, app.clock.now()) : 'There is more to do.');
}

function waitWords({ text, moment }: Extract<ReviewState, { kind: 'wait' }>, now: number): string {
  return moment === null ? text : `${text} ${moment.word} ${formatMoment(moment.at, now)}.`;
}

/** One round, from what it is about to what was decided. It is stopped when there is nothing to review any more. */
async function review(
  app: App,
  sessionId: string,
  round: Round,
  { page, memory, stop }: Place,
): Promise<void> {
  const { pullRequest } = reviewFacts(app, sessionId);
  const view = (of: Round) =>
    roundView(of, pullRequest?.number ?? null, {
      rounds: app.store.rounds.of(of.taskId),
      verdicts: app.store.verdicts.ofTask(of.taskId),
    });
  page.say(['', ...roundLines(view(round), page.columns, app.clock.now())]);
  page.status('Claude judges the comments and works on those that it accepts.');
  const ends = new AbortController();
  const end = (): void => ends.abort(stop.reason);
  stop.addEventListener('abort', end);
  const unwatch = app.changes(() => {
    const over = whyOver(app, sessionId);
    if (over !== null) ends.abort(over);
  });
  const reviewed = await runReview(app, round, ends.signal);
  unwatch();
  stop.removeEventListener('abort', end);
  if (reviewed.limited) memory.limitedUntil = app.clock.now() + LIMITED_MS;
  page.say(roundLines(view(reviewed.round), page.columns, app.clock.now()));
}

/** What it is for, and the rounds that there were before it was started. */
function introduce(app: App, sessionId: string, page: Page): void {
  const { task, pullRequest, project, rounds } = reviewFacts(app, sessionId);
  if (task === null || pullRequest === null || project === null) return;
  const { pollIntervalSecs, maxRounds } = app.config.forProject(project.path).reviewLoop;
  const every = formatDuration(pollIntervalSecs * 1000);
  const head = [
    `Review loop of #${task.id} ${task.title}`,
    `pull request #${pullRequest.number}`,
    `a look every ${every}`,
    `${maxRounds} rounds at most`,
  ].join(' · ');
  page.say(wrap(head, page.columns));
  const verdicts = app.store.verdicts.ofTask(task.id);
  for (const round of rounds) {
    if (round.kind !== 'review' || round.endedAt === null) continue;
    const view = roundView(round, pullRequest.number, { rounds, verdicts });
    page.say(['', ...roundLines(view, page.columns, app.clock.now())]);
  }
}

/** Rests until the time is over; less when there is nothing to review any more. */
async function rest(app: App, sessionId: string, ms: number, stop: AbortSignal): Promise<void> {
  const over = new AbortController();
  const unwatch = app.changes(() => {
    if (whyOver(app, sessionId) !== null) over.abort();
  });
  await app.clock.wait(ms, AbortSignal.any([over.signal, stop]));
  unwatch();
}
