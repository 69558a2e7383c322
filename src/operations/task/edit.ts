import { z } from 'zod';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import { titleFrom } from '#domain/prompt.ts';
import { isRemovedHold } from '#domain/queue/impact.ts';
import { type Task, transition, whyNotEdit } from '#domain/task.ts';
import type { TaskView } from '#domain/task-view.ts';
import { taskFields, taskId, taskOptions } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { scheduleFields, whyNotSchedule } from '#operations/schedule/fields.ts';
import { blankToNull, whyNotBranches, whyNotPush } from './add.ts';
import { applyTaskEvent } from './apply.ts';
import { findTask } from './find.ts';
import { currentView } from './view.ts';
import { whyNotAfter } from './why-not-after.ts';

const input = z.object({
  task: taskId,
  ...taskFields,
  submit: z.boolean().optional(),
  draft: z.boolean().optional(),
});

type Input = z.infer<typeof input>;

/** Fields that describe the order to Claude; once it has them, changing them here would lie. The rest can change at any time. */
const TEXTS = ['title', 'description', 'mode', 'base', 'branch', 'subtask'] as const;

export const editTask = defineOperation({
  name: 'task.edit',
  summary: 'Change a task.',
  command: {
    usage: 'edit <task>',
    json: true,
    options: [
      { flags: '--title <text>', summary: 'what it is called' },
      ...taskOptions,
      { flags: '--no-loop', summary: 'leave review comments to people' },
      { flags: '--submit', summary: 'make a draft pending' },
      { flags: '--draft', summary: 'make a pending task a draft' },
    ],
  },
  input,
  describe: (task: TaskView) => `Changed #${task.id} "${task.title}".`,
  async run(app, given) {
    const { store, clock } = app;
    const { task: _task, ...fields } = given;
    if (Object.values(fields).every((value) => value === undefined)) {
      return refuse('Nothing was given to change.', 'See `claustre edit --help`.', 'invalid');
    }
    return store.write(() => {
      const found = findTask(store, given.task);
      if (isRefusal(found)) return found;
      const { task, project } = found;
      if (TEXTS.some((key) => given[key] !== undefined)) {
        const wrong = whyNotEdit(task);
        if (wrong !== undefined) return wrong;
      }
      if (given.title !== undefined && given.title.trim() === '') {
        return refuse('A task needs a title.', undefined, 'invalid');
      }
      const nowhere = whyNotBranches(given) ?? whyNotPush(project, given.push);
      if (nowhere !== undefined) return nowhere;
      const wrong = whyNotAfter(store, task, given.after ?? []) ?? whyNotSchedule(task, given);
      if (wrong !== undefined) return wrong;
      const schedule = scheduleFields(app, given);
      if (isRefusal(schedule)) return schedule;
      const move = moveOf(given, task);
      if (isRefusal(move)) return move;

      // From here on nothing is refused: what was written before a refusal would stay.
      const event = {
        kind: 'task.edit',
        source: 'person' as const,
        at: clock.iso(),
        projectId: task.projectId,
      };
      // One action, although it may be several events: it is undone as a whole.
      const together = clock.uuid();
      const derived = task.prompt === '' ? '' : titleFrom(task.prompt);
      // Whoever says what it waits for has decided what becomes of it without the parent that was removed.
      const freed = given.after !== undefined && isRemovedHold(task.held) ? { held: null } : {};
      const changes = { ...changesOf(given, derived, task.title), ...schedule, ...freed };
      if (Object.keys(changes).length > 0) {
        const fields = Object.keys(changes) as (keyof typeof changes)[];
        const before = Object.fromEntries(fields.map((field) => [field, task[field]]));
        store.tasks.update(task.id, changes, { ...event, data: { fields, before, together } });
      }
      if (given.subtask !== undefined) {
        const subtasks = store.tasks.subtasks(task.id).map(({ text, done }) => ({ text, done }));
        const data = { before: { subtasks }, together };
        store.tasks.setSubtasks(task.id, given.subtask, { ...event, data });
      }
      if (given.criterion !== undefined) {
        const criteria = store.tasks.criteria(task.id).map(({ text }) => text);
        const data = { before: { criteria }, together };
        store.tasks.setCriteria(task.id, given.criterion, { ...event, data });
      }
      if (given.after !== undefined) {
        const data = { before: { after: store.tasks.after(task.id) }, together };
        store.tasks.setAfter(task.id, given.after, { ...event, data });
      }
      if (move !== null) applyTaskEvent(store, task.id, move, { ...event, data: { together } });
      return currentView(app, task, project);
    });
  },
});

/** What --submit or --draft lets happen to the task; null for nothing. Refuses when it does not apply. */
function moveOf(given: Input, task: Task): 'submit' | 'redraft' | Refusal | null {
  if (!given.submit && !given.draft) return null;
  // Submitting what is pending already is what the person wants to have.
  if (given.submit && task.status === 'pending') return null;
  const event = given.submit ? 'submit' : 'redraft';
  const to = transition(task, event);
  return isRefusal(to) ? to : event;
}

function changesOf(given: Input, derivedTitle: string, title: string) {
  // A title that came from the prompt follows it.
  const follows =
    given.title === undefined && given.description !== undefined && title === derivedTitle;
  return {
    ...(given.title === undefined ? {} : { title: given.title.trim() }),
    ...(follows ? { title: titleFrom(given.description ?? '') } : {}),
    ...(given.description === undefined ? {} : { prompt: given.description }),
    ...(given.mode === undefined ? {} : { mode: given.mode }),
    ...(given.base === undefined ? {} : { base: blankToNull(given.base) }),
    ...(given.branch === undefined ? {} : { branch: blankToNull(given.branch) }),
    ...(given.push === undefined ? {} : { push: given.push }),
    ...(given.loop === undefined ? {} : { loop: given.loop }),
    ...(given.fix === undefined ? {} : { fix: given.fix }),
    ...(given.priority === undefined ? {} : { priority: given.priority }),
  };
}
