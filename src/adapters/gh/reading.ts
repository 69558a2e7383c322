import { z } from 'zod';
import { type CheckContext, checkVerdict, withoutChecks } from '#domain/pull-request/checks.ts';
import {
  MERGE_METHODS,
  type Mergeability,
  type MergeMethod,
  type PullRequestState,
} from '#domain/pull-request/pull-request.ts';
import type { PullRequestReading } from '#domain/pull-request/reading.ts';
import { CONVERSATION, CONVERSATION_FIELDS, conversationOf } from './conversation.ts';
import type { GraphqlError } from './response.ts';

/**
 * Contexts of a head commit that one request reads; more are seldom, and then only what is sure is
 * said.
 */
const CONTEXTS = 100;

/**
 * Fields that older servers lack. A request without them learns a little less instead of nothing.
 */
export const DROPPABLE = ['event', 'isInMergeQueue', 'autoMergeRequest'] as const;

/**
 * What is read of a pull request, as a GraphQL fragment named Reading. Seven connections: twenty
 * cost one point.
 */
export function readingFragment(without: ReadonlySet<string>): string {
  const event = without.has('event') ? '' : 'event ';
  const queue = without.has('isInMergeQueue') ? '' : 'isInMergeQueue ';
  const auto = without.has('autoMergeRequest') ? '' : 'autoMergeRequest { mergeMethod }';
  return `fragment Reading on PullRequest {
  id number url title state isDraft updatedAt baseRefName baseRefOid headRefName headRefOid
  mergeCommit { oid } mergedBy { login } mergeable mergeStateStatus ${queue}${auto}
  ${CONVERSATION_FIELDS}
  baseRepository {
    object(expression: "HEAD:.github/workflows") { id }
    defaultBranchRef { target { ... on Commit { statusCheckRollup { state } } } }
  }
  commits(last: 1) { nodes { commit { oid message statusCheckRollup { state
    contexts(first: ${CONTEXTS}) { totalCount nodes { __typename
      ... on CheckRun { name status conclusion startedAt
        checkSuite { app { slug } workflowRun { ${event}workflow { name } } } }
      ... on StatusContext { context state createdAt }
    } } } } } }
}`;
}

const CHECK_RUN = z.object({
  __typename: z.literal('CheckRun'),
  name: z.string(),
  status: z.string(),
  conclusion: z.string().nullish(),
  startedAt: z.string().nullish(),
  checkSuite: z
    .object({
      app: z.object({ slug: z.string() }).nullish(),
      workflowRun: z
        .object({ event: z.string().nullish(), workflow: z.object({ name: z.string() }).nullish() })
        .nullish(),
    })
    .nullish(),
});

const STATUS_CONTEXT = z.object({
  __typename: z.literal('StatusContext'),
  context: z.string(),
  state: z.string(),
  createdAt: z.string().nullish(),
});

const ROLLUP = z.object({
  state: z.string(),
  contexts: z
    .object({
      totalCount: z.number(),
      nodes: z.array(z.discriminatedUnion('__typename', [CHECK_RUN, STATUS_CONTEXT]).nullable()),
    })
    .nullable(),
});

const COMMIT = z.object({
  oid: z.string(),
  message: z.string(),
  statusCheckRollup: ROLLUP.nullish(),
});

const NODE = CONVERSATION.extend({
  id: z.string(),
  number: z.number().int(),
  url: z.string().regex(/^https?:\/\//),
  title: z.string().nullish(),
  state: z.enum(['OPEN', 'MERGED', 'CLOSED']),
  isDraft: z.boolean(),
  updatedAt: z.string(),
  baseRefName: z.string(),
  baseRefOid: z.string().nullish(),
  headRefName: z.string(),
  mergedBy: z.object({ login: z.string() }).nullish(),
  isInMergeQueue: z.boolean().nullish(),
  autoMergeRequest: z.object({ mergeMethod: z.string() }).nullish(),
  mergeCommit: z.object({ oid: z.string() }).nullish(),
  mergeable: z.string().nullish(),
  mergeStateStatus: z.string().nullish(),
  baseRepository: z
    .object({
      object: z.unknown(),
      defaultBranchRef: z
        .object({ target: z.object({ statusCheckRollup: z.unknown() }).nullish() })
        .nullish(),
    })
    .nullish(),
  commits: z.object({ nodes: z.array(z.object({ commit: COMMIT }).nullable()) }).nullish(),
});
type Node = z.infer<typeof NODE>;

export const STATES: Record<'OPEN' | 'MERGED' | 'CLOSED', PullRequestState> = {
  OPEN: 'open',
  MERGED: 'merged',
  CLOSED: 'closed',
};

/**
 * A pull request as GitHub told of it, or null when the answer has not the shape that was asked
 * for. `errors` are those about parts of it: what they name is unknown, all else stands. `now` in
 * milliseconds since 1970.
 */
export function toReading(
  value: unknown,
  errors: readonly GraphqlError[],
  now: number,
): PullRequestReading | null {
  const parsed = NODE.safeParse(value);
  if (!parsed.success) return null;
  const node = parsed.data;
  const unreadable = errors.some((error) => error.path?.includes('commits') === true);
  const checks = unreadable ? { verdict: null, failed: [] } : checksOf(node, now);
  const mergeState = node.mergeStateStatus?.toLowerCase() ?? 'unknown';
  return {
    nodeId: node.id,
    number: node.number,
    url: node.url,
    title: node.title ?? null,
    state: STATES[node.state],
    draft: node.isDraft,
    base: node.baseRefName,
    baseCommit: node.baseRefOid ?? null,
    head: node.headRefName,
    headCommit: node.headRefOid,
    mergeCommit: node.mergeCommit?.oid ?? null,
    mergedBy: node.mergedBy?.login ?? null,
    checks: checks.verdict,
    checksNote: null,
    checkRuns: [],
    failedChecks: checks.failed,
    ...conversationOf(node),
    mergeable: mergeabilityOf(node),
    mergeState: node.state !== 'OPEN' || mergeState === 'unknown' ? null : mergeState,
    autoMerge: methodOf(node),
    queued: node.isInMergeQueue ?? false,
  };
}

/**
 * Merged and closed pull requests say UNKNOWN for ever; for an open one it means "asked, not
 * answered yet".
 */
function mergeabilityOf(node: Node): Mergeability | null {
  if (node.state !== 'OPEN') return null;
  if (node.mergeable === 'MERGEABLE') return 'mergeable';
  return node.mergeable === 'CONFLICTING' ? 'conflicting' : null;
}

function methodOf({ autoMergeRequest }: Node): MergeMethod | null {
  const method = autoMergeRequest?.mergeMethod.toLowerCase();
  return MERGE_METHODS.find((each) => each === method) ?? null;
}

function checksOf(node: Node, now: number): ReturnType<typeof checkVerdict> {
  const unknown = { verdict: null, failed: [] };
  const commit = node.commits?.nodes[0]?.commit;
  // Right after a push the two parts of one answer may speak of different commits.
  if (commit === undefined || commit.oid !== node.headRefOid) return unknown;
  const rollup = commit.statusCheckRollup ?? null;
  if (rollup === null) {
    const verdict = withoutChecks({
      open: node.state === 'OPEN',
      mergeable: mergeabilityOf(node),
      mergeState: node.mergeStateStatus?.toLowerCase() ?? null,
      message: commit.message,
      runsChecks: runsChecks(node),
      quietMs: now - Date.parse(node.updatedAt),
    });
    return { verdict, failed: [] };
  }
  const { contexts } = rollup;
  if (contexts === null || contexts.nodes.includes(null)) return unknown;
  const read = contexts.nodes.filter((context) => context !== null).map(toContext);
  const complete = read.length >= contexts.totalCount;
  return checkVerdict(read, complete ? null : rollup.state, mergeabilityOf(node));
}

/** Whether anything suggests that the repository runs checks; unreadable counts as yes. */
function runsChecks(node: Node): boolean {
  const repository = node.baseRepository ?? null;
  if (repository === null) return true;
  const workflows = repository.object ?? null;
  const rollup = repository.defaultBranchRef?.target?.statusCheckRollup ?? null;
  return workflows !== null || rollup !== null;
}

function toContext(
  context: z.infer<typeof CHECK_RUN> | z.infer<typeof STATUS_CONTEXT>,
): CheckContext {
  if (context.__typename === 'StatusContext') {
    return {
      key: ['status', context.context],
      name: context.context,
      state: context.state,
      at: context.createdAt ?? null,
    };
  }
  const suite = context.checkSuite;
  const run = suite?.workflowRun;
  return {
    key: [suite?.app?.slug ?? '', run?.workflow?.name ?? '', run?.event ?? '', context.name],
    name: context.name,
    state: context.status === 'COMPLETED' ? (context.conclusion ?? '') : context.status,
    at: context.startedAt ?? null,
  };
}
