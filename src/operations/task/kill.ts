import { z } from 'zod';
import { isRefusal, refuse } from '#domain/error.ts';
import { transition } from '#domain/task.ts';
import { withImpact } from '#operations/dependency/impact.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { applyTaskEvent } from './apply.ts';
import { type Ended, endAndApply, sayEnded, sayWhatEnds } from './end-and-apply.ts';
import { findTask } from './find.ts';

const input = z.object({ task: taskId });

/** Ends the session of a task; the task is pending and held until a person launches it. An open pull request stays. */
export const killTask = defineOperation({
  name: 'task.kill',
  summary: 'Save the work, end Claude, remove worktree and branch; the task is pending and held.',
  command: {
    usage: 'kill <task>',
    json: true,
    confirm: async (app, { task }: z.infer<typeof input>) =>
      withImpact(app.store, task, 'kill', await sayWhatEnds(app, task, 'Kill', 'kill')),
  },
  input,
  describe: (ended: Ended) => sayEnded(ended, 'Killed'),
  async run(app, given) {
    const { store, clock } = app;
    const found = findTask(store, given.task);
    if (isRefusal(found)) return found;
    const { task, project } = found;
    const session = store.sessions.openOf(task.id);
    if (session === null) {
      const moved = transition(task, 'kill');
      if (isRefusal(moved) || task.status === 'pending') {
        return refuse(`#${task.id} has no session to kill.`);
      }
      store.write(() =>
        applyTaskEvent(store, task.id, 'kill', { at: clock.iso(), source: 'person' }),
      );
      return { id: task.id, title: task.title, trash: null };
    }
    return endAndApply(app, task, project, session, { reason: 'kill', event: 'kill' });
  },
});
