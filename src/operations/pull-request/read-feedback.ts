import { z } from 'zod';
import type { App } from '#app.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import {
  type FeedbackReading,
  isUndecided,
  newestStatement,
} from '#domain/pull-request/feedback.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import { withoutStrangersQuotes } from '#domain/pull-request/quote.ts';
import {
  authorsToConfirm,
  type SaidFeedback,
  withoutTakenBack,
  withTrust,
} from '#domain/pull-request/trust.ts';
import { defineOperation } from '#operations/operation.ts';

/** People of one pull request who are asked for by name; who comes after them is not trusted until the next reading. */
const MAX_CONFIRMED = 20;

/**
 * Reads what reviewers said on one pull request, and decides whose word counts. What could not be read changes nothing; what became of it
 * stays. While it is not known whether somebody may push, their words do not count and it stays unread: it refuses, and is to be asked again.
 */
export const readFeedback = defineOperation({
  name: 'pull-request.read-feedback',
  summary: 'Read what reviewers said on a pull request.',
  input: z.object({ id: z.number().int() }),
  async run(app, { id }): Promise<{ feedback: number } | Refusal> {
    const { store, gh } = app;
    const pullRequest = store.pullRequests.find(id);
    if (pullRequest === null || pullRequest.nodeId === null) {
      return refuse('The pull request was not read yet.', 'Wait until it was.', 'not_found');
    }
    const read = await gh.readFeedback(pullRequest.host, pullRequest.nodeId);
    if (isRefusal(read)) return read;
    const said = withoutTakenBack(read.feedback);
    const { readings, unknown } = await trusted(app, pullRequest, said);
    record(app, pullRequest, readings, { whole: read.whole, isRead: unknown.length === 0 });
    if (unknown.length > 0) {
      const names = unknown.slice(0, 3).join(', ');
      return refuse(`GitHub did not say whether ${names} may push.`, undefined, 'environment');
    }
    return { feedback: readings.length };
  },
});

/** Pull requests on which somebody said something since it was read last. */
export function withUnreadFeedback({ store }: Pick<App, 'store'>): PullRequest[] {
  return store.pullRequests.open().filter(({ nodeId, feedbackMark, feedbackRead }) => {
    return nodeId !== null && feedbackMark !== null && feedbackMark !== feedbackRead;
  });
}

async function trusted(
  { store, gh, config }: App,
  { id, host, repository }: PullRequest,
  said: readonly SaidFeedback[],
): Promise<{ readings: FeedbackReading[]; unknown: string[] }> {
  const names = config.settings.github.trusted;
  const mayPush = new Map<string, boolean>();
  const unknown: string[] = [];
  for (const login of authorsToConfirm(said, names).slice(0, MAX_CONFIRMED)) {
    const may = await gh.mayPush(host, repository, login);
    if (may === null) unknown.push(login);
    else mayPush.set(login.toLowerCase(), may);
  }
  const replies = new Set(store.feedback.of(id).flatMap(({ replyId }) => replyId ?? []));
  const facts = { trusted: names, mayPush, replies };
  const readings = withoutStrangersQuotes(said.map((each) => withTrust(each, facts)));
  return { readings, unknown };
}

function record(
  { store, clock }: App,
  pullRequest: PullRequest,
  readings: readonly FeedbackReading[],
  { whole, isRead }: { whole: boolean; isRead: boolean },
): void {
  const { id, taskId, number, feedbackMark } = pullRequest;
  store.write(() => {
    if (store.pullRequests.find(id) === null) return;
    const before = store.feedback.of(id);
    const read = new Set(readings.map((each) => each.id));
    // What fell out of the end that was read is still there.
    const older = whole ? [] : before.filter((each) => !read.has(each.id));
    const known = new Map(before.map((each) => [each.id, each]));
    const news = readings.filter((each) => {
      const was = known.get(each.id);
      return (
        isUndecided({ ...each, decidedFor: was?.decidedFor ?? null }) &&
        newestStatement(each)?.id !== (was && newestStatement(was)?.id)
      );
    });
    const event = {
      kind: 'pull_request.feedback',
      source: 'supervisor' as const,
      at: clock.iso(),
      taskId,
      data: { number, count: news.length },
    };
    store.feedback.replace(id, [...older, ...readings], news.length === 0 ? null : event);
    // The mark from before the request: what was said meanwhile is read at the next one.
    if (isRead) store.pullRequests.update(id, { feedbackRead: feedbackMark }, null);
  });
}
