import { z } from 'zod';
import type { PullRequestReading } from '#domain/pull-request/reading.ts';
import { whyNoNode } from './failure.ts';
import type { BranchRef, Readings } from './gh.ts';
import type { Query } from './poll-query.ts';
import { STATES } from './reading.ts';
import type { Answer } from './response.ts';

/**
 * Newest pull requests of a branch name that are looked at; forks' branches of the same name are
 * among them.
 */
const CANDIDATES = 20;

const CANDIDATE = z.object({
  id: z.string(),
  number: z.number().int(),
  url: z.string().regex(/^https?:\/\//),
  state: z.enum(['OPEN', 'MERGED', 'CLOSED']),
  isDraft: z.boolean(),
  createdAt: z.string(),
  baseRefName: z.string(),
  headRefName: z.string(),
  headRefOid: z.string(),
  isCrossRepository: z.boolean(),
  headRepositoryOwner: z.object({ login: z.string() }).nullish(),
  mergeCommit: z.object({ oid: z.string() }).nullish(),
});
export type Candidate = z.infer<typeof CANDIDATE>;

const REPOSITORY = z.object({
  owner: z.object({ login: z.string() }),
  pullRequests: z.object({ nodes: z.array(CANDIDATE.nullable()) }),
});

/**
 * One request for up to ten branches, of one connection each: one point. Checks, reviews and
 * mergeability are left to the poll, which reads twenty at the same price.
 */
export function findQuery(refs: readonly BranchRef[]): Query {
  const variables: Record<string, unknown> = {};
  refs.forEach((ref, index) => {
    const [owner = '', name = ''] = ref.repository.split('/');
    variables[`o${index}`] = owner;
    variables[`n${index}`] = name;
    variables[`b${index}`] = ref.branch;
  });
  const declared = refs.map(
    (_, index) => `$o${index}: String!, $n${index}: String!, $b${index}: String!`,
  );
  const fields = refs.map(
    (_, index) =>
      `f${index}: repository(owner: $o${index}, name: $n${index}) { owner { login } pullRequests(headRefName: $b${index}, first: ${CANDIDATES}, orderBy: { field: CREATED_AT, direction: DESC }) { nodes { ...Candidate } } }`,
  );
  const query = `query Find(${declared.join(', ')}) {
  rateLimit { cost remaining limit resetAt }
  ${fields.join('\n  ')}
}
fragment Candidate on PullRequest {
  id number url state isDraft createdAt baseRefName headRefName headRefOid
  isCrossRepository headRepositoryOwner { login } mergeCommit { oid }
}`;
  return { query, variables };
}

/** What an answer to findQuery tells of each branch: its pull request, null for none. */
export function readFindAnswer(
  refs: readonly BranchRef[],
  answer: Answer,
): Readings<PullRequestReading | null> {
  const readings: Readings<PullRequestReading | null> = {
    found: new Map(),
    failed: new Map(),
  };
  refs.forEach((ref, index) => {
    const errors = answer.errors.filter((error) => error.path?.[0] === `f${index}`);
    const value = answer.data[`f${index}`];
    const parsed = REPOSITORY.safeParse(value);
    // A list with holes may lack the very one that is looked for.
    if (!parsed.success || parsed.data.pullRequests.nodes.includes(null)) {
      const reason =
        value === null || value === undefined || errors.length > 0
          ? whyNoNode(errors)
          : 'GitHub told of it in an unknown form.';
      readings.failed.set(ref.key, reason);
      return;
    }
    const candidates = parsed.data.pullRequests.nodes.filter((node) => node !== null);
    const chosen = choose(ref, parsed.data.owner.login, candidates);
    readings.found.set(ref.key, chosen === null ? null : toReading(chosen));
  });
  return readings;
}

/**
 * Which of the pull requests of a branch name is this branch's. Only one whose head lies in the
 * same repository counts: a fork's branch may have the same name. One that is older than `since` is
 * of an earlier use of the name, unless it is open and shows our very commit. Open ones come first;
 * among them the one that is followed already, our commit, then the expected base, then the newest. A merged or closed one must show
 * our commit, else there is work that it does not hold.
 */
export function choose(
  ref: BranchRef,
  owner: string,
  candidates: readonly Candidate[],
): Candidate | null {
  const ours = (one: Candidate): boolean => ref.commit !== null && one.headRefOid === ref.commit;
  const since = Date.parse(ref.since);
  const fitting = candidates.filter((one) => {
    const login = one.headRepositoryOwner?.login ?? null;
    if (one.isCrossRepository || one.headRefName !== ref.branch) return false;
    if (login?.toLowerCase() !== owner.toLowerCase()) return false;
    const recent = Date.parse(one.createdAt) >= since;
    return one.state === 'OPEN' ? recent || ours(one) : recent && ours(one);
  });
  const rank = (one: Candidate): number =>
    (one.state === 'OPEN' ? 8 : 0) +
    (one.id === ref.pinned ? 4 : 0) +
    (ours(one) ? 2 : 0) +
    (ref.base !== null && one.baseRefName === ref.base ? 1 : 0);
  const sorted = fitting.toSorted(
    (a, b) => rank(b) - rank(a) || Date.parse(b.createdAt) - Date.parse(a.createdAt),
  );
  return sorted[0] ?? null;
}

function toReading(one: Candidate): PullRequestReading {
  return {
    nodeId: one.id,
    number: one.number,
    url: one.url,
    title: null,
    state: STATES[one.state],
    draft: one.isDraft,
    base: one.baseRefName,
    baseCommit: null,
    head: one.headRefName,
    headCommit: one.headRefOid,
    mergeCommit: one.mergeCommit?.oid ?? null,
    mergedBy: null,
    checks: null,
    checksNote: null,
    checkRuns: [],
    review: null,
    approvedBy: [],
    changesRequestedBy: [],
    reviewRequests: null,
    unresolvedThreads: null,
    feedbackMark: null,
    mergeable: null,
    mergeState: null,
    autoMerge: null,
    queued: false,
  };
}
