import type { App } from '#app.ts';
import { type Message, messageOf } from '#domain/notification/message.ts';
import { compareNotices, isTold } from '#domain/notification/notice.ts';
import type { InboxEntry } from '#domain/why.ts';
import { inboxEntries } from './waiting.ts';

/**
 * Writes down what has begun to wait for a person since the last call, and what no longer does. Returns what to tell: each episode once,
 * also after a restart, and nothing of a session that somebody looks at.
 */
export async function beginNotices(app: App): Promise<Message[]> {
  const { store, clock } = app;
  const { begun, over } = compareNotices(store.notices.all(), inboxEntries(app));
  if (begun.length === 0 && over.length === 0) return [];
  const { enabled, events } = app.config.settings.notifications;
  const watched = enabled && begun.length > 0 ? await watchedTasks(app) : new Set<number>();
  return store.write(() => {
    // Read again: hooks went on while tmux was asked.
    const now = compareNotices(store.notices.all(), inboxEntries(app));
    for (const notice of now.over) store.notices.end(notice);
    return now.begun.flatMap((entry) => {
      const told = isTold(entry, { enabled, events, watched, now: clock.now() });
      begin(app, entry, told);
      return told ? (messageFor(app, entry) ?? []) : [];
    });
  });
}

function begin({ store, clock }: App, { task, kind, since }: InboxEntry, told: boolean): void {
  const event = { kind: 'task.notify', source: 'supervisor' as const, at: clock.iso() };
  store.notices.begin({ task, kind, since }, told ? { ...event, data: { about: kind } } : null);
}

function messageFor({ store }: App, entry: InboxEntry): Message | null {
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
