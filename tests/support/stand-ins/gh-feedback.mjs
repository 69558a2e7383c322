// What people said on a pull request of the stand-in for gh, whole. Fields of `pull` besides those of gh-conversation.mjs:
//   threads   [{id?, path, line, resolved?, outdated?, replies?: [said], ...said}] · comments [said] · reviews [{state, canPush?, ...said}]
//   said      {id?, author ("ada"; null: deleted), bot?, association ("NONE"), viewer?, body, at?, edited?, minimized?, pending?}
// The world's `permissions` {login: "write"} answer who may push; somebody who is not named is a stranger.
import { address, idOf } from './gh-pull-request.mjs';

const START = '2026-01-01T00:00:00Z';

function said(world, pull, id, each) {
  return {
    id: each.id ?? id,
    body: each.body ?? '',
    lastEditedAt: each.edited ? START : null,
    includesCreatedEdit: each.edited ?? false,
    isMinimized: each.minimized ?? false,
    authorAssociation: each.association ?? 'NONE',
    viewerDidAuthor: each.viewer ?? false,
    url: `${address(world, pull)}#${each.id ?? id}`,
    author:
      each.author === null
        ? null
        : { __typename: each.bot ? 'Bot' : 'User', login: each.author ?? 'ada' },
    createdAt: each.at ?? START,
    pullRequestReview: { state: each.pending ? 'PENDING' : 'COMMENTED' },
  };
}

function last(nodes, count) {
  return { totalCount: nodes.length, nodes: nodes.slice(-count) };
}

export function feedback(world, id) {
  const pull = world.pullRequests.find((each) => idOf(each) === id && each.gone !== true);
  if (pull === undefined) return null;
  const threads = (pull.threads ?? []).map((thread, index) => {
    const own = thread.id ?? `PRRT_${pull.number}_${index}`;
    const statements = [{ ...thread, id: undefined }, ...(thread.replies ?? [])];
    return {
      id: own,
      isResolved: thread.resolved ?? false,
      isOutdated: thread.outdated ?? false,
      path: thread.path ?? 'page.txt',
      line: thread.line ?? null,
      originalLine: thread.line ?? 1,
      comments: { nodes: statements.map((each, at) => said(world, pull, `${own}_${at}`, each)) },
    };
  });
  return {
    reviewThreads: last(threads, 50),
    comments: last(
      (pull.comments ?? []).map((each, index) =>
        said(world, pull, `IC_${pull.number}_${index}`, each),
      ),
      30,
    ),
    reviews: last(
      (pull.reviews ?? []).map((each, index) => ({
        ...said(world, pull, `PRR_${pull.number}_${index}`, each),
        state: each.state,
        submittedAt: each.at ?? START,
        authorCanPushToRepository: each.canPush ?? true,
      })),
      20,
    ),
  };
}

/** The answer to `gh api -i repos/OWNER/NAME/collaborators/LOGIN/permission`. */
export function permission(world, path) {
  const login = decodeURIComponent(path.split('/').at(-2));
  return JSON.stringify({ permission: world.permissions?.[login] ?? 'none', user: { login } });
}
