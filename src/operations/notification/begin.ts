import type { App } from '#app.ts';
import { type Message, messageOf } from '#domain/notification/message.ts';
import { mostTelling, type News } from '#domain/notification/news.ts';
import { compareNotices, isTold } from '#domain/notification/notice.ts';
import { tellable } from './news.ts';

/**
 * Writes down what has begun to wait for a person or has happened since the last call, and what is over. Returns what to tell: each episode
 * once, also after a restart, one thing of a task at a time, and nothing of a session that somebody looks at.
 */
export async function beginNotices(app: App): Promise<Message[]> {
  const { store, clock } = app;
  const { begun, over } = compareNotices(store.notices.all(), tellable(app, clock.now()));
  if (begun.length === 0 && over.length === 0) return [];
  const { enabled, events } = app.config.settings.notifications;
  const watched = enabled && begun.length > 0 ? await watchedTasks(app) : new Set<number>();
  return store.write(() => {
    // Read again: hooks went on while tmux was asked.
    const now = compareNotices(store.notices.all(), tellable(app, clock.now()));
    for (const notice of now.over) store.notices.end(notice);
    const circumstances = { enabled, events, watched, now: clock.now() };
    const told = mostTelling(now.begun.filter((entry) => isTold(entry, circumstances)));
    for (const entry of now.begun) begin(app, entry, told.includes(entry));
    return told.flatMap((entry) => messageFor(app, entry) ?? []);
  });
}

function begin({ store, clock }: App, { task, kind, since }: News, told: boolean): void {
  const event = { kind: 'task.notify', source: 'supervisor' as const, at: clock.iso() };
  store.notices.begin({ task, kind, since }, told ? { ...event, data: { about: kind } } : null);
}

function messageFor({ store }: App, entry: News): Message | null {
  const task = store.tasks.find(entry.task);
  const project = task === null ? null : store.projects.find(task.projectId);
  return task === null || project === null ? null : messageOf(entry, task, project);
}

/** Tasks whose session is on a terminal that has the focus, as far as that terminal tells. */
async function watchedTasks({ store, tmux }: App): Promise<Set<number>> {
  const shown = new Set(
    (await tmux.clients()).filter(({ focused }) => focused).map(({ session }) => session),
  );
  const sessions = store.sessions.open().filter(({ id }) => shown.has(id));
  return new Set(sessions.map(({ taskId }) => taskId));
}
