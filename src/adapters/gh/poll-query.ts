import { readLogin } from './budget.ts';
import { whyNoNode } from './failure.ts';
import type { PullRequestRef, Readings } from './gh.ts';
import { type Draft, readingFragment, toReading } from './reading.ts';
import type { Ask } from './request.ts';
import type { Answer, GraphqlError } from './response.ts';

/** A query and its variables. No text from outside is part of the query. */
export interface Query {
  query: string;
  variables: Record<string, unknown>;
}

export function send(ask: Ask, host: string, { query, variables }: Query): ReturnType<Ask> {
  return ask(host, query, variables);
}

/**
 * One request for all: by node id where it is known, else by repository and number under an alias
 * each.
 */
export function pollQuery(refs: readonly PullRequestRef[], without: ReadonlySet<string>): Query {
  const { pinned, named } = split(refs);
  const variables: Record<string, unknown> = {};
  const declared: string[] = [];
  const fields: string[] = [];
  if (pinned.length > 0) {
    declared.push('$ids: [ID!]!');
    variables.ids = pinned.map((ref) => ref.nodeId);
    fields.push('nodes(ids: $ids) { __typename ...Reading }');
  }
  named.forEach((ref, index) => {
    const [owner = '', name = ''] = ref.repository.split('/');
    declared.push(`$o${index}: String!, $n${index}: String!, $p${index}: Int!`);
    Object.assign(variables, {
      [`o${index}`]: owner,
      [`n${index}`]: name,
      [`p${index}`]: ref.number,
    });
    fields.push(
      `r${index}: repository(owner: $o${index}, name: $n${index}) { pullRequest(number: $p${index}) { __typename ...Reading } }`,
    );
  });
  const query = `query Poll(${declared.join(', ')}) {
  rateLimit { cost remaining limit resetAt }
  viewer { login }
  ${fields.join('\n  ')}
}
${readingFragment(without)}`;
  return { query, variables };
}

/** What an answer to pollQuery tells of each of the refs. */
export function readPollAnswer(
  refs: readonly PullRequestRef[],
  answer: Answer,
  now: number,
): Readings<Draft> {
  const { pinned, named } = split(refs);
  const readings: Readings<Draft> = {
    found: new Map(),
    failed: new Map(),
    login: readLogin(answer),
  };
  const nodes = Array.isArray(answer.data.nodes) ? (answer.data.nodes as unknown[]) : [];
  const add = (ref: PullRequestRef, value: unknown, errors: readonly GraphqlError[]): void => {
    if (value === null || value === undefined) {
      readings.failed.set(ref.key, whyNoNode(errors));
      return;
    }
    const reading = toReading(value, errors, ref.known ?? null, now);
    if (reading === null) readings.failed.set(ref.key, 'GitHub told of it in an unknown form.');
    else readings.found.set(ref.key, reading);
  };
  pinned.forEach((ref, index) => {
    // An error about the whole list is one about each of it.
    const errors = answer.errors.filter(
      ({ path }) => path?.[0] === 'nodes' && (path[1] === index || path[1] === undefined),
    );
    add(ref, nodes[index], errors);
  });
  named.forEach((ref, index) => {
    const errors = answer.errors.filter((error) => error.path?.[0] === `r${index}`);
    const repository = answer.data[`r${index}`] as { pullRequest?: unknown } | null | undefined;
    add(ref, repository?.pullRequest, errors);
  });
  return readings;
}

function split(refs: readonly PullRequestRef[]): {
  pinned: PullRequestRef[];
  named: PullRequestRef[];
} {
  return {
    pinned: refs.filter((ref) => ref.nodeId !== null),
    named: refs.filter((ref) => ref.nodeId === null),
  };
}
