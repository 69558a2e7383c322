import type { Store } from '#app.ts';
import { type InboxEntry, inboxEntry } from '#domain/why.ts';

/** Everything that waits for a person, oldest first, as the database knows it. Reads the tasks that can, however many others there are. */
export function inboxEntries(
  store: Pick<Store, 'tasks' | 'sessions' | 'pullRequests' | 'feedback' | 'rounds'>,
): InboxEntry[] {
  const sessions = new Map(store.sessions.open().map((session) => [session.taskId, session]));
  // Those that were merged are left out: nothing waits for them.
  const pullRequests = new Map(store.pullRequests.followed().map((each) => [each.taskId, each]));
  const feedback = Map.groupBy(store.feedback.open(), (each) => each.pullRequestId);
  const rounds = new Map(store.rounds.open().map((round) => [round.taskId, round]));
  return store.tasks
    .underWay()
    .flatMap((task) => {
      const session = sessions.get(task.id) ?? null;
      const pullRequest = pullRequests.get(task.id) ?? null;
      const said = pullRequest === null ? [] : (feedback.get(pullRequest.id) ?? []);
      const round = rounds.get(task.id) ?? null;
      return inboxEntry({ task, session, pullRequest, feedback: said, round }) ?? [];
    })
    .sort((a, b) => a.since.localeCompare(b.since));
}
