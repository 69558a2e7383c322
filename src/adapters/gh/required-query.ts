import { z } from 'zod';
import { checkKey } from '#domain/pull-request/checks.ts';
import type { Readings } from './gh.ts';
import type { Query } from './poll-query.ts';
import type { Answer } from './response.ts';

/** Whose checks are asked about: the caller's key and GitHub's id of the pull request. */
export interface RequiredRef {
  key: number;
  nodeId: string;
}

/**
 * Which checks the base branches require, for up to twenty pull requests in one request of one
 * point. It cannot ride in the poll: whether a check is required is a question about one pull
 * request that has to be named.
 */
export function requiredQuery(refs: readonly RequiredRef[]): Query {
  const variables = Object.fromEntries(refs.map(({ nodeId }, index) => [`i${index}`, nodeId]));
  const fields = refs.map(
    (_, index) => `q${index}: node(id: $i${index}) { ... on PullRequest {
    commits(last: 1) { nodes { commit { statusCheckRollup { contexts(first: 100) { nodes { __typename
      ... on CheckRun { name isRequired(pullRequestId: $i${index}) checkSuite { workflowRun { workflow { name } } } }
      ... on StatusContext { context isRequired(pullRequestId: $i${index}) }
    } } } } } } } }`,
  );
  const declared = refs.map((_, index) => `$i${index}: ID!`).join(', ');
  const query = `query Required(${declared}) {
  rateLimit { cost remaining limit resetAt }
  ${fields.join('\n  ')}
}`;
  return { query, variables };
}

const CHECK_RUN = z.object({
  __typename: z.literal('CheckRun'),
  name: z.string(),
  isRequired: z.boolean(),
  checkSuite: z
    .object({
      workflowRun: z.object({ workflow: z.object({ name: z.string() }).nullish() }).nullish(),
    })
    .nullish(),
});
const STATUS_CONTEXT = z.object({
  __typename: z.literal('StatusContext'),
  context: z.string(),
  isRequired: z.boolean(),
});
const NODE = z.object({
  commits: z.object({
    nodes: z.array(
      z.object({
        commit: z.object({
          statusCheckRollup: z
            .object({
              contexts: z.object({
                nodes: z.array(
                  z.discriminatedUnion('__typename', [CHECK_RUN, STATUS_CONTEXT]).nullable(),
                ),
              }),
            })
            .nullish(),
        }),
      }),
    ),
  }),
});

/** Which checks are required, by checkKey, of each pull request that was answered. */
export function readRequiredAnswer(
  refs: readonly RequiredRef[],
  answer: Answer,
): Readings<ReadonlyMap<string, boolean>> {
  const found = new Map<number, ReadonlyMap<string, boolean>>();
  refs.forEach(({ key }, index) => {
    const parsed = NODE.safeParse(answer.data[`q${index}`]);
    if (!parsed.success) return;
    const [first] = parsed.data.commits.nodes;
    const contexts = first?.commit.statusCheckRollup?.contexts.nodes ?? [];
    const named = contexts
      .filter((context) => context !== null)
      .map((context): [string, boolean] =>
        context.__typename === 'CheckRun'
          ? [
              checkKey({
                name: context.name,
                workflow: context.checkSuite?.workflowRun?.workflow?.name ?? null,
              }),
              context.isRequired,
            ]
          : [checkKey({ name: context.context, workflow: null }), context.isRequired],
      );
    found.set(key, new Map(named));
  });
  return { found, failed: new Map() };
}
