import type { App } from '#app.ts';
import { type News, newsOf, withNews } from '#domain/notification/news.ts';
import { NEWS_MS } from '#domain/notification/notice.ts';
import { inboxEntries } from './waiting.ts';

/** All that a person can be told of now: what waits for them, and what happened to deliveries. `now` in milliseconds since 1970. */
export function tellable(app: Pick<App, 'store' | 'clock' | 'config'>, now: number): News[] {
  const { store } = app;
  const feedback = Map.groupBy(store.feedback.open(), (each) => each.pullRequestId);
  const pullRequests = new Map(store.pullRequests.followed().map((each) => [each.taskId, each]));
  const news = store.tasks.underWay().flatMap((task) => {
    const pullRequest = pullRequests.get(task.id) ?? null;
    const said = pullRequest === null ? [] : (feedback.get(pullRequest.id) ?? []);
    return newsOf({ task, pullRequest, feedback: said });
  });
  const merged = store.pullRequests
    .mergedSince(new Date(now - NEWS_MS).toISOString())
    .flatMap((pullRequest) => {
      const task = store.tasks.find(pullRequest.taskId);
      return task === null ? [] : newsOf({ task, pullRequest, feedback: [] });
    });
  const waits = inboxEntries(app).map((entry): News => {
    const readAt = READ_OFF.has(entry.kind) ? pullRequests.get(entry.task)?.readAt : null;
    return readAt == null ? entry : { ...entry, seenAt: readAt };
  });
  return withNews(waits, [...news, ...merged]);
}

/** What only the pull request tells of: the task may have stood in review for days before. */
const READ_OFF: ReadonlySet<News['kind']> = new Set(['attention', 'draft', 'ready_to_merge']);
