import { z } from 'zod';
import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import { answerBody, answerMark } from '#domain/pull-request/answer.ts';
import type { Feedback } from '#domain/pull-request/feedback.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import { awaitsAnswer } from '#domain/pull-request/review.ts';
import { noteUsage } from '#operations/host/note.ts';
import { defineOperation } from '#operations/operation.ts';
import { reviewFacts } from './facts.ts';

type Conversation = Exclude<Awaited<ReturnType<App['gh']['readConversation']>>, { refused: true }>;

/** How many verdicts were told on GitHub, and why one of them was not; null when none is left. */
export interface Answered {
  answered: number;
  trouble: string | null;
}

/**
 * Tells on GitHub what rounds of the review loop have decided: a reply with verdict and reason, and the thread resolved when it was fixed.
 * What is there already is found by its mark before anything is written, and what GitHub did not confirm is left to the next call, so
 * that nothing is said twice.
 */
export const answerReview = defineOperation({
  name: 'review.answer',
  summary: 'Answer reviewers with what the review loop of a session has decided.',
  input: z.object({ session: z.string() }),
  async run(app, given): Promise<Answered> {
    const { pullRequest, feedback, rounds } = reviewFacts(app, given.session);
    const due = feedback.filter((each) => awaitsAnswer(each, rounds));
    if (pullRequest === null || pullRequest.state !== 'open' || due.length === 0) {
      return { answered: 0, trouble: null };
    }
    const answered = await answerDue(app, given.session, pullRequest, due);
    noteUsage(app, pullRequest.host);
    return answered;
  },
});

async function answerDue(
  app: App,
  session: string,
  pullRequest: PullRequest,
  due: readonly Feedback[],
): Promise<Answered> {
  const { nodeId } = pullRequest;
  if (nodeId === null) return trouble('The pull request was not read yet.');
  const threads = due.filter(({ kind }) => kind === 'thread').map(({ id }) => id);
  const found = await app.gh.readConversation(pullRequest.host, {
    pullRequest: nodeId,
    threads,
  });
  if (isRefusal(found)) return trouble(found.reason);
  if (found.pendingReview) {
    return trouble(
      `You have a review on pull request #${pullRequest.number} that you did not submit: GitHub would hide the answers in it. Submit or discard it.`,
    );
  }
  let answered = 0;
  let refused: string | null = null;
  for (const each of due) {
    const place = { session, pullRequest, nodeId, found };
    const wrong = await answer(app, each, place);
    // Of what is not sure nothing more is asked now: the next call reads first.
    if (wrong?.sure === false) return { answered, trouble: wrong.reason };
    if (wrong === null) answered += 1;
    else refused = wrong.reason;
  }
  return { answered, trouble: refused };
}

function trouble(words: string): Answered {
  return { answered: 0, trouble: words };
}

interface Place {
  session: string;
  pullRequest: PullRequest;
  nodeId: string;
  found: Conversation;
}

/** Why one was not answered; it is `sure` that nothing was done when GitHub refused. */
interface Wrong {
  reason: string;
  sure: boolean;
}

/** Answers one; returns why it could not be, or null. Each step is recorded before the next one is taken. */
async function answer(app: App, feedback: Feedback, place: Place): Promise<Wrong | null> {
  const { pullRequest, found } = place;
  const { store, clock } = app;
  const record = (decision: Parameters<typeof store.feedback.decide>[2]): void =>
    store.write(() => store.feedback.decide(pullRequest.id, feedback.id, decision, null));
  const thread = feedback.kind === 'thread' ? found.threads.get(feedback.id) : undefined;
  const closed = feedback.kind === 'thread' && thread?.canReply !== true;
  if (!closed && feedback.replyId === null) {
    const replyId = await reply(app, feedback, place);
    if ('wrong' in replyId) return replyId.wrong;
    record({ replyId: replyId.id });
  }
  let resolved = thread?.resolved ?? feedback.resolved;
  if (feedback.verdict === 'fixed' && !resolved && thread?.canResolve === true) {
    const done = await app.gh.resolveThread(pullRequest.host, feedback.id);
    if (done.outcome === 'unsure') return { reason: done.why.reason, sure: false };
    resolved = done.outcome === 'done';
  }
  record({ answeredAt: clock.iso(), resolved });
  return null;
}

async function reply(
  app: App,
  feedback: Feedback,
  { session, pullRequest, nodeId, found }: Place,
): Promise<{ id: string } | { wrong: Wrong }> {
  const { gh, store } = app;
  const mark = answerMark(session, feedback.roundId ?? 0, feedback.id);
  const own = feedback.kind === 'thread' ? found.threads.get(feedback.id)?.own : found.own;
  const there = own?.find(({ body }) => body.includes(mark));
  if (there !== undefined) return { id: there.id };
  const decided = store.verdicts
    .ofTask(pullRequest.taskId)
    .find((each) => each.roundId === feedback.roundId && each.feedbackId === feedback.id);
  const body = answerBody(feedback, { commit: decided?.fixedIn ?? null, mark });
  const written =
    feedback.kind === 'thread'
      ? await gh.replyToThread(pullRequest.host, feedback.id, body)
      : await gh.comment(pullRequest.host, nodeId, body);
  if (written.outcome === 'done') return { id: written.id };
  return { wrong: { reason: written.why.reason, sure: written.outcome === 'refused' } };
}
