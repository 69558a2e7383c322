import { describe, expect, test } from 'vitest';
import type { TaskEvent, TaskStatus } from '#domain/task.ts';
import { applyTaskEvent } from '#operations/task/apply.ts';
import { addProject, addTask, fakeApp } from '../../support/fake-app.ts';
import { granted, refused } from '../../support/workshop.ts';

const AT = '2026-02-03T04:05:06.000Z';

function apply(status: TaskStatus, event: TaskEvent, held: string | null = null) {
  const app = fakeApp();
  const startedAt = '2026-01-01T00:00:00.000Z';
  const task = addTask(app, addProject(app), { status, held, startedAt });
  const result = app.store.write(() =>
    applyTaskEvent(app.store, task.id, event, { at: AT, source: 'person', data: { why: 'x' } }),
  );
  return {
    result,
    row: app.store.tasks.find(task.id),
    last: app.store.events.ofTask(task.id, 1)[0],
  };
}

describe('an event that applies', () => {
  test('changes the status and leaves an event row beside it', () => {
    const { result, row, last } = apply('working', 'deliver');
    expect(granted(result)).toEqual(row);
    expect(row?.status).toBe('in_review');
    expect(last).toMatchObject({
      kind: 'task.deliver',
      source: 'person',
      data: { from: 'working', to: 'in_review', why: 'x' },
    });
  });

  test.each([
    ['pending', 'launch', { startedAt: AT, held: null }],
    ['working', 'kill', { startedAt: null, held: 'killed' }],
    ['working', 'setup_fail', { startedAt: null, held: 'setup failed' }],
    ['working', 'launch_fail', { startedAt: null, held: 'launch failed' }],
    ['in_review', 'merge', { completedAt: AT, held: null }],
    ['done', 'restore', { completedAt: null }],
    ['error', 'retry', { held: null, startedAt: null }],
  ] as const)('in %s, %s sets %o', (status, event, fields) => {
    expect(apply(status, event, 'before').row).toMatchObject(fields);
  });
});

test('an event that does not apply is refused and writes nothing', () => {
  const { result, row, last } = apply('done', 'deliver');
  expect(refused(result).reason).toContain('is done');
  expect(row?.status).toBe('done');
  expect(last?.kind).toBe('task.add');
});
