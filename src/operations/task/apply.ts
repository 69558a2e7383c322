import type { Store } from '#app.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { EventSource } from '#domain/event.ts';
import { type Task, type TaskEvent, type TaskStatus, transition } from '#domain/task.ts';

export interface Applied {
  at: string;
  source: EventSource;
  uid?: string | null;
  sessionId?: string | null;
  data?: Record<string, unknown>;
  /** Fields that change with the status, beside those that always do. */
  changes?: Partial<Task>;
}

/**
 * Lets an event happen to a task: the one way by which a status changes. Call it inside `store.write`. Returns the task as it is then, or
 * the refusal when the event does not apply in its status (nothing is written then).
 */
export function applyTaskEvent(
  store: Pick<Store, 'tasks'>,
  taskId: number,
  event: TaskEvent,
  context: Applied,
): Task | Refusal {
  const task = store.tasks.find(taskId);
  if (task === null) return refuse(`There is no task #${taskId}.`, undefined, 'not_found');
  const to = transition(task, event);
  if (isRefusal(to)) return to;
  const changes = { ...followUp(event, to, context.at), ...context.changes };
  const before = context.source === 'person' ? { before: valuesBefore(task, changes) } : {};
  store.tasks.setStatus(taskId, task.status, to, changes, {
    kind: `task.${event}`,
    projectId: task.projectId,
    at: context.at,
    source: context.source,
    uid: context.uid ?? null,
    sessionId: context.sessionId ?? null,
    data: { ...context.data, ...before },
  });
  return { ...task, ...changes, status: to, updatedAt: context.at };
}

/** What the changed fields were: an undo needs it. */
function valuesBefore(task: Task, changes: Partial<Task>): Partial<Task> {
  const fields = Object.keys(changes) as (keyof Task)[];
  return Object.fromEntries(fields.map((field) => [field, task[field]]));
}

/** What a task begins anew with. */
const UNFAILED = {
  failures: 0,
  retryAt: null,
  errorCode: null,
  errorText: null,
} as const satisfies Partial<Task>;

/** Fields that go with a change of status. A new launch starts the clock anew: time spent before a kill is not time worked on this. */
function followUp(event: TaskEvent, to: TaskStatus, at: string): Partial<Task> {
  if (to === 'done') return { completedAt: at, held: null, ...UNFAILED };
  switch (event) {
    case 'launch':
      return { startedAt: at, held: null, completedAt: null, retryAt: null };
    case 'resume':
      // What stopped it is over once it goes on; how often it failed still counts.
      return { held: null, retryAt: null, errorCode: null, errorText: null };
    case 'prompt':
      return { held: null, ...UNFAILED };
    case 'deliver':
      return UNFAILED;
    case 'kill':
      return { held: 'killed', startedAt: null, ...UNFAILED };
    case 'launch_fail':
      return { held: 'launch failed', startedAt: null };
    case 'setup_fail':
      return { held: 'setup failed', startedAt: null };
    case 'retry':
      return { held: null, startedAt: null, ...UNFAILED };
    case 'restore':
    case 'reopen':
      return { held: null, completedAt: null };
    default:
      return {};
  }
}
