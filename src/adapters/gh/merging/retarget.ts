import { z } from 'zod';
import { toRefusal, whyNoNode } from '#adapters/gh/failure.ts';
import type { Ask } from '#adapters/gh/request.ts';
import { isFailure } from '#adapters/gh/response.ts';
import type { Write, Written } from '#adapters/gh/write.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { ChildPullRequest } from '#domain/pull-request/merge.ts';

/** More open pull requests than this on one branch are no stack that claustre should touch. */
const MOST = 100;

export const CHILD_FIELDS = 'id number title headRefName headRefOid isCrossRepository';

const CHILD = z.object({
  id: z.string(),
  number: z.number().int(),
  title: z.string(),
  headRefName: z.string(),
  headRefOid: z.string(),
  isCrossRepository: z.boolean(),
});

export const CHILDREN = z.object({
  totalCount: z.number().int(),
  nodes: z.array(CHILD.nullable()),
});

export function toChildren({ nodes }: z.infer<typeof CHILDREN>): ChildPullRequest[] {
  return nodes.flatMap((node) =>
    node === null
      ? []
      : {
          nodeId: node.id,
          number: node.number,
          title: node.title,
          head: node.headRefName,
          headCommit: node.headRefOid,
          fork: node.isCrossRepository,
        },
  );
}

/** See `Gh.openChildren`. A list with holes is no answer: the one that lacks could be closed by what follows. */
export async function openChildren(
  ask: Ask,
  host: string,
  repository: string,
  branch: string,
): Promise<ChildPullRequest[] | Refusal> {
  const [owner = '', name = ''] = repository.split('/');
  const query = `query Children($o: String!, $n: String!, $b: String!) {
  rateLimit { cost remaining limit resetAt }
  repository(owner: $o, name: $n) {
    children: pullRequests(baseRefName: $b, states: OPEN, first: ${MOST}) { totalCount nodes { ${CHILD_FIELDS} } }
  }
}`;
  const answer = await ask(host, query, { o: owner, n: name, b: branch });
  if (isRefusal(answer)) return answer;
  if (isFailure(answer)) return toRefusal(host, answer);
  const parsed = z.object({ children: CHILDREN }).safeParse(answer.data.repository);
  if (!parsed.success || parsed.data.children.nodes.includes(null)) {
    return refuse(
      `The pull requests onto "${branch}" could not be read: ${whyNoNode(answer.errors)}`,
      undefined,
      'environment',
    );
  }
  const { children } = parsed.data;
  if (children.totalCount > children.nodes.length) {
    return refuse(`More than ${MOST} open pull requests go onto "${branch}".`);
  }
  return toChildren(children);
}

/** See `Gh.retarget`. */
export function retarget(
  write: Write,
  host: string,
  nodeId: string,
  base: string,
): Promise<Written> {
  const mutation = `mutation Retarget($id: ID!, $base: String!) {
  updatePullRequest(input: { pullRequestId: $id, baseRefName: $base }) { pullRequest { id baseRefName } }
}`;
  return write(host, mutation, { id: nodeId, base });
}
