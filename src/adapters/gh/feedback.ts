import { z } from 'zod';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { SaidFeedback, SaidStatement } from '#domain/pull-request/trust.ts';
import { toRefusal, whyNoNode } from './failure.ts';
import type { Ask } from './request.ts';
import { type Answer, isFailure } from './response.ts';
import { createUnknownFields } from './unknown-fields.ts';

/** What people said on a pull request. */
export interface FeedbackRead {
  feedback: SaidFeedback[];
  /** Whether that is everything; of a long conversation only its end is read. */
  whole: boolean;
}

/** Reads what people said on one pull request, by its node id. A refusal means that nothing was learned. */
export type ReadFeedback = (host: string, nodeId: string) => Promise<FeedbackRead | Refusal>;

/** What a long conversation is read from its end: threads, comments of one, comments, reviews. About a point of the hourly budget. */
const LAST = { threads: 50, replies: 10, comments: 30, reviews: 20 };
/** A text that is longer is cut: GitHub's own limit is 65,536 characters. */
const MAX_TEXT = 20_000;
/** Fields that a server may lack; without them it is not known that a text was edited, or less sure. */
const DROPPABLE = ['lastEditedAt', 'includesCreatedEdit', 'isMinimized'] as const;

function detailQuery(without: ReadonlySet<string>): string {
  const own = DROPPABLE.filter((field) => !without.has(field)).join(' ');
  const common = `id body ${own} authorAssociation viewerDidAuthor url author { __typename login }`;
  return `query Feedback($id: ID!) {
  rateLimit { cost remaining limit resetAt }
  node(id: $id) { ... on PullRequest {
    reviewThreads(last: ${LAST.threads}) { totalCount nodes { id isResolved isOutdated path line originalLine
      comments(last: ${LAST.replies}) { nodes { ${common} createdAt pullRequestReview { state } } } } }
    comments(last: ${LAST.comments}) { totalCount nodes { ${common} createdAt } }
    reviews(last: ${LAST.reviews}) { totalCount nodes { ${common} state submittedAt authorCanPushToRepository } }
  } }
}`;
}

const SAID = z.object({
  id: z.string(),
  body: z.string(),
  lastEditedAt: z.string().nullish(),
  includesCreatedEdit: z.boolean().nullish(),
  isMinimized: z.boolean().nullish(),
  authorAssociation: z.string(),
  viewerDidAuthor: z.boolean(),
  url: z.string().nullish(),
  author: z.object({ __typename: z.string(), login: z.string() }).nullish(),
});

const COMMENT = SAID.extend({ createdAt: z.string() });
const REPLY = COMMENT.extend({ pullRequestReview: z.object({ state: z.string() }).nullish() });

const THREAD = z.object({
  id: z.string(),
  isResolved: z.boolean(),
  isOutdated: z.boolean(),
  path: z.string(),
  line: z.number().nullish(),
  originalLine: z.number().nullish(),
  comments: z.object({ nodes: z.array(REPLY.nullable()) }),
});

const REVIEW = SAID.extend({
  state: z.string(),
  submittedAt: z.string().nullish(),
  authorCanPushToRepository: z.boolean(),
});

const list = <T extends z.ZodType>(node: T) =>
  z.object({ totalCount: z.number(), nodes: z.array(node.nullable()) });
const NODE = z.object({
  reviewThreads: list(THREAD),
  comments: list(COMMENT),
  reviews: list(REVIEW).nullish(),
});
type Node = z.infer<typeof NODE>;

/** Returns the reader; it remembers which fields a host does not know. */
export function createReadFeedback(ask: Ask, now: () => number): ReadFeedback {
  const unknownFields = createUnknownFields(now);
  return async (host, nodeId) => {
    for (;;) {
      const without = unknownFields.without(host);
      const answer = await ask(host, detailQuery(without), { id: nodeId });
      if (isRefusal(answer)) return answer;
      if (!isFailure(answer)) return readAnswer(answer);
      const field =
        answer.kind === 'missing_field' ? DROPPABLE.find((each) => each === answer.field) : null;
      if (field == null || without.has(field)) return toRefusal(host, answer);
      unknownFields.add(host, field);
    }
  };
}

/** A part that could not be read makes the whole unread: what is missing would look as if it had been taken back. */
function readAnswer({ data, errors }: Answer): FeedbackRead | Refusal {
  const parsed = NODE.safeParse(data.node);
  if (!parsed.success || errors.length > 0) {
    const reason = data.node == null || errors.length > 0 ? whyNoNode(errors) : null;
    return refuse(
      `What was said on the pull request could not be read: ${reason ?? 'GitHub told of it in an unknown form.'}`,
      'It is asked again later.',
      'environment',
    );
  }
  const node = parsed.data;
  const parts = [node.reviewThreads, node.comments, node.reviews ?? { totalCount: 0, nodes: [] }];
  return {
    feedback: [...threads(node), ...comments(node), ...reviews(node)],
    whole: parts.every(({ totalCount, nodes }) => nodes.length >= totalCount),
  };
}

function threads({ reviewThreads }: Node): SaidFeedback[] {
  return reviewThreads.nodes.flatMap((thread): SaidFeedback[] => {
    if (thread === null) return [];
    const statements = thread.comments.nodes
      .filter((each) => each !== null)
      // A draft of the person's own, which nobody else sees yet.
      .filter((each) => each.pullRequestReview?.state !== 'PENDING' && each.isMinimized !== true)
      .map((each) => statement(each, each.createdAt, null));
    const [first] = statements;
    if (first === undefined) return [];
    return [
      {
        ...BARE,
        id: thread.id,
        kind: 'thread',
        statements,
        path: thread.path,
        line: thread.line ?? thread.originalLine ?? null,
        url: first.url,
        resolved: thread.isResolved,
        outdated: thread.isOutdated,
      },
    ];
  });
}

function comments({ comments: { nodes } }: Node): SaidFeedback[] {
  return nodes.flatMap((each): SaidFeedback[] => {
    if (each === null || each.isMinimized === true) return [];
    const said = statement(each, each.createdAt, null);
    return [{ ...BARE, id: each.id, kind: 'comment', statements: [said], url: said.url }];
  });
}

function reviews({ reviews: found }: Node): SaidFeedback[] {
  return (found?.nodes ?? []).flatMap((each): SaidFeedback[] => {
    if (each === null || each.state === 'PENDING' || each.isMinimized === true) return [];
    const state = each.state.toLowerCase();
    // The frame of a comment in a thread, which is read there.
    if (each.body.trim() === '' && state === 'commented') return [];
    const said = statement(each, each.submittedAt ?? '', each.authorCanPushToRepository);
    return [{ ...BARE, id: each.id, kind: 'review', statements: [said], state, url: said.url }];
  });
}

const BARE = {
  state: null,
  path: null,
  line: null,
  resolved: false,
  outdated: false,
} satisfies Partial<SaidFeedback>;

function statement(said: z.infer<typeof SAID>, at: string, canPush: boolean | null): SaidStatement {
  const { author } = said;
  return {
    id: said.id,
    author: author?.login ?? null,
    bot: author?.__typename === 'Bot',
    body: said.body.length > MAX_TEXT ? `${said.body.slice(0, MAX_TEXT)}…` : said.body,
    at,
    edited: said.lastEditedAt != null || said.includesCreatedEdit === true,
    url: said.url ?? null,
    association: said.authorAssociation,
    canPush,
    viewer: said.viewerDidAuthor,
  };
}
