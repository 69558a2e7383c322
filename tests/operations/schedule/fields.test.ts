import { describe, expect, test } from 'vitest';
import { undoAction } from '#operations/action/undo.ts';
import { addTask } from '#operations/task/add.ts';
import { editTask } from '#operations/task/edit.ts';
import { addProject, fakeApp, addTask as insertTask } from '../../support/fake-app.ts';
import { granted, refused } from '../../support/workshop.ts';

/** The clock of the fake stands at the first of January 2026, a Thursday, 12:00 in UTC. */
function shop() {
  const app = fakeApp();
  const project = addProject(app);
  return {
    app,
    project,
    add: (fields: object) =>
      addTask.run(app, addTask.input.parse({ project: 'app', title: 'T', ...fields })),
    edit: (task: number, fields: object) =>
      editTask.run(app, editTask.input.parse({ task, ...fields })),
  };
}

describe('when a task starts', () => {
  test('is said as it is added, and shown', async () => {
    const { add } = shop();
    const said = { at: 'tomorrow 09:00', delay: '10m', every: '6h' };
    expect(granted(await add(said))).toMatchObject({
      notBefore: '2026-01-02T09:00:00.000Z',
      delaySecs: 600,
      every: '6h',
      nextId: null,
    });
  });

  test('is the next of its days, unless another moment is said', async () => {
    const { add, edit } = shop();
    const monday = granted(await add({ every: 'mon 09:00' }));
    expect(monday).toMatchObject({ every: 'mon 09:00', notBefore: '2026-01-05T09:00:00.000Z' });
    const weekdays = granted(await edit(monday.id, { every: 'Weekdays 8:30' }));
    expect(weekdays).toMatchObject({
      every: 'weekdays 08:30',
      notBefore: '2026-01-02T08:30:00.000Z',
    });
    const later = granted(await edit(monday.id, { every: 'mon 09:00', at: '2026-02-01' }));
    expect(later.notBefore).toBe('2026-02-01T00:00:00.000Z');
  });

  test('is taken back, and comes back with an undo', async () => {
    const { app, add, edit } = shop();
    const task = granted(await add({ at: '+2h', delay: '1h', every: '1d' }));
    const free = granted(await edit(task.id, { at: 'none', delay: 'none', every: 'none' }));
    expect(free).toMatchObject({ notBefore: null, delaySecs: 0, every: null });
    granted(await undoAction.run(app, {}));
    expect(app.store.tasks.find(task.id)).toMatchObject({
      notBefore: '2026-01-01T14:00:00.000Z',
      delaySecs: 3_600,
      every: '1d',
    });
  });

  test.each([
    [{ at: 'soon' }, '"soon" is no moment.'],
    [{ at: '2020-01-01' }, '"2020-01-01" is past.'],
    [{ delay: 'long' }, '"long" is no span of time.'],
    [{ every: 'often' }, '"often" says not how often.'],
  ])('%j is refused, and nothing is written', async (fields, reason) => {
    const { app, add, edit } = shop();
    expect(refused(await add(fields)).reason).toBe(reason);
    expect(app.store.snapshot().tasks).toEqual([]);
    const task = granted(await add({}));
    expect(refused(await edit(task.id, { title: 'New', ...fields })).reason).toBe(reason);
    expect(app.store.tasks.find(task.id)?.title).toBe('T');
  });
});

test('what has started or ended has no other time any more', async () => {
  const { app, project, edit } = shop();
  const insert = (more: object) => insertTask(app, project, more).id;
  const working = insert({ status: 'working', every: '1d' });
  expect(refused(await edit(working, { at: '+2h' })).reason).toContain('has started already');
  expect(granted(await edit(working, { every: 'none' })).every).toBeNull();
  const done = insert({ status: 'done' });
  expect(refused(await edit(done, { every: '1d' })).reason).toContain('is done');
  const next = insert({});
  const repeated = insert({ status: 'error', every: '1d', nextId: next });
  expect(refused(await edit(repeated, { every: 'none' })).reason).toBe(
    `#${repeated} has ended, and #${next} comes next.`,
  );
  expect(granted(await edit(repeated, { at: '+2h' })).notBefore).toBe('2026-01-01T14:00:00.000Z');
});
