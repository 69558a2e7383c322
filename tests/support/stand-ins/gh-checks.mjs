// Checks of a pull request of the stand-in for gh. Fields of `pull`:
//   checks [{name, status?, conclusion?, startedAt?, app?, workflow?, event?, required?, id?, url?, commit?}] · statuses [{context, state, required?}]
//   rollupState GitHub's word for all of them; default PENDING · moreChecks n that the answer holds no more
import { address, idOf, when } from './gh-names.mjs';

function checkRun(world, pull, check, index) {
  const conclusion = check.conclusion ?? null;
  const id = check.id ?? pull.number * 100 + index;
  return {
    __typename: 'CheckRun',
    databaseId: id,
    name: check.name,
    status: check.status ?? (conclusion === null ? 'IN_PROGRESS' : 'COMPLETED'),
    conclusion,
    startedAt: check.startedAt ?? '2026-01-01T00:00:00Z',
    detailsUrl: check.url ?? `${address(world, pull)}/checks?check_run_id=${id}`,
    permalink: null,
    isRequired: check.required ?? false,
    checkSuite: {
      app: { slug: check.app ?? 'github-actions' },
      workflowRun: {
        databaseId: pull.number,
        event: check.event ?? 'pull_request',
        workflow: { name: check.workflow ?? 'CI' },
      },
    },
  };
}

function statusContext(status) {
  return {
    __typename: 'StatusContext',
    createdAt: when(),
    targetUrl: null,
    isRequired: status.required ?? false,
    ...status,
  };
}

/** `oid` is the head commit: a check that names another one is not told. */
export function rollup(world, pull, oid) {
  const runs = (pull.checks ?? []).map((check, index) => ({ check, index }));
  const ofHead = ({ check }) => oid === undefined || (check.commit ?? oid) === oid;
  const contexts = [
    ...runs.filter(ofHead).map(({ check, index }) => checkRun(world, pull, check, index)),
    ...(pull.statuses ?? []).map(statusContext),
  ];
  if (contexts.length === 0) return null;
  return {
    state: pull.rollupState ?? 'PENDING',
    contexts: {
      totalCount: contexts.length + (pull.moreChecks ?? 0),
      nodes: contexts.slice(0, 100),
    },
  };
}

/** Which checks are required: the answer to the request for it. */
export function required(world, variables, data) {
  for (let index = 0; variables[`i${index}`] !== undefined; index += 1) {
    const pull = world.pullRequests.find((each) => idOf(each) === variables[`i${index}`]);
    data[`q${index}`] =
      pull === undefined
        ? null
        : { commits: { nodes: [{ commit: { statusCheckRollup: rollup(world, pull) } }] } };
  }
}
