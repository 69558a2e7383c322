import type { App } from '#app.ts';
import { type InboxEntry, inboxEntry } from '#domain/inbox.ts';
import { fixState } from '#domain/pull-request/fix.ts';
import { isReviewed } from '#domain/task.ts';
import { fixReader } from '#operations/round/facts.ts';
import { stackOf } from '#operations/stack/parent.ts';

/** Everything that waits for a person, oldest first, as the database knows it. Reads the tasks that can, however many others there are. */
export function inboxEntries(app: Pick<App, 'store' | 'config' | 'clock'>): InboxEntry[] {
  const { store } = app;
  const limits = store.attempts.limits();
  const now = app.clock.now();
  const sessions = new Map(store.sessions.open().map((session) => [session.taskId, session]));
  // Those that were merged are left out: nothing waits for them, unless their merge left something out.
  const pullRequests = new Map(store.pullRequests.followed().map((each) => [each.taskId, each]));
  for (const { taskId, leftOut } of sessions.values()) {
    const merged = leftOut === null ? null : store.pullRequests.of(taskId);
    if (merged !== null) pullRequests.set(taskId, merged);
  }
  const feedback = Map.groupBy(store.feedback.open(), (each) => each.pullRequestId);
  const read = fixReader(app);
  const rounds = new Map(store.rounds.open().map((round) => [round.taskId, round]));
  const gates = store.gateRuns.latest();
  return store.tasks
    .underWay()
    .flatMap((task) => {
      const session = sessions.get(task.id) ?? null;
      const pullRequest = pullRequests.get(task.id) ?? null;
      const said = pullRequest === null ? [] : (feedback.get(pullRequest.id) ?? []);
      const round = rounds.get(task.id) ?? null;
      const facts = isReviewed(task.status) ? read.facts(task, { session, pullRequest }) : null;
      const fix = facts === null ? null : fixState(facts);
      const stack = session === null ? null : stackOf(store, session);
      const refresh = read.refresh(task, { session, pullRequest });
      const review = { pullRequest, stack, refresh, feedback: said, round, fix };
      const ran = gates.get(task.id) ?? [];
      return inboxEntry({ task, session, ...review, gates: ran, limits, now }) ?? [];
    })
    .sort((a, b) => a.since.localeCompare(b.since));
}
