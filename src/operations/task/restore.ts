import { z } from 'zod';
import type { App } from '#app.ts';
import { type After, toAfter } from '#domain/dependency.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import { removedHold } from '#domain/queue/impact.ts';
import type { Session } from '#domain/session.ts';
import type { Task, TaskStatus } from '#domain/task.ts';
import type { TaskView } from '#domain/task-view.ts';
import { describeSaved, type RemovedTask, type TrashEntry } from '#domain/trash.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { applyTaskEvent } from './apply.ts';
import { currentView } from './view.ts';

interface Restored {
  task: TaskView;
  says: string;
}

/** Brings back what the last kill, done or remove-task of a task took away; `launch` then resumes its conversation. */
export const restoreTask = defineOperation({
  name: 'task.restore',
  summary:
    'Bring back branch, worktree, files and conversation of a task that was ended or removed.',
  command: {
    usage: 'restore <task>',
    json: true,
    options: [{ flags: '--trash <id>', summary: 'this entry of the trash instead of the newest' }],
  },
  input: z.object({ task: taskId, trash: z.coerce.number().int().positive().optional() }),
  describe: (restored: Restored) => restored.says,
  document: (restored: Restored) => restored.task,
  async run(app, given): Promise<Restored | Refusal> {
    const { store } = app;
    const entry = choose(store, given);
    if (isRefusal(entry)) return entry;
    if (store.sessions.openOf(given.task) !== null) {
      return refuse(
        `#${given.task} has an open session; what was saved cannot be laid over it.`,
        `End it first; this work stays: claustre restore ${given.task} --trash ${entry.id}`,
      );
    }
    const project = store.projects.find(entry.projectId);
    if (project === null)
      return refuse(`The project of #${given.task} is gone.`, undefined, 'not_found');
    const work = await bringBack(app, entry, project);
    if (isRefusal(work)) return work;
    const task = record(app, entry, project);
    if (isRefusal(task)) return task;
    const saved = describeSaved(entry);
    const says =
      entry.ref === null
        ? `Restored #${task.id} "${task.title}".`
        : `Restored #${task.id} ${saved === null ? '' : `with ${saved} `}in ${entry.worktree}; \`claustre launch ${task.id}\` resumes its conversation.`;
    return { task: currentView(app, task, project), says };
  },
});

function choose(
  store: App['store'],
  { task, trash }: { task: number; trash?: number | undefined },
): TrashEntry | Refusal {
  const entry = trash === undefined ? store.trash.lastOf(task) : store.trash.find(trash);
  if (entry?.taskId === task && entry.restoredAt === null) return entry;
  const which = trash === undefined ? 'nothing' : `no entry ${trash}`;
  return refuse(`The trash holds ${which} of #${task}.`, undefined, 'not_found');
}

async function bringBack(
  app: App,
  entry: TrashEntry,
  project: Project,
): Promise<Refusal | undefined> {
  if (entry.ref === null || entry.worktree === null) return undefined;
  const name = entry.ref.slice(entry.ref.lastIndexOf('/') + 1);
  const restored = await app.git.restoreWork({
    repository: project.path,
    worktree: entry.worktree,
    name,
  });
  if (!isRefusal(restored)) {
    await app.git.copyIncluded(project.path, entry.worktree);
    return undefined;
  }
  // A restore that was cut off has brought it back already: what stands there is on its branch, and no session has it.
  const there = await app.git.inspectWorktree(entry.worktree, entry.baseCommit);
  return !isRefusal(there) && there.branch === entry.branch ? undefined : restored;
}

function record(app: App, entry: TrashEntry, project: Project): Task | Refusal {
  const { store, clock } = app;
  const at = clock.iso();
  const event = { source: 'person' as const, at, taskId: entry.taskId, projectId: project.id };
  return store.write(() => {
    if (entry.task !== null) {
      const removed = JSON.parse(entry.task) as RemovedTask;
      putBack(app, removed, statusBack(removed, entry), event);
    }
    const task = store.tasks.find(entry.taskId);
    if (task === null) return refuse(`There is no task #${entry.taskId}.`, undefined, 'not_found');
    // What holds no work is undone with it.
    for (const id of [entry.id, ...store.trash.bareOf(entry.taskId)]) {
      store.trash.update(id, { restoredAt: at }, { ...event, kind: 'trash.restore' });
    }
    if (
      store.projects.find(project.id) !== null &&
      store.projects.findByName(project.name) === null
    ) {
      store.projects.revive(project.id, project.name, { ...event, kind: 'project.restore' });
    }
    if (entry.sessionId === null || entry.worktree === null) {
      // A row that was put back is as it was.
      if (entry.task !== null) return task;
      const back = applyTaskEvent(store, task.id, 'reopen', { at, source: 'person' });
      return isRefusal(back) ? task : back;
    }
    reopen(app, entry.sessionId, at);
    const moved = applyTaskEvent(store, task.id, 'restore', { at, source: 'person' });
    return isRefusal(moved) ? task : moved;
  });
}

/** What had a session comes back as pending or done, and `restore` makes it interrupted; the rest comes back as it was. */
function statusBack({ task }: RemovedTask, { worktree }: TrashEntry): TaskStatus {
  return worktree === null || task.status === 'draft' || task.status === 'done'
    ? task.status
    : 'pending';
}

/** Puts a removed task's row back, with all that hung on it, in this status. Call it inside `store.write`. */
export function putBack(
  { store }: Pick<App, 'store'>,
  removed: RemovedTask,
  status: TaskStatus,
  event: { source: 'person'; at: string; projectId: number },
): void {
  store.tasks.insert({ ...removed.task, status }, { ...event, kind: 'task.restore_row' });
  // Part of the return, and not what an undo would mean.
  const edit = { ...event, kind: 'task.edit', data: { by: 'restore' } };
  if (removed.subtasks.length > 0) {
    store.tasks.setSubtasks(
      removed.task.id,
      removed.subtasks.map((each) => each.text),
      edit,
    );
  }
  const done = new Set(removed.subtasks.filter((each) => each.done).map((each) => each.text));
  for (const subtask of store.tasks.subtasks(removed.task.id)) {
    if (done.has(subtask.text)) store.tasks.setSubtaskDone(subtask.id, true, edit);
  }
  const criteria = removed.criteria ?? [];
  if (criteria.length > 0) {
    const texts = criteria.map(({ text }) => text);
    store.tasks.setCriteria(removed.task.id, texts, edit);
    for (const each of criteria) store.tasks.setVerdict(each, null);
  }
  if (removed.session !== null) {
    store.sessions.add(removed.session, { ...event, kind: 'session.restore_row' });
  }
  const there = ({ id }: After) => store.tasks.find(id) !== null;
  const after = removed.after.map(toAfter).filter(there);
  if (after.length > 0) store.tasks.setAfter(removed.task.id, after, edit);
  for (const { id, until } of removed.before.map(toAfter).filter(there)) {
    const all = [...store.tasks.after(id), { id: removed.task.id, until }];
    store.tasks.setAfter(id, all, edit);
    // It waits for this one again, and need not be held instead.
    if (store.tasks.find(id)?.held === removedHold(removed.task.id)) {
      store.tasks.update(id, { held: null }, edit);
    }
  }
  store.attempts.putBack(removed.attempts ?? []);
  if (removed.pullRequest !== null) {
    const { id: _id, ...pullRequest } = removed.pullRequest;
    store.pullRequests.add(pullRequest, { ...event, kind: 'pull_request.restore' });
  }
  for (const { id: _id, ...comment } of removed.comments ?? []) {
    store.comments.add(comment, { ...event, kind: 'comment.restore' });
  }
}

/** The session under its old id, ended: `launch` resumes the conversation that it names. */
function reopen({ store, clock }: App, id: string, at: string): void {
  const activity: Session['activity'] = {
    name: 'ended',
    source: 'claustre',
    since: clock.now(),
    detail: 'restored',
  };
  const session = store.sessions.find(id);
  if (session === null) return;
  // What was merged once is judged no more; only what comes after this is.
  const merged = store.pullRequests.of(session.taskId)?.state === 'merged';
  const open = {
    state: 'open' as const,
    movedBy: null,
    movedAt: clock.now(),
    endReason: null,
    closedAt: null,
    pane: null,
    pid: null,
    activity,
    lookedAt: session.turnEndedAt,
    judgedAt: session.turnEndedAt,
    ...(merged ? { createdAt: at } : {}),
  };
  store.sessions.move(session, open, { kind: 'session.restore', source: 'person', at });
}
