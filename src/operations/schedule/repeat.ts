import { z } from 'zod';
import type { App } from '#app.ts';
import { nextOccurrence } from '#domain/queue/time.ts';
import { NEVER_STARTED, type Task } from '#domain/task.ts';
import { defineOperation } from '#operations/operation.ts';

/** Which tasks were made, and which of them got another moment. */
export interface Repeated {
  made: { id: number; after: number }[];
  moved: number[];
}

/**
 * Makes the next occurrence of every task that repeats and has ended, well or badly. Each gets one, whoever calls this and however often: the
 * task that has ended remembers it in the same transaction.
 */
export const repeatTasks = defineOperation({
  name: 'schedule.repeat',
  summary: 'Make the next occurrence of tasks that repeat and have ended.',
  input: z.object({}),
  async run(app): Promise<Repeated> {
    const { store } = app;
    if (store.tasks.toRepeat().length === 0 && aheadOfTheClock(app).length === 0) {
      return { made: [], moved: [] };
    }
    return store.write(() => ({
      // Another process may have made some since they were looked for.
      made: store.tasks.toRepeat().flatMap((id) => makeNext(app, id)),
      moved: aheadOfTheClock(app).map(({ id, notBefore }) => {
        const event = { kind: 'task.schedule', source: 'supervisor' as const, at: app.clock.iso() };
        store.tasks.update(id, { notBefore }, { ...event, data: { notBefore } });
        return id;
      }),
    }));
  },
});

function makeNext(app: App, id: number): Repeated['made'] {
  const { store, clock } = app;
  const ended = store.tasks.find(id);
  const moment = ended === null ? null : nextOccurrence(ended, hereOf(app));
  if (ended === null || moment === null) return [];
  const at = clock.iso();
  const event = { source: 'supervisor' as const, at, projectId: ended.projectId };
  const data = { title: ended.title, repeats: id };
  const next = store.tasks.add(fieldsOf(ended, app, moment), { ...event, kind: 'task.add', data });
  const edit = { ...event, kind: 'task.edit', data: { by: 'repeat' } };
  const steps = store.tasks.subtasks(id).map(({ text }) => text);
  if (steps.length > 0) store.tasks.setSubtasks(next.id, steps, edit);
  const criteria = store.tasks.criteria(id).map(({ text }) => text);
  if (criteria.length > 0) store.tasks.setCriteria(next.id, criteria, edit);
  store.tasks.update(
    id,
    { nextId: next.id },
    { ...event, kind: 'task.repeat', data: { next: next.id } },
  );
  return [{ id: next.id, after: id }];
}

/** The same order anew. What it waited for is met, and a branch belongs to one delivery. */
function fieldsOf(ended: Task, { clock, store }: App, moment: number): Omit<Task, 'id'> {
  const at = clock.iso();
  const { id: _id, ...same } = ended;
  return {
    ...same,
    ...NEVER_STARTED,
    uuid: clock.uuid(),
    status: 'pending',
    branch: null,
    held: null,
    position: store.tasks.lastPosition(ended.projectId) + 1,
    every: ended.every,
    notBefore: new Date(moment).toISOString(),
    createdAt: at,
    updatedAt: at,
    startedAt: null,
    completedAt: null,
  };
}

/**
 * Occurrences that were made while the clock was ahead, each with the moment that it would get now: a clock that was wrong by days for a minute
 * must not keep a task back for days.
 */
function aheadOfTheClock(app: App): { id: number; notBefore: string }[] {
  const { store } = app;
  const here = hereOf(app);
  return store.tasks.repeated().flatMap(({ id, beforeId }) => {
    const [task, before] = [store.tasks.find(id), store.tasks.find(beforeId)];
    if (task === null || before === null || Date.parse(task.createdAt) <= here.now) return [];
    const moment = nextOccurrence({ ...before, every: task.every }, here);
    const isLater = moment !== null && moment < Date.parse(task.notBefore ?? task.createdAt);
    return isLater ? [{ id, notBefore: new Date(moment).toISOString() }] : [];
  });
}

function hereOf({ clock }: Pick<App, 'clock'>) {
  return { now: clock.now(), offsetAt: clock.offsetAt };
}
