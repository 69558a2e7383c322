import { z } from 'zod';
import { isRefusal, refuse } from '#domain/error.ts';
import { whyNotBranchName } from '#domain/form/branch-name.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { type Moved, moveSession } from '#operations/stack/rebase.ts';
import { findTask } from '#operations/task/find.ts';
import { lookAtSessions } from './look.ts';

/** Moves a task's commits onto the newest commit of its base; a stacked one onto its parent's branch, or where the parent was merged. */
export const rebaseSession = defineOperation({
  name: 'session.rebase',
  summary: "Move a task's commits onto the newest commit of its base, and push what was pushed.",
  command: {
    usage: 'rebase <task>',
    json: true,
    options: [
      { flags: '--onto <branch>', summary: 'onto this branch, which is its base from then on' },
    ],
  },
  input: z.object({ task: taskId, onto: z.string().optional() }),
  describe: sayMoved,
  async run(app, given) {
    await lookAtSessions(app, [given.task]);
    const found = findTask(app.store, given.task);
    if (isRefusal(found)) return found;
    const wrong = whyNotBranchName(given.onto?.trim() ?? '');
    if (wrong !== undefined) return wrong;
    const session = app.store.sessions.openOf(given.task);
    if (session === null) {
      return refuse(`#${given.task} has no session whose branch could be moved.`);
    }
    const onto = given.onto?.trim() || null;
    return moveSession(app, { ...found, session }, { onto, source: 'person' });
  },
});

function sayMoved({ id, moved, base, baseCommit, pushed }: Moved): string {
  const place = `${base} (${baseCommit.slice(0, 10)})`;
  if (!moved) return `#${id} stands on ${place} already.`;
  return `Moved #${id} onto ${place}${pushed === null ? '' : ', and pushed it'}.`;
}
