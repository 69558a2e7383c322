import type { App } from '#app.ts';
import { isRefusal, type Refusal } from '#domain/error.ts';
import type { EventSource } from '#domain/event.ts';
import type { Project } from '#domain/project.ts';
import type { Session } from '#domain/session.ts';
import { type Task, type TaskEvent, transition } from '#domain/task.ts';
import { describeSaved, type TrashEntry } from '#domain/trash.ts';
import { endSession, type SessionEnd } from '#operations/session/end.ts';
import { findTask } from './find.ts';

/** What was ended, and where its work was saved; `trash` is null when there was no session. */
export interface Ended {
  id: number;
  title: string;
  trash: TrashEntry | null;
}

/** Ends a session and lets the event happen to its task. Returns what was saved; refuses what endSession refuses. */
export async function endAndApply(
  app: App,
  task: Task,
  project: Project,
  session: Session,
  end: Omit<SessionEnd, 'source'> & { source?: EventSource },
): Promise<Ended | Refusal> {
  const trash = await endSession(app, task, project, session, { source: 'person', ...end });
  return isRefusal(trash) ? trash : { id: task.id, title: task.title, trash };
}

/** A trash entry for a task without a session, so that `restore` can undo what was done to it. Call inside `store.write`; returns its id. */
export function addBareEntry(
  { store, clock }: Pick<App, 'store' | 'clock'>,
  task: Pick<Task, 'id'>,
  project: Pick<Project, 'id'>,
  reason: string,
): number {
  const at = clock.iso();
  const entry = {
    projectId: project.id,
    taskId: task.id,
    sessionId: null,
    reason,
    ref: null,
    branch: null,
    worktree: null,
    head: null,
    base: null,
    baseCommit: null,
    claudeSessionId: null,
    transcriptPath: null,
    commits: 0,
    changed: 0,
    untracked: 0,
    task: null,
    createdAt: at,
  };
  return store.trash.add(entry, { kind: 'trash.add', source: 'person', at });
}

/** The question before something is ended: names what would be saved. Null when there is nothing to lose; a refusal when it cannot be told. */
export async function sayWhatEnds(
  app: App,
  taskId: number,
  verb: string,
  event: TaskEvent | null,
): Promise<string | null | Refusal> {
  const found = findTask(app.store, taskId);
  if (isRefusal(found)) return found;
  const session = app.store.sessions.openOf(taskId);
  const name = `#${taskId} "${found.task.title}"`;
  if (session === null) {
    const moved = event === null ? null : transition(found.task, event);
    return isRefusal(moved) ? moved : `${verb} ${name}? It has no session.`;
  }
  const state = await app.git.inspectWorktree(session.worktree, session.baseCommit);
  if (isRefusal(state)) {
    return `${verb} ${name}? Its worktree cannot be inspected (${state.reason}), so it may be refused.`;
  }
  const { unpushed: commits, changed, untracked } = state;
  const saved = describeSaved({ commits, changed, untracked });
  const back = `\`claustre restore ${taskId}\` brings it back`;
  return saved === null
    ? `${verb} ${name}? It holds nothing that exists only there; ${back}.`
    : `${verb} ${name}? ${saved} would exist nowhere else; all is saved first, and ${back}.`;
}

/** The sentence after it: what was saved, and how it comes back. */
export function sayEnded(ended: Ended, verb: string): string {
  const name = `${verb} #${ended.id} "${ended.title}".`;
  if (ended.trash === null) return name;
  if (ended.trash.ref === null) return `${name} \`claustre restore ${ended.id}\` brings it back.`;
  const saved = describeSaved(ended.trash) ?? 'it';
  return `${name} Saved ${saved} as trash ${ended.trash.id}; \`claustre restore ${ended.id}\` brings it back.`;
}
