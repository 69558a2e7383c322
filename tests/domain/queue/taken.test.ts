import { expect, test } from 'vitest';
import type { ActivityName } from '#domain/activity.ts';
import { isAskingAlone, isAtWork, isStopped, takenSlot } from '#domain/queue/taken.ts';
import type { Session } from '#domain/session.ts';
import type { TaskStatus } from '#domain/task.ts';
import { aSession } from '../../support/builders.ts';
import { aQueueTask } from '../../support/queue-facts.ts';

const at = (name: ActivityName, more: Partial<Session> = {}) =>
  aSession({ activity: { name, source: 'hook', since: 1, detail: null }, state: 'open', ...more });

test.each<[TaskStatus, Session, boolean]>([
  ['working', at('working'), true],
  ['working', at('idle'), true],
  ['working', at('permission'), true],
  ['working', at('question'), true],
  ['working', at('limited'), true],
  ['working', at('starting', { state: 'opening' }), true],
  // Its launch was cut off: it is finished before another task starts.
  ['interrupted', at('lost', { state: 'opening' }), true],
  ['working', at('idle', { parkedAt: 5 }), false],
  // It is about to be tried again by itself.
  ['interrupted', at('ended'), true],
  ['interrupted', at('lost'), true],
  ['interrupted', at('ended', { failure: 'exited' }), true],
  // Somebody has to say how it goes on.
  ['interrupted', at('ended', { failure: 'looped' }), false],
  ['working', at('idle', { failure: 'interrupted' }), false],
  ['working', at('idle', { failure: 'server_error' }), true],
  ['interrupted', at('ended', { failure: 'rate_limit' }), false],
  // Killed there it is begun again; its slot is not given away between two steps of that.
  ['interrupted', at('lost', { failure: 'rate_limit' }), true],
  ['interrupted', at('ended', { parkedAt: 5 }), false],
  ['in_review', at('ended'), false],
  ['in_review', at('idle'), false],
  ['in_review', at('working'), true],
  ['ci_failed', at('idle'), false],
  ['error', at('idle'), false],
  ['working', at('working', { state: 'closing' }), false],
])('%s with %o takes a slot: %s', (status, session, taken) => {
  const slot = takenSlot(aQueueTask(7, { status, projectId: 3 }), session, 1);
  expect(slot).toEqual(taken ? { task: 7, project: 3 } : null);
});

test('what asks a person is known', () => {
  const task = aQueueTask(1, { status: 'working' });
  expect(isAskingAlone(task, at('plan'))).toBe(true);
  expect(isAskingAlone(task, at('working'))).toBe(false);
  expect(isAskingAlone(task, at('plan', { parkedAt: 5 }))).toBe(false);
  expect(isAskingAlone({ mode: 'supervised' }, at('plan'))).toBe(false);
});

test('what a person watches over takes no slot', () => {
  const mine = aQueueTask(1, { mode: 'supervised', status: 'working' });
  expect(takenSlot(mine, at('working'), 1)).toBeNull();
});

test.each(['permission', 'question', 'plan'] as const)(
  'one that asks (%s) leaves its slot to others after ten minutes, and is still at its work',
  (asks) => {
    const task = aQueueTask(7, { status: 'working' });
    const minutes = (count: number) => 1 + count * 60_000;
    expect(takenSlot(task, at(asks), minutes(10))).not.toBeNull();
    expect(takenSlot(task, at(asks), minutes(10) + 1)).toBeNull();
    expect(isAtWork(task, at(asks))).toBe(true);
    expect(takenSlot(task, at('working'), minutes(600))).not.toBeNull();
  },
);

test('what was left by /exit, or is held, takes no slot', () => {
  const detail = 'left by /exit';
  const left = at('ended', { activity: { ...at('ended').activity, detail } });
  expect(takenSlot(aQueueTask(7, { status: 'interrupted' }), left, 1)).toBeNull();
  const held = aQueueTask(7, { status: 'interrupted', held: 'budget' });
  expect(takenSlot(held, at('ended'), 1)).toBeNull();
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
