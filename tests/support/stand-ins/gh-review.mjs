// What the review loop asks of the stand-in for gh. Fields of a pull request:
//   threads   [{id?, body, viewer?, resolved?, canReply?, canResolve?, replies?: [{id?, body, viewer?}]}] · comments [{id?, body, viewer?}]
//   pendingReview true: the person has a review that was not submitted
// Of the world: lost n: so many changes are done and their answers are lost.
import { idOf } from './gh-pull-request.mjs';

const comments = (said, of) => ({
  nodes: said.map(({ id, body, viewer }, index) => ({
    id: id ?? `${of}_${index}`,
    body: body ?? '',
    viewerDidAuthor: viewer === true,
  })),
});

function threadNode([id, thread]) {
  const first = { ...thread, id: undefined };
  return {
    id,
    isResolved: thread.resolved === true,
    viewerCanReply: thread.canReply ?? true,
    viewerCanResolve: thread.canResolve ?? true,
    comments: comments([first, ...(thread.replies ?? [])], id),
  };
}

/** Threads with their ids. */
const threadsOf = (world) =>
  world.pullRequests.flatMap((pull) =>
    (pull.threads ?? []).map((thread, index) => [
      thread.id ?? `PRRT_${pull.number}_${index}`,
      thread,
    ]),
  );

function conversation(world, { pullRequest, threads }, data) {
  const pull = world.pullRequests.find((each) => idOf(each) === pullRequest);
  data.node = {
    reviews: { totalCount: pull.pendingReview === true ? 1 : 0 },
    comments: comments(pull.comments ?? [], `IC_${pull.number}`),
  };
  data.nodes = threads.map((id) => {
    const found = threadsOf(world).find(([each]) => each === id);
    return found === undefined ? null : threadNode(found);
  });
}

function write(world, query, given) {
  const add = (list) => {
    const id = `OUR${Math.random().toString(36).slice(2)}`;
    const comment = { id, body: given.body, viewer: true, at: new Date().toISOString() };
    list.push(comment);
    return { id: comment.id };
  };
  const thread = threadsOf(world).find(([id]) => id === given.thread)?.[1];
  if (/^mutation Reply\b/.test(query)) {
    if (thread === undefined) return { addPullRequestReviewThreadReply: null };
    thread.replies ??= [];
    return { addPullRequestReviewThreadReply: { comment: add(thread.replies) } };
  }
  if (/^mutation Resolve\b/.test(query)) {
    thread.resolved = true;
    return { resolveReviewThread: { thread: { id: given.thread, isResolved: true } } };
  }
  const pull = world.pullRequests.find((each) => idOf(each) === given.subject);
  pull.comments ??= [];
  return { addComment: { commentEdge: { node: add(pull.comments) } } };
}

/** Answers a request of the review loop into `data`; false when it is none. `lose` ends it without an answer. */
export function answerReview(query, variables, { world, change, data, errors, lose }) {
  if (/^query Conversation\b/.test(query)) {
    conversation(world, variables, data);
    return true;
  }
  if (!/^mutation (?:Reply|Comment|Resolve)\b/.test(query)) return false;
  // A mutation tells nothing that it was not asked for.
  for (const key of Object.keys(data)) delete data[key];
  const lost = change((now) => {
    Object.assign(data, write(now, query, variables));
    if (!(now.lost > 0)) return false;
    now.lost -= 1;
    return true;
  });
  if (Object.values(data).includes(null)) {
    errors.push({ type: 'NOT_FOUND', message: 'Could not resolve to a node with the global id.' });
  }
  if (lost) lose();
  return true;
}
