import { z } from 'zod';
import { type InboxEntry, inboxEntry } from '#domain/why.ts';
import { defineOperation } from '#operations/operation.ts';
import { lookAtSessions } from '#operations/session/look.ts';

export const inbox = defineOperation({
  name: 'task.inbox',
  summary: 'List everything that waits for a person, oldest first.',
  command: { usage: 'inbox', json: true },
  input: z.object({}),
  async run(app): Promise<InboxEntry[]> {
    await lookAtSessions(app, null);
    const { tasks, sessions, pullRequests } = app.store.snapshot();
    return tasks
      .flatMap((task) => {
        const session = sessions.get(task.id) ?? null;
        const pullRequest = pullRequests.get(task.id) ?? null;
        return inboxEntry({ task, session, pullRequest }) ?? [];
      })
      .sort((a, b) => a.since.localeCompare(b.since));
  },
});
