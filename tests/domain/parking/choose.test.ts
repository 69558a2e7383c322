import { describe, expect, test } from 'vitest';
import { chooseToPark, isLive, type ParkingFacts } from '#domain/parking/choose.ts';
import type { Session } from '#domain/session.ts';
import { aSession } from '../../support/builders.ts';

const NOW = 10_000_000;
const MINUTE = 60_000;

/** A session that has been idle for so many minutes, since a turn of its own. */
function idleFor(minutes: number, taskId: number, more: Partial<Session> = {}): Session {
  const since = NOW - minutes * MINUTE;
  return aSession({
    ...{ id: `s${taskId}`, taskId, state: 'open', movedAt: since - 3, promptedAt: since - 2 },
    ...{ turnEndedAt: since, turnBehind: false, parkedAt: null },
    activity: { name: 'idle', source: 'hook', since, detail: null },
    ...more,
  });
}

const working = (taskId: number): Session =>
  idleFor(1, taskId, {
    activity: { name: 'working', source: 'hook', since: NOW, detail: null },
  });

function choose(sessions: Session[], more: Partial<ParkingFacts> = {}) {
  const { park, nextAt } = chooseToPark({
    ...{ sessions, inRound: new Set<number>(), maxLive: 10, freeMb: null, minFreeMb: 700 },
    ...{ parkAfterMs: () => 0, isLeft: () => false, now: NOW },
    ...more,
  });
  return {
    ids: park.map(({ session }) => session.taskId),
    whys: park.map(({ why }) => why),
    nextAt,
  };
}

describe('too many', () => {
  test('the one that is idle longest is parked, and as many as there are too many', () => {
    const sessions = [idleFor(5, 1), idleFor(30, 2), working(3), idleFor(10, 4)];
    expect(choose(sessions, { maxLive: 3 })).toMatchObject({ ids: [2], whys: ['4 Claudes lived'] });
    expect(choose(sessions, { maxLive: 2 }).ids).toEqual([2, 4]);
    expect(choose(sessions, { maxLive: 1 }).ids).toEqual([2, 4, 1]);
    expect(choose(sessions, { maxLive: 4 })).toEqual({ ids: [], whys: [], nextAt: null });
  });

  test('those that are over or parked do not count', () => {
    const over = (name: 'ended' | 'lost', taskId: number) =>
      idleFor(1, taskId, { activity: { name, source: 'pane', since: 1, detail: null } });
    const sessions = [idleFor(5, 1), over('ended', 2), over('lost', 3)];
    expect(sessions.map(isLive)).toEqual([true, false, false]);
    expect(choose(sessions, { maxLive: 1 }).ids).toEqual([]);
  });

  test('one that prints has no process between its turns', () => {
    expect(isLive(idleFor(5, 1, { runner: 'headless' }))).toBe(false);
    expect(isLive({ ...working(1), runner: 'headless' })).toBe(true);
    const sessions = [idleFor(5, 1, { runner: 'headless' }), working(2), working(3)];
    expect(choose(sessions, { maxLive: 1 }).ids).toEqual([]);
  });

  test('one that has just ended its turn is waited for, and one that was just woken for longer', () => {
    const just = idleFor(1 / 60, 1);
    expect(choose([just, working(2)], { maxLive: 1 })).toEqual({
      ...{ ids: [], whys: [], nextAt: NOW + 9_000 },
    });
    const woken = idleFor(1, 1, { movedAt: NOW - MINUTE });
    expect(choose([woken, working(2)], { maxLive: 1 }).nextAt).toBe(NOW + 4 * MINUTE);
  });

  test('one that must not be parked, or was refused a moment ago, is passed over', () => {
    const sessions = [idleFor(30, 1), idleFor(20, 2), idleFor(10, 3)];
    expect(choose(sessions, { maxLive: 2, inRound: new Set([1]) }).ids).toEqual([2]);
    expect(choose(sessions, { maxLive: 2, isLeft: ({ taskId }) => taskId === 1 }).ids).toEqual([2]);
    const behind = idleFor(40, 4, { turnBehind: true });
    expect(choose([...sessions, behind], { maxLive: 3 }).ids).toEqual([1]);
  });
});

describe('little memory', () => {
  test('parks one, and the next look shows what that gave back', () => {
    const sessions = [idleFor(5, 1), idleFor(30, 2)];
    expect(choose(sessions, { freeMb: 512 })).toMatchObject({
      ids: [2],
      whys: ['512 MB of memory were free'],
    });
    expect(choose(sessions, { freeMb: 700 }).ids).toEqual([]);
    expect(choose(sessions, { freeMb: null }).ids).toEqual([]);
  });
});

describe('long idle', () => {
  test('is parked in any case where that is wanted, and not before', () => {
    const sessions = [idleFor(31, 1), idleFor(10, 2)];
    const found = choose(sessions, { parkAfterMs: () => 30 * MINUTE });
    expect(found).toEqual({ ids: [1], whys: ['idle for 30 minutes'], nextAt: NOW + 20 * MINUTE });
  });
});
