import { expect, test } from 'vitest';
import type { EventRow } from '#domain/event.ts';
import { type Action, actionsOf, whyNotUndo } from '#domain/undo.ts';
import { aTask } from '../support/builders.ts';

function event(id: number, kind: string, more: Partial<EventRow> = {}): EventRow {
  const place = { projectId: 1, taskId: 3, sessionId: null };
  return { id, at: '', ...place, kind, source: 'person', data: {}, ...more };
}

const move = (id: number, position = id): EventRow =>
  event(id, 'task.move', { data: { before: { priority: 2, position } } });

test('what was undone is left out, and what an undo did is no action', () => {
  const undo = event(9, 'action.undo', { data: { undoes: [8] } });
  const found = actionsOf([undo, move(8), move(7)]);
  expect(found.map(({ events }) => events)).toEqual([[7]]);
  expect(found[0]?.steps).toEqual([
    { do: 'values', taskId: 3, values: { priority: 2, position: 7 } },
  ]);
});

test('events of one action belong together; neighbours without a mark do not', () => {
  const edit = (id: number, before: object) =>
    event(id, 'task.edit', { data: { before, together: 'x' } });
  const found = actionsOf([edit(5, { after: [1] }), edit(4, { title: 'A' }), move(3), move(2)]);
  expect(found.map(({ events }) => events)).toEqual([[5, 4], [3], [2]]);
  expect(found[0]?.steps.map((step) => step.do)).toEqual(['after', 'values']);
});

test('what a launch did along the way is not what somebody means by undo', () => {
  const submit = { from: 'draft', to: 'pending', before: {}, by: 'launch' };
  expect(actionsOf([event(2, 'task.submit', { data: submit })])).toEqual([]);
});

test.each([
  ['a merge', event(1, 'task.merge'), 'base branch'],
  ['an event of before', event(1, 'task.move'), 'before there was an undo'],
  ['a kill that found nothing', event(1, 'task.kill', { sessionId: 's' }), 'nothing was left'],
])('%s says why it is never undone', (_, given, why) => {
  const [action] = actionsOf([given]);
  expect(action?.steps).toEqual([]);
  expect(action?.never).toContain(why);
});

const ACTION: Action = {
  ...{ events: [1], taskId: 3, projectId: 1, name: 'the kill of #3' },
  ...{ steps: [], never: null },
};
const THREE = { ...aTask(), id: 3 };
const FACTS = { task: THREE, hasSession: false, entry: null, nameTaken: false };

test('nothing newer is lost by an undo', () => {
  const status = { do: 'status', taskId: 3, from: 'working', to: 'pending', values: {} } as const;
  expect(whyNotUndo(ACTION, status, FACTS)).toBeUndefined();
  const done = { ...FACTS, task: { ...THREE, status: 'done' as const } };
  expect(whyNotUndo(ACTION, status, done)?.reason).toBe(
    'The kill of #3 is not undone: #3 has another status since.',
  );
  const row = { do: 'row', taskId: 3, trash: 1 } as const;
  expect(whyNotUndo(ACTION, row, FACTS)?.reason).toContain('is there already');
  const session = { do: 'session', taskId: 3, trash: 1 } as const;
  expect(whyNotUndo(ACTION, session, { ...FACTS, hasSession: true })?.hint).toContain('show 3');
  const project = { do: 'project', projectId: 1, name: 'app' } as const;
  expect(whyNotUndo(ACTION, project, { ...FACTS, nameTaken: true })?.reason).toContain('"app"');
  const gone = { ...FACTS, task: null };
  const values = { do: 'values', taskId: 3, values: { priority: 1 } } as const;
  expect(whyNotUndo(ACTION, values, gone)?.reason).toContain('is gone');
  const working = { ...FACTS, task: { ...THREE, status: 'working' as const } };
  expect(whyNotUndo(ACTION, values, working)).toBeUndefined();
  const texts = { do: 'values', taskId: 3, values: { title: 'x' } } as const;
  expect(whyNotUndo(ACTION, texts, working)?.reason).toContain('Claude has its texts');
});
