import { z } from 'zod';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { MergeReading } from '#domain/pull-request/merge.ts';
import type { MergeMethod } from '#domain/pull-request/pull-request.ts';
import { toRefusal, whyNoNode } from './failure.ts';
import { STATES } from './reading.ts';
import type { Ask } from './request.ts';
import { isFailure } from './response.ts';
import { CHILD_FIELDS, CHILDREN, toChildren } from './retarget.ts';

/** Fields that older servers lack; without them there is no queue, and nobody protects a branch that we know of. */
const OPTIONAL = {
  isInMergeQueue: 'isInMergeQueue',
  isMergeQueueEnabled: 'isMergeQueueEnabled',
  autoMergeRequest: 'autoMergeRequest { mergeMethod }',
  headRef: 'headRef { branchProtectionRule { id } }',
} as const;

const METHOD = z.enum(['MERGE', 'SQUASH', 'REBASE']);
const METHODS: Record<z.infer<typeof METHOD>, MergeMethod> = {
  MERGE: 'merge',
  SQUASH: 'squash',
  REBASE: 'rebase',
};

const NODE = z.object({
  id: z.string(),
  number: z.number().int(),
  title: z.string(),
  state: z.enum(['OPEN', 'MERGED', 'CLOSED']),
  isDraft: z.boolean(),
  baseRefName: z.string(),
  headRefName: z.string(),
  headRefOid: z.string(),
  mergeCommit: z.object({ oid: z.string() }).nullish(),
  mergedBy: z.object({ login: z.string() }).nullish(),
  commits: z.object({ totalCount: z.number().int() }),
  mergeable: z.string(),
  mergeStateStatus: z.string(),
  isCrossRepository: z.boolean(),
  autoMergeRequest: z.object({ mergeMethod: METHOD }).nullish(),
  isInMergeQueue: z.boolean().optional(),
  isMergeQueueEnabled: z.boolean().optional(),
  headRef: z.object({ branchProtectionRule: z.unknown() }).nullish(),
});

const REPOSITORY = z.object({
  isArchived: z.boolean(),
  viewerPermission: z.string().nullish(),
  deleteBranchOnMerge: z.boolean(),
  autoMergeAllowed: z.boolean(),
  squashMergeAllowed: z.boolean(),
  mergeCommitAllowed: z.boolean(),
  rebaseMergeAllowed: z.boolean(),
  viewerDefaultMergeMethod: METHOD.nullish(),
  defaultBranchRef: z.object({ name: z.string() }).nullish(),
  children: CHILDREN,
  heads: z.object({
    totalCount: z.number().int(),
    nodes: z.array(z.object({ number: z.number(), isCrossRepository: z.boolean() }).nullable()),
  }),
});

/** Which pull request, and the branch that it is of: who else builds on it is read along. */
export interface MergeRef {
  nodeId: string;
  repository: string;
  branch: string;
}

/** See `Gh.readMerge`. */
export async function readMerge(
  ask: Ask,
  host: string,
  ref: MergeRef,
): Promise<MergeReading | Refusal> {
  const without = new Set<string>();
  for (;;) {
    const [owner = '', name = ''] = ref.repository.split('/');
    const variables = { id: ref.nodeId, o: owner, n: name, b: ref.branch };
    const answer = await ask(host, mergeQuery(without), variables);
    if (isRefusal(answer)) return answer;
    if (!isFailure(answer)) {
      return (
        toMergeReading(answer.data) ??
        refuse(
          `The pull request could not be read: ${whyNoNode(answer.errors)}`,
          undefined,
          'environment',
        )
      );
    }
    const { kind } = answer;
    if (kind !== 'missing_field' || !(answer.field in OPTIONAL) || without.has(answer.field)) {
      return toRefusal(host, answer);
    }
    without.add(answer.field);
  }
}

function mergeQuery(without: ReadonlySet<string>): string {
  const optional = Object.entries(OPTIONAL)
    .filter(([name]) => !without.has(name))
    .map(([, field]) => field)
    .join(' ');
  return `query Merge($id: ID!, $o: String!, $n: String!, $b: String!) {
  rateLimit { cost remaining limit resetAt }
  node(id: $id) { ... on PullRequest {
    id number title state isDraft baseRefName headRefName headRefOid mergeCommit { oid } mergedBy { login }
    commits(first: 1) { totalCount } mergeable mergeStateStatus isCrossRepository ${optional}
  } }
  repository(owner: $o, name: $n) {
    isArchived viewerPermission deleteBranchOnMerge autoMergeAllowed squashMergeAllowed mergeCommitAllowed
    rebaseMergeAllowed viewerDefaultMergeMethod defaultBranchRef { name }
    children: pullRequests(baseRefName: $b, states: OPEN, first: 50) { totalCount nodes { ${CHILD_FIELDS} } }
    heads: pullRequests(headRefName: $b, states: OPEN, first: 20) { totalCount nodes { number isCrossRepository } }
  }
}`;
}

function toMergeReading(data: Readonly<Record<string, unknown>>): MergeReading | null {
  const node = NODE.safeParse(data.node);
  const repository = REPOSITORY.safeParse(data.repository);
  if (!node.success || !repository.success) return null;
  const pull = node.data;
  const { children, heads, ...rules } = repository.data;
  const allowed: [boolean, MergeMethod][] = [
    [rules.squashMergeAllowed, 'squash'],
    [rules.mergeCommitAllowed, 'merge'],
    [rules.rebaseMergeAllowed, 'rebase'],
  ];
  const open = pull.state === 'OPEN';
  const mergeState = pull.mergeStateStatus.toLowerCase();
  const auto = pull.autoMergeRequest?.mergeMethod;
  const whole = ({ totalCount, nodes }: { totalCount: number; nodes: unknown[] }): boolean =>
    totalCount <= nodes.length && !nodes.includes(null);
  return {
    nodeId: pull.id,
    number: pull.number,
    title: pull.title,
    state: STATES[pull.state],
    draft: pull.isDraft,
    base: pull.baseRefName,
    head: pull.headRefName,
    headCommit: pull.headRefOid,
    mergeCommit: pull.mergeCommit?.oid ?? null,
    mergedBy: pull.mergedBy?.login ?? null,
    commits: pull.commits.totalCount,
    mergeable: open ? (MERGEABLE[pull.mergeable] ?? null) : null,
    mergeState: open && mergeState !== 'unknown' ? mergeState : null,
    autoMerge: auto === undefined ? null : METHODS[auto],
    queued: pull.isInMergeQueue ?? false,
    queueNeeded: pull.isMergeQueueEnabled ?? false,
    fork: pull.isCrossRepository,
    headProtected: (pull.headRef?.branchProtectionRule ?? null) !== null,
    rules: {
      archived: rules.isArchived,
      permission: rules.viewerPermission?.toLowerCase() ?? null,
      methods: allowed.flatMap(([may, method]) => (may ? method : [])),
      defaultMethod:
        rules.viewerDefaultMergeMethod == null ? null : METHODS[rules.viewerDefaultMergeMethod],
      autoMerge: rules.autoMergeAllowed,
      deletesBranch: rules.deleteBranchOnMerge,
      defaultBranch: rules.defaultBranchRef?.name ?? null,
    },
    children: toChildren(children),
    sameHead: heads.nodes.flatMap((each) =>
      each === null || each.isCrossRepository || each.number === pull.number ? [] : each.number,
    ),
    incomplete: !whole(children) || !whole(heads),
  };
}

const MERGEABLE: Readonly<Record<string, 'mergeable' | 'conflicting'>> = {
  MERGEABLE: 'mergeable',
  CONFLICTING: 'conflicting',
};
