import { z } from 'zod';
import { isRefusal } from '#domain/error.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { lookAtSessions } from '#operations/session/look.ts';
import { findTask } from './find.ts';
import { currentView } from './view.ts';

/** Looks at pane and process first, so that it never repeats a stale state. */
export const showTask = defineOperation({
  name: 'task.show',
  summary: 'Show a task with its session, pull request and usage.',
  command: { usage: 'show <task>', json: true },
  input: z.object({ task: taskId }),
  async run(app, given) {
    const found = findTask(app.store, given.task);
    if (isRefusal(found)) return found;
    await lookAtSessions(app, [found.task.id]);
    return currentView(app, found.task, found.project);
  },
});
