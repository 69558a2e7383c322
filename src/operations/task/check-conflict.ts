import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import { applyTaskEvent } from './apply.ts';

/**
 * Asks git whether a local task in review would merge into its base, in memory, and records conflict or its end. What cannot be asked
 * changes nothing.
 */
export async function checkConflict(
  app: App,
  task: Task,
  project: Project,
  session: Session,
): Promise<void> {
  const preview = await app.git.previewMerge(project.path, session.base, session.branch);
  if (isRefusal(preview)) {
    app.log.info('Could not preview a merge.', { task: task.id, reason: preview.reason });
    return;
  }
  const { store, clock } = app;
  store.write(() =>
    applyTaskEvent(store, task.id, preview.conflicts.length > 0 ? 'conflict' : 'resolve', {
      at: clock.iso(),
      source: 'claustre',
      sessionId: session.id,
      data: { files: preview.conflicts.slice(0, 50) },
    }),
  );
}
