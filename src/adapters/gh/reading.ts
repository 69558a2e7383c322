import { z } from 'zod';
import {
  type Check,
  checkVerdict,
  type Judgement,
  withKnown,
  withoutChecks,
  withRequired,
} from '#domain/pull-request/checks.ts';
import {
  MERGE_METHODS,
  type Mergeability,
  type MergeMethod,
  type PullRequestState,
} from '#domain/pull-request/pull-request.ts';
import type { PullRequestReading } from '#domain/pull-request/reading.ts';
import { checksOf, ROLLUP, rollupFields } from './check-contexts.ts';
import { CONVERSATION, CONVERSATION_FIELDS, conversationOf } from './conversation.ts';
import type { KnownHead } from './gh.ts';
import type { GraphqlError } from './response.ts';

/**
 * Fields that older servers lack. A request without them learns a little less instead of nothing.
 */
export const DROPPABLE = ['event', 'isInMergeQueue', 'autoMergeRequest'] as const;

/**
 * What is read of a pull request, as a GraphQL fragment named Reading. Seven connections: twenty
 * cost one point.
 */
export function readingFragment(without: ReadonlySet<string>): string {
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
  commits(last: 1) { nodes { commit { oid message ${rollupFields(without)} } } }
}`;
}

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

/** A reading, and the same one once it is known which of its checks are required. */
export interface Draft {
  reading: PullRequestReading;
  judged(required: ReadonlyMap<string, boolean>): PullRequestReading;
}

/**
 * A pull request as GitHub told of it, or null when the answer has not the shape that was asked
 * for. `errors` are those about parts of it: what they name is unknown, all else stands. `now` in
 * milliseconds since 1970.
 */
export function toReading(
  value: unknown,
  errors: readonly GraphqlError[],
  known: KnownHead | null,
  now: number,
): Draft | null {
  const parsed = NODE.safeParse(value);
  if (!parsed.success) return null;
  const node = parsed.data;
  const same = known !== null && known.headCommit === node.headRefOid ? known : null;
  const seenMs = same === null ? 0 : Math.max(0, now - Date.parse(same.headSeenAt));
  const unreadable = errors.some((error) => error.path?.includes('commits') === true);
  const read = unreadable ? null : readChecks(node);
  const judge = (checks: readonly Check[]): Judgement => {
    if (read === null) return { verdict: null, note: null };
    if (read === 'none') return withoutChecks(emptyHead(node, seenMs));
    const { cutAt } = read;
    const mergeable = mergeabilityOf(node);
    return checkVerdict(checks, { cutAt, mergeable, mergeState: mergeStateOf(node), seenMs });
  };
  const basis = basisOf(node);
  const complete = (checkRuns: Check[]): PullRequestReading => {
    const { verdict, note } = judge(checkRuns);
    return { ...basis, checks: verdict, checksNote: note, checkRuns };
  };
  const checks = read === null || read === 'none' ? [] : read.checks;
  const asKnown = withKnown(checks, new Map(same?.required));
  return {
    reading: complete(asKnown),
    judged: (required) => complete(withRequired(asKnown, required)),
  };
}

/** All but the checks. */
function basisOf(node: Node): Omit<PullRequestReading, 'checks' | 'checksNote' | 'checkRuns'> {
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
    ...conversationOf(node),
    mergeable: mergeabilityOf(node),
    mergeState: mergeStateOf(node),
    autoMerge: methodOf(node),
    queued: node.isInMergeQueue ?? false,
  };
}

function mergeStateOf(node: Node): string | null {
  const state = node.mergeStateStatus?.toLowerCase() ?? 'unknown';
  return node.state !== 'OPEN' || state === 'unknown' ? null : state;
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

/** What was read of the checks: nothing that can be relied on, that there are none, or them. */
function readChecks(node: Node): ReturnType<typeof checksOf> | 'none' {
  const commit = node.commits?.nodes[0]?.commit;
  // Right after a push the two parts of one answer may speak of different commits.
  if (commit === undefined || commit.oid !== node.headRefOid) return null;
  const rollup = commit.statusCheckRollup ?? null;
  return rollup === null ? 'none' : checksOf(rollup);
}

function emptyHead(node: Node, seenMs: number): Parameters<typeof withoutChecks>[0] {
  return {
    open: node.state === 'OPEN',
    mergeable: mergeabilityOf(node),
    mergeState: mergeStateOf(node),
    reviewMissing:
      node.reviewDecision === 'REVIEW_REQUIRED' || node.reviewDecision === 'CHANGES_REQUESTED',
    message: node.commits?.nodes[0]?.commit.message ?? '',
    runsChecks: runsChecks(node),
    seenMs,
  };
}

/** Whether anything suggests that the repository runs checks; unreadable counts as yes. */
function runsChecks(node: Node): boolean {
  const repository = node.baseRepository ?? null;
  if (repository === null) return true;
  const workflows = repository.object ?? null;
  const rollup = repository.defaultBranchRef?.target?.statusCheckRollup ?? null;
  return workflows !== null || rollup !== null;
}
