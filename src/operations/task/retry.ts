import { z } from 'zod';
import { isRefusal } from '#domain/error.ts';
import { taskId } from '#operations/inputs.ts';
import type { Launched } from '#operations/launch/resume.ts';
import { defineOperation } from '#operations/operation.ts';
import { applyTaskEvent } from './apply.ts';
import { findTask } from './find.ts';
import { launchedViews, launchTask } from './launch.ts';

/** Tries again what ended badly: an error, a failed setup, a launch that was refused. */
export const retryTask = defineOperation({
  name: 'task.retry',
  summary: 'Try again what ended badly: an error, a failed setup, a failed launch.',
  command: { usage: 'retry <task>', json: true },
  input: z.object({ task: taskId }),
  describe: (launched: Launched[]) => launched.map((each) => each.says).join('\n'),
  document: launchedViews,
  async run(app, given) {
    const { store, clock } = app;
    const found = findTask(store, given.task);
    if (isRefusal(found)) return found;
    if (found.task.status === 'error') {
      store.write(() =>
        applyTaskEvent(store, given.task, 'retry', { at: clock.iso(), source: 'person' }),
      );
    }
    return launchTask.run(app, { task: [given.task] });
  },
});
