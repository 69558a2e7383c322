import { z } from 'zod';
import { isRefusal } from '#domain/error.ts';
import { impactOf, withImpact } from '#operations/dependency/impact.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { forgetMoves } from '#operations/stack/forget.ts';
import { applyTaskEvent } from './apply.ts';
import { addBareEntry, type Ended, endAndApply, sayEnded, sayWhatEnds } from './end-and-apply.ts';
import { findTask } from './find.ts';

const input = z.object({ task: taskId });

/** A person's word that a task is finished, possible from every open status. Its session is saved and ended. */
export const finishTask = defineOperation({
  name: 'task.done',
  summary: 'Reviewed and done: save the work, end Claude, remove worktree and branch.',
  command: {
    usage: 'done <task>',
    json: true,
    confirm: async (app, { task }: z.infer<typeof input>) => {
      const found = findTask(app.store, task);
      if (isRefusal(found)) return found;
      if (app.store.sessions.openOf(task) === null) {
        // Nothing is lost; but others may begin by it, and that is worth a question.
        const impact = impactOf(app.store, task, 'done');
        return impact === null ? null : `Finish #${task} "${found.task.title}"? ${impact}`;
      }
      const ends = await sayWhatEnds(app, task, 'Finish', 'finish');
      const said = withImpact(app.store, task, 'done', ends);
      const pullRequest = app.store.pullRequests.of(task);
      if (typeof said !== 'string' || pullRequest?.state !== 'open') return said;
      return `${said} Its pull request #${pullRequest.number} stays open.`;
    },
  },
  input,
  describe: (ended: Ended) => sayEnded(ended, 'Done:'),
  async run(app, given) {
    const { store, clock } = app;
    const found = findTask(store, given.task);
    if (isRefusal(found)) return found;
    const { task, project } = found;
    const session = store.sessions.openOf(task.id);
    if (session !== null) {
      return endAndApply(app, task, project, session, { reason: 'done', event: 'finish' });
    }
    const ended: Ended = { id: task.id, title: task.title, trash: null };
    if (task.status === 'done') return ended;
    await forgetMoves(app, task, project);
    return store.write(() => {
      const context = { at: clock.iso(), source: 'person' as const };
      const finished = applyTaskEvent(store, task.id, 'finish', context);
      if (isRefusal(finished)) return finished;
      return { ...ended, trash: store.trash.find(addBareEntry(app, task, project, 'done')) };
    });
  },
});
