import { z } from 'zod';
import {
  type Check,
  type CheckRun,
  checkMeaning,
  latestRuns,
} from '#domain/pull-request/checks.ts';

/**
 * Contexts of a head commit that one request reads; more are seldom, and then only what is sure is
 * said.
 */
const CONTEXTS = 100;

/** What is read of the checks of a commit. */
export function rollupFields(without: ReadonlySet<string>): string {
  const event = without.has('event') ? '' : 'event ';
  return `statusCheckRollup { state
    contexts(first: ${CONTEXTS}) { totalCount nodes { __typename
      ... on CheckRun { databaseId name status conclusion startedAt detailsUrl permalink
        checkSuite { app { slug } workflowRun { databaseId ${event}workflow { name } } } }
      ... on StatusContext { context state createdAt targetUrl }
    } } }`;
}

const CHECK_RUN = z.object({
  __typename: z.literal('CheckRun'),
  databaseId: z.number().nullish(),
  name: z.string(),
  status: z.string(),
  conclusion: z.string().nullish(),
  startedAt: z.string().nullish(),
  detailsUrl: z.string().nullish(),
  permalink: z.string().nullish(),
  checkSuite: z
    .object({
      app: z.object({ slug: z.string() }).nullish(),
      workflowRun: z
        .object({
          databaseId: z.number().nullish(),
          event: z.string().nullish(),
          workflow: z.object({ name: z.string() }).nullish(),
        })
        .nullish(),
    })
    .nullish(),
});

const STATUS_CONTEXT = z.object({
  __typename: z.literal('StatusContext'),
  context: z.string(),
  state: z.string(),
  createdAt: z.string().nullish(),
  targetUrl: z.string().nullish(),
});

export const ROLLUP = z.object({
  state: z.string(),
  contexts: z
    .object({
      totalCount: z.number(),
      nodes: z.array(z.discriminatedUnion('__typename', [CHECK_RUN, STATUS_CONTEXT]).nullable()),
    })
    .nullable(),
});

/** The newest run of each check, and GitHub's word for all of them where not all were read; null when they are not readable. */
export function checksOf(
  rollup: z.infer<typeof ROLLUP>,
): { checks: Check[]; cutAt: string | null } | null {
  const { contexts, state } = rollup;
  if (contexts === null || contexts.nodes.includes(null)) return null;
  const read = contexts.nodes.filter((context) => context !== null);
  const complete = read.length >= contexts.totalCount;
  return { checks: latestRuns(read.map(toRun)), cutAt: complete ? null : state };
}

function toRun(context: z.infer<typeof CHECK_RUN> | z.infer<typeof STATUS_CONTEXT>): CheckRun {
  if (context.__typename === 'StatusContext') {
    return {
      key: ['status', context.context],
      name: context.context,
      workflow: null,
      state: context.state,
      meaning: checkMeaning(context.state),
      required: null,
      url: address(context.targetUrl),
      job: null,
      at: context.createdAt ?? null,
    };
  }
  const suite = context.checkSuite;
  const run = suite?.workflowRun ?? null;
  const workflow = run?.workflow?.name ?? null;
  const state = context.status === 'COMPLETED' ? (context.conclusion ?? '') : context.status;
  const app = suite?.app?.slug ?? '';
  const { databaseId } = context;
  return {
    key: [app, workflow ?? '', run?.event ?? '', context.name],
    name: context.name,
    workflow,
    state,
    meaning: checkMeaning(state),
    required: null,
    url: address(context.detailsUrl) ?? address(context.permalink),
    job:
      typeof databaseId === 'number' && app === 'github-actions'
        ? { id: databaseId, run: run?.databaseId ?? null }
        : null,
    at: context.startedAt ?? null,
  };
}

/** An address that a browser may be given; whoever reports a check chooses it. */
function address(url: string | null | undefined): string | null {
  return url !== null && url !== undefined && /^https?:\/\//.test(url) ? url : null;
}
