import { expect, test } from 'vitest';
import type { ActivityName } from '#domain/activity.ts';
import { isAskingAlone, isStopped, takenSlot } from '#domain/queue/taken.ts';
import type { Session } from '#domain/session.ts';
import type { TaskStatus } from '#domain/task.ts';
import { aSession } from '../../support/builders.ts';
import { aQueueTask } from '../../support/queue-facts.ts';

const at = (name: ActivityName, more: Partial<Session> = {}) =>
  aSession({ activity: { name, source: 'hook', since: 1, detail: null }, state: 'open', ...more });

const left = at('ended', {
  activity: { name: 'ended', source: 'hook', since: 1, detail: 'left by /exit' },
});

test.each<[TaskStatus, Session, boolean]>([
  ['working', at('working'), true],
  ['working', at('idle'), true],
  // Nobody may come before the morning.
  ['working', at('permission'), false],
  ['working', at('question'), false],
  ['working', at('limited'), true],
  ['working', at('starting', { state: 'opening' }), true],
  // Its launch was cut off: it is finished before another task starts.
  ['interrupted', at('lost', { state: 'opening' }), true],
  ['working', at('idle', { parkedAt: 5 }), false],
  // It is started again by itself, in a moment.
  ['interrupted', at('ended'), true],
  ['interrupted', at('lost'), true],
  ['interrupted', left, false],
  ['interrupted', at('ended', { failure: 'rate_limit' }), false],
  ['interrupted', at('ended', { parkedAt: 5 }), false],
  ['in_review', at('ended'), false],
  ['in_review', at('idle'), false],
  ['in_review', at('working'), true],
  ['ci_failed', at('idle'), false],
  ['error', at('idle'), false],
  ['working', at('working', { state: 'closing' }), false],
])('%s with %o takes a slot: %s', (status, session, taken) => {
  const slot = takenSlot(aQueueTask(7, { status, projectId: 3 }), session);
  expect(slot).toEqual(taken ? { task: 7, project: 3 } : null);
});

test('what asks a person is known, although it takes no slot', () => {
  const task = aQueueTask(1, { status: 'working' });
  expect(isAskingAlone(task, at('plan'))).toBe(true);
  expect(isAskingAlone(task, at('working'))).toBe(false);
  expect(isAskingAlone(task, at('plan', { parkedAt: 5 }))).toBe(false);
  expect(isAskingAlone({ mode: 'supervised' }, at('plan'))).toBe(false);
});

test('what a budget holds takes no slot', () => {
  const task = aQueueTask(1, { status: 'interrupted', held: 'budget' });
  expect(takenSlot(task, at('ended'))).toBeNull();
});

test('what a person watches over takes no slot', () => {
  expect(
    takenSlot(aQueueTask(1, { mode: 'supervised', status: 'working' }), at('working')),
  ).toBeNull();
});

test('stopped is what was ended at work, not what lost its session or is only parked', () => {
  const parked = at('ended', { parkedAt: 5 });
  expect(isStopped(aQueueTask(1, { status: 'interrupted' }), parked)).toBe(true);
  expect(isStopped(aQueueTask(1, { status: 'interrupted' }), at('ended'))).toBe(false);
  expect(isStopped(aQueueTask(1, { status: 'in_review' }), parked)).toBe(false);
  expect(isStopped(aQueueTask(1, { status: 'interrupted', mode: 'supervised' }), parked)).toBe(
    false,
  );
});
