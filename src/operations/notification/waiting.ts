import type { App } from '#app.ts';
import { fixState } from '#domain/pull-request/fix.ts';
import { isReviewed } from '#domain/task.ts';
import { type InboxEntry, inboxEntry } from '#domain/why.ts';
import { fixReader } from '#operations/round/facts.ts';

/** Everything that waits for a person, oldest first, as the database knows it. Reads the tasks that can, however many others there are. */
export function inboxEntries(app: Pick<App, 'store' | 'config' | 'clock'>): InboxEntry[] {
  const { store } = app;
  const sessions = new Map(store.sessions.open().map((session) => [session.taskId, session]));
  // Those that were merged are left out: nothing waits for them.
  const pullRequests = new Map(store.pullRequests.followed().map((each) => [each.taskId, each]));
  const feedback = Map.groupBy(store.feedback.open(), (each) => each.pullRequestId);
  const read = fixReader(app);
  const rounds = new Map(store.rounds.open().map((round) => [round.taskId, round]));
  return store.tasks
    .underWay()
    .flatMap((task) => {
      const session = sessions.get(task.id) ?? null;
      const pullRequest = pullRequests.get(task.id) ?? null;
      const said = pullRequest === null ? [] : (feedback.get(pullRequest.id) ?? []);
      const round = rounds.get(task.id) ?? null;
      const facts = isReviewed(task.status) ? read.facts(task, { session, pullRequest }) : null;
      const fix = facts === null ? null : fixState(facts);
      return inboxEntry({ task, session, pullRequest, feedback: said, round, fix }) ?? [];
    })
    .sort((a, b) => a.since.localeCompare(b.since));
}
