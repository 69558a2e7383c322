import { expect, test } from 'vitest';
import type { ActivityName } from '#domain/activity.ts';
import { againWords, attemptStanding } from '#domain/attempt/standing.ts';

const at = Date.parse('2026-01-02T03:04:00.000Z');
const task = { mode: 'autonomous', status: 'working' } as const;
const session = (name: ActivityName, failure: string | null = null) => ({
  activity: { name, source: 'hook' as const, since: at, detail: 'API Error: 529' },
  failure,
});

test('the clock goes on with what failed, and says when', () => {
  const retryAt = new Date(at).toISOString();
  const standing = attemptStanding({ ...task, retryAt }, session('idle', 'server_error'));
  expect(standing).toEqual({
    of: 'clock',
    text: 'Claude got an error from the service: API Error: 529',
    until: at,
  });
  expect(againWords({ until: at }, at - 60_000)).toMatch(/^tried again at \d\d:04$/);
});

test('what a person did is left to them', () => {
  expect(attemptStanding(task, session('idle', 'interrupted'))?.of).toBe('person');
});

test('a task whose Claude died is about to be tried again', () => {
  const standing = attemptStanding({ ...task, status: 'interrupted' }, session('ended'));
  expect(standing).toEqual({ of: 'clock', text: 'API Error: 529', until: null });
  expect(againWords({ until: null }, at)).toBe('about to be tried again');
});

test.each([
  ['works', task, session('working')],
  ['is led by a person', { ...task, mode: 'supervised' as const }, session('idle', 'unknown')],
  ['is held', { ...task, held: 'budget' }, session('idle', 'unknown')],
  ['is in error', { ...task, status: 'error' as const }, session('ended')],
  ['stands at its prompt after a turn', task, session('idle')],
])('nothing is said of a task that %s', (_, about, place) => {
  expect(attemptStanding(about, place)).toBeNull();
});
