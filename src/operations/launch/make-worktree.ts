import type { App } from '#app.ts';
import { isRefusal, type Refusal } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';

/** A session that is being opened, and sentences worth telling about it. */
export interface Opened {
  session: Session;
  notes: string[];
}

/** Makes the worktree of a session that is being opened, and records what it was made from. */
export async function makeWorktree(
  app: App,
  session: Session,
  task: Task,
  project: Project,
): Promise<Opened | Refusal> {
  const made = await app.git.addWorktree({
    repository: project.path,
    path: session.worktree,
    branch: session.branch,
    base: session.base,
    remote: project.remote,
  });
  if (isRefusal(made)) return made;
  // A branch that claustre named is its own, also when a launch before this one left it behind. Of those that a person named only what was
  // nowhere before is: one that is found on the remote is theirs, unless a session of this task made it and pushed it.
  const ownBranch =
    task.branch === null ||
    made.from === 'created' ||
    (made.from === 'remote' && app.store.sessions.madeBranch(task.id, session.branch));
  const changes = { baseCommit: made.baseCommit, ownBranch };
  app.store.write(() =>
    app.store.sessions.update(session.id, changes, {
      kind: 'session.worktree',
      source: 'claustre',
      at: app.clock.iso(),
      taskId: session.taskId,
      data: { worktree: session.worktree, from: made.from, baseCommit: made.baseCommit },
    }),
  );
  await app.git.copyIncluded(project.path, session.worktree);
  return { session: { ...session, ...changes }, notes: made.notes };
}
