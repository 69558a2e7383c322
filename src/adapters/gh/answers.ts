import { z } from 'zod';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import { toRefusal, whyNoNode } from './failure.ts';
import type { Ask } from './request.ts';
import { isFailure } from './response.ts';
import type { Write, Written } from './write.ts';

/** A comment that the user wrote. */
interface OwnComment {
  id: string;
  body: string;
}

/** What was answered so far on a pull request, and what may be. */
export interface Conversation {
  /** The user holds a review that was not submitted: GitHub would hide replies in it. */
  pendingReview: boolean;
  /** The user's newest comments outside of threads. */
  own: OwnComment[];
  /** By id; one that is gone is absent. */
  threads: Map<
    string,
    { own: OwnComment[]; resolved: boolean; canReply: boolean; canResolve: boolean }
  >;
}

/** A comment that was written, by the id that GitHub gave it. */
interface Reply {
  outcome: 'done';
  id: string;
}

type NotDone = Exclude<Written, { outcome: 'done' }>;

/** What the review loop reads and writes: replies in threads, comments, and that a thread is resolved. */
export interface Answers {
  /** One request: which answers of ours are there, and what GitHub lets us do. */
  readConversation(
    host: string,
    of: { pullRequest: string; threads: readonly string[] },
  ): Promise<Conversation | Refusal>;
  /** Replies in a review thread. `unsure`: look with readConversation before it is written again. */
  replyToThread(host: string, thread: string, body: string): Promise<Reply | NotDone>;
  /** Writes below a pull request. `unsure`: look with readConversation before it is written again. */
  comment(host: string, pullRequest: string, body: string): Promise<Reply | NotDone>;
  /** Resolves a review thread; one that is resolved is fine. */
  resolveThread(host: string, thread: string): Promise<{ outcome: 'done' } | NotDone>;
}

/** Newest comments of the pull request, and of each thread, among which an earlier answer is looked for. */
const COMMENTS = 50;
const REPLIES = 20;

const REPLY = z.object({ id: z.string(), body: z.string(), viewerDidAuthor: z.boolean() });
const REPLIES_OF = z.object({ nodes: z.array(REPLY.nullable()) });

const PULL_REQUEST = z.object({
  reviews: z.object({ totalCount: z.number().int() }).nullable(),
  comments: REPLIES_OF,
});

const THREAD = z.object({
  id: z.string(),
  isResolved: z.boolean(),
  viewerCanReply: z.boolean(),
  viewerCanResolve: z.boolean(),
  comments: REPLIES_OF,
});

/** Reviews that are pending are shown to nobody but their author: one that is there is the user's own. */
const QUERY = `query Conversation($pullRequest: ID!, $threads: [ID!]!) {
  rateLimit { cost remaining limit resetAt }
  node(id: $pullRequest) { ... on PullRequest {
    reviews(states: [PENDING], first: 1) { totalCount }
    comments(last: ${COMMENTS}) { nodes { id body viewerDidAuthor } }
  } }
  nodes(ids: $threads) { ... on PullRequestReviewThread {
    id isResolved viewerCanReply viewerCanResolve
    comments(last: ${REPLIES}) { nodes { id body viewerDidAuthor } }
  } }
}`;

const REPLY_TO_THREAD = `mutation Reply($thread: ID!, $body: String!) {
  addPullRequestReviewThreadReply(input: { pullRequestReviewThreadId: $thread, body: $body }) { comment { id } }
}`;
const COMMENT = `mutation Comment($subject: ID!, $body: String!) {
  addComment(input: { subjectId: $subject, body: $body }) { commentEdge { node { id } } }
}`;
const RESOLVE = `mutation Resolve($thread: ID!) {
  resolveReviewThread(input: { threadId: $thread }) { thread { id isResolved } }
}`;

const REPLIED = z.object({ comment: z.object({ id: z.string() }) });
const COMMENTED = z.object({ commentEdge: z.object({ node: z.object({ id: z.string() }) }) });

/** Returns the part of the adapter that answers reviewers. */
export function createAnswers(ask: Ask, write: Write): Answers {
  return {
    async readConversation(host, { pullRequest, threads }) {
      const answer = await ask(host, QUERY, { pullRequest, threads });
      if (isRefusal(answer)) return answer;
      if (isFailure(answer)) return toRefusal(host, answer);
      const found = PULL_REQUEST.safeParse(answer.data.node);
      if (!found.success) return refuse(whyNoNode(answer.errors), undefined, 'environment');
      return toConversation(found.data, answer.data.nodes);
    },
    async replyToThread(host, thread, body) {
      const written = await write(host, REPLY_TO_THREAD, { thread, body });
      return written.outcome === 'done'
        ? toReply(REPLIED.safeParse(written.data).data?.comment)
        : written;
    },
    async comment(host, subject, body) {
      const written = await write(host, COMMENT, { subject, body });
      return written.outcome === 'done'
        ? toReply(COMMENTED.safeParse(written.data).data?.commentEdge.node)
        : written;
    },
    async resolveThread(host, thread) {
      const written = await write(host, RESOLVE, { thread });
      return written.outcome === 'done' ? { outcome: 'done' } : written;
    },
  };
}

/** Without its id it is not known which comment it became: what was written is looked for before anything is written again. */
function toReply(node: { id: string } | undefined): Reply | { outcome: 'unsure'; why: Refusal } {
  if (node !== undefined) return { outcome: 'done', id: node.id };
  return { outcome: 'unsure', why: refuse('GitHub did not say which comment it made.') };
}

function toConversation(
  { reviews, comments }: z.infer<typeof PULL_REQUEST>,
  nodes: unknown,
): Conversation {
  const threads: Conversation['threads'] = new Map();
  for (const node of Array.isArray(nodes) ? nodes : []) {
    const thread = THREAD.safeParse(node).data;
    if (thread === undefined) continue;
    threads.set(thread.id, {
      own: own(thread.comments),
      resolved: thread.isResolved,
      canReply: thread.viewerCanReply,
      canResolve: thread.viewerCanResolve,
    });
  }
  return { pendingReview: (reviews?.totalCount ?? 0) > 0, own: own(comments), threads };
}

/** What others wrote is left out: anybody can copy a mark. */
function own({ nodes }: z.infer<typeof REPLIES_OF>): { id: string; body: string }[] {
  return nodes.flatMap((node) =>
    node?.viewerDidAuthor === true ? [{ id: node.id, body: node.body }] : [],
  );
}
