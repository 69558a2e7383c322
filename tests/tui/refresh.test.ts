import { describe, expect, test } from 'vitest';
import type { Snapshot } from '#app.ts';
import { createRefresh, reuse } from '#tui/refresh.ts';
import { aRow, fullSnapshot } from '../support/snapshots.ts';
import { waitFor } from '../support/wait-for.ts';

const copy = (snapshot: Snapshot): Snapshot => structuredClone(snapshot);

describe('a new snapshot', () => {
  test('is the old one when nothing differs', () => {
    const before = fullSnapshot();
    expect(reuse(before, copy(before))).toBe(before);
  });

  test('keeps every part that did not change', () => {
    const before = fullSnapshot();
    const next = copy(before);
    next.tasks[2] = { ...aRow(3), title: 'renamed' };
    const after = reuse(before, next);
    expect(after.tasks).not.toBe(before.tasks);
    expect(after.tasks[2]?.title).toBe('renamed');
    expect(after.tasks[1]).toBe(before.tasks[1]);
    expect(after.sessions).toBe(before.sessions);
    expect(after.projects).toBe(before.projects);
  });

  test.each<[string, (snapshot: Snapshot) => void]>([
    ['a task that is gone', (each) => void each.tasks.shift()],
    ['a new task', (each) => void each.tasks.push(aRow(99))],
    ['other dependencies', (each) => void each.tasks[4]?.openBefore.pop()],
    ['a session that ended', (each) => void each.sessions.delete(1)],
    ['another limit', (each) => void each.limits.pop()],
    ['other costs', (each) => void each.usage.clear()],
  ])('tells of %s', (_, change) => {
    const before = fullSnapshot();
    const next = copy(before);
    change(next);
    const after = reuse(before, next);
    expect(after).not.toBe(before);
    expect(after).toEqual(next);
  });
});

function setUp() {
  let stored = fullSnapshot();
  let current = stored;
  let hint: () => void = () => undefined;
  let reads = 0;
  const shown: Snapshot[] = [];
  const failures: unknown[] = [];
  const refresh = createRefresh(
    () => {
      reads += 1;
      if (stored.tasks.length === 0) throw new Error('the database is busy');
      return copy(stored);
    },
    (callback) => {
      hint = callback;
      return () => undefined;
    },
    () => current,
    (snapshot) => {
      current = snapshot;
      shown.push(snapshot);
    },
    (error) => failures.push(error),
  );
  return {
    refresh,
    shown,
    failures,
    reads: () => reads,
    hint: () => hint(),
    change: (tasks: Snapshot['tasks']) => {
      stored = { ...stored, tasks };
    },
  };
}

describe('refreshing', () => {
  test('is over when it was stopped, also for an operation that ends later', () => {
    const { refresh, change, reads, failures } = setUp();
    refresh.stop();
    change([]);
    refresh.now();
    expect(reads()).toBe(0);
    // Trouble would be looked at again and again, and keep the process from ending.
    expect(failures).toEqual([]);
  });

  test('reads nothing until something was committed, then at once', () => {
    const { hint, reads, shown, change, refresh } = setUp();
    expect(reads()).toBe(0);
    change([aRow(1)]);
    hint();
    expect(shown).toHaveLength(1);
    refresh.stop();
  });

  test('many commits within a tenth of a second are one more read', async () => {
    const { hint, reads, change, refresh, shown } = setUp();
    hint();
    for (let index = 0; index < 50; index += 1) {
      change([aRow(index)]);
      hint();
    }
    expect(reads()).toBe(1);
    await waitFor('the second read', () => reads() === 2);
    expect(shown.at(-1)?.tasks[0]?.id).toBe(49);
    refresh.stop();
  });

  test('a commit that shows nothing new draws nothing', () => {
    const { hint, reads, shown, refresh } = setUp();
    hint();
    expect([reads(), shown.length]).toEqual([1, 0]);
    refresh.stop();
  });

  test('a read that fails is told, made again without a hint, and told when it works', async () => {
    const { change, failures, refresh, shown } = setUp();
    change([]);
    refresh.now();
    expect(failures).toEqual([expect.any(Error)]);
    change([aRow(5)]);
    await waitFor('the next read', () => shown.length === 1, 3_000);
    expect(failures.at(-1)).toBeNull();
    refresh.stop();
  });
});
