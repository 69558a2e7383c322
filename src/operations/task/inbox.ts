import { z } from 'zod';
import type { InboxEntry } from '#domain/inbox.ts';
import { inboxEntries } from '#operations/notification/waiting.ts';
import { defineOperation } from '#operations/operation.ts';
import { lookAtSessions } from '#operations/session/look.ts';

export const inbox = defineOperation({
  name: 'task.inbox',
  summary: 'List everything that waits for a person, oldest first.',
  command: { usage: 'inbox', json: true },
  input: z.object({}),
  async run(app): Promise<InboxEntry[]> {
    await lookAtSessions(app, null);
    return inboxEntries(app);
  },
});
