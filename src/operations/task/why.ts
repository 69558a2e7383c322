import { z } from 'zod';
import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import { turnOf } from '#domain/pull-request/turn.ts';
import { why } from '#domain/why.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { turnFacts } from '#operations/pull-request/turn.ts';
import { lookAtSessions } from '#operations/session/look.ts';
import { findTask } from './find.ts';

export const whyTask = defineOperation({
  name: 'task.why',
  summary: 'Say why a task stands where it stands.',
  command: { usage: 'why <task>', json: true },
  input: z.object({ task: taskId }),
  describe: (said: { id: number; why: string }) => said.why,
  async run(app, given) {
    const { store } = app;
    await lookAtSessions(app, [given.task]);
    const found = findTask(store, given.task);
    if (isRefusal(found)) return found;
    const session = store.sessions.openOf(given.task);
    const pullRequest = store.pullRequests.of(given.task);
    const openBefore = store.tasks.openBefore(given.task);
    const facts = turnFacts(app, found.task, session, pullRequest);
    const said = { ...facts, task: found.task, session, turn: turnOf(facts) };
    return { id: given.task, why: why(said, openBefore, lastReason(store, given.task)) };
  },
});

/** What the event said by which the task came to wait. */
function lastReason(store: App['store'], task: number): string | null {
  const event = store.events
    .ofTask(task, 50)
    .findLast(({ kind }) => kind === 'task.launch_fail' || kind === 'task.setup_fail');
  const reason = event?.data.reason;
  return typeof reason === 'string' ? reason : null;
}
