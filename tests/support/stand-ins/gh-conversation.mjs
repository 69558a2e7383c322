// What people said on a pull request of the stand-in for gh, as far as the poll asks. Fields of `pull`:
//   reviews   [{state, canPush?, commit?, author?, at?}] · threads [{id?, resolved?, outdated?, replies?}] · comments [{id?, at?, minimized?}]
//   requested number of reviewers who were asked
const START = '2026-01-01T00:00:00Z';

export function conversation(pull, headCommit) {
  const reviews = pull.reviews ?? [];
  const threads = pull.threads ?? [];
  const comments = pull.comments ?? [];
  // As on GitHub, each reply in a thread is a review without a text.
  const replies = threads.reduce((sum, thread) => sum + (thread.replies?.length ?? 0), 0);
  return {
    reviewDecision: pull.review ?? null,
    latestOpinionatedReviews: {
      nodes: reviews
        .filter((review) => review.state === 'APPROVED' || review.state === 'CHANGES_REQUESTED')
        .map((review) => ({
          state: review.state,
          authorCanPushToRepository: review.canPush ?? true,
          author: review.author === null ? null : { login: review.author ?? 'ada' },
          commit: { oid: review.commit ?? headCommit },
        })),
    },
    reviews: {
      totalCount: reviews.length + replies,
      nodes: reviews.map((review, index) => ({
        id: review.id ?? `PRR_${pull.number}_${index}`,
        state: review.state,
        updatedAt: review.at ?? START,
      })),
    },
    reviewThreads: {
      totalCount: threads.length,
      nodes: threads.slice(-50).map((thread, index) => ({
        id: thread.id ?? `PRRT_${pull.number}_${index}`,
        isResolved: thread.resolved ?? false,
        isOutdated: thread.outdated ?? false,
      })),
    },
    comments: {
      totalCount: comments.length,
      nodes: comments.slice(-10).map((comment, index) => ({
        id: comment.id ?? `IC_${pull.number}_${index}`,
        updatedAt: comment.at ?? START,
        isMinimized: comment.minimized ?? false,
      })),
    },
    reviewRequests: { totalCount: pull.requested ?? 0 },
  };
}
