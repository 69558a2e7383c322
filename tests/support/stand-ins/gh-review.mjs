// What the review loop asks of the stand-in for gh. Fields of a pull request:
//   threads [{id, resolved?, canReply?, canResolve?, comments: [{id, body, mine?}]}] · comments [{id, body, mine?}] · pendingReview true
// Of the world: lost n: so many changes are done and their answers are lost.
import { idOf } from './gh-pull-request.mjs';

const replies = (comments = []) => ({
  nodes: comments.map(({ id, body, mine }) => ({ id, body, viewerDidAuthor: mine === true })),
});

function threadNode(thread) {
  return {
    id: thread.id,
    isResolved: thread.resolved === true,
    viewerCanReply: thread.canReply ?? true,
    viewerCanResolve: thread.canResolve ?? true,
    comments: replies(thread.comments),
  };
}

const threadsOf = (world) => world.pullRequests.flatMap((pull) => pull.threads ?? []);

function conversation(world, { pullRequest, threads }, data) {
  const pull = world.pullRequests.find((each) => idOf(each) === pullRequest);
  data.node = {
    reviews: { totalCount: pull.pendingReview === true ? 1 : 0 },
    comments: replies(pull.comments),
  };
  data.nodes = threads.map((id) => {
    const found = threadsOf(world).find((each) => each.id === id);
    return found === undefined ? null : threadNode(found);
  });
}

function write(world, query, given) {
  const add = (comments) => {
    const comment = { id: `OUR${Math.random().toString(36).slice(2)}`, body: given.body, mine: true };
    comments.push(comment);
    return { id: comment.id };
  };
  const thread = threadsOf(world).find((each) => each.id === given.thread);
  if (/^mutation Reply\b/.test(query)) {
    return { addPullRequestReviewThreadReply: thread === undefined ? null : { comment: add(thread.comments) } };
  }
  if (/^mutation Resolve\b/.test(query)) {
    thread.resolved = true;
    return { resolveReviewThread: { thread: { id: thread.id, isResolved: true } } };
  }
  const pull = world.pullRequests.find((each) => idOf(each) === given.subject);
  pull.comments ??= [];
  return { addComment: { commentEdge: { node: add(pull.comments) } } };
}

/** Answers a request of the review loop into `data`; false when it is none, "lost" when its answer must not arrive. */
export function answerReview(query, variables, { world, change, data, errors }) {
  if (/^query Conversation\b/.test(query)) {
    conversation(world, variables, data);
    return true;
  }
  if (!/^mutation (?:Reply|Comment|Resolve)\b/.test(query)) return false;
  // A mutation tells nothing that it was not asked for.
  delete data.rateLimit;
  const lost = change((now) => {
    Object.assign(data, write(now, query, variables));
    if (!(now.lost > 0)) return false;
    now.lost -= 1;
    return true;
  });
  if (Object.values(data).includes(null)) {
    errors.push({ type: 'NOT_FOUND', message: 'Could not resolve to a node with the global id.' });
  }
  return lost ? 'lost' : true;
}
