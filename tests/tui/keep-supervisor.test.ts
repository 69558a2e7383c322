import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Snapshot } from '#app.ts';
import { keepSupervisor, needsSupervisor } from '#tui/keep-supervisor.ts';
import { queueSnapshot } from '../support/queue-snapshot.ts';
import { aRow, aSnapshot, fullSnapshot } from '../support/snapshots.ts';

const QUIET = aSnapshot({ tasks: [aRow(1)] });
const full = fullSnapshot();
const NOW = Date.parse('2026-01-02T12:00:00.000Z');

describe('the supervisor is needed', () => {
  test('while there is an open session, or an open pull request of a task that is not done', () => {
    const { pullRequests } = full;
    const withRequest = (status: 'in_review' | 'done'): Snapshot =>
      aSnapshot({ tasks: [aRow(3, { status })], pullRequests });
    expect(needsSupervisor(aSnapshot({ sessions: full.sessions }), NOW)).toBe(true);
    expect(needsSupervisor(withRequest('in_review'), NOW)).toBe(true);
    expect(needsSupervisor(withRequest('done'), NOW)).toBe(false);
    expect(needsSupervisor(QUIET, NOW)).toBe(false);
  });

  test('while a merge has left something to do', () => {
    const [first] = full.pullRequests.values();
    if (first === undefined) throw new Error('There is a pull request.');
    const withMerged = (landedAt: string | null): Snapshot => {
      const mergedAt = new Date(NOW - 60_000).toISOString();
      const merged = { ...first, taskId: 3, state: 'merged', mergedAt, landedAt } as const;
      return aSnapshot({
        tasks: [aRow(3, { status: 'done' })],
        pullRequests: new Map([[3, merged]]),
      });
    };
    expect(needsSupervisor(withMerged(null), NOW)).toBe(true);
    expect(needsSupervisor(withMerged(new Date(NOW).toISOString()), NOW)).toBe(false);
  });
});

test('it is needed for a task that is to start by itself, and for one that waits for nobody', () => {
  const queue = (changes: Parameters<typeof aRow>[1], paused: string | null = null) => {
    const tasks = [aRow(1, { mode: 'autonomous', ...changes })];
    return queueSnapshot({
      tasks,
      sessions: new Map(),
      queue: { pausedAt: paused, pauseReason: null },
    });
  };
  expect(needsSupervisor(queue({}), NOW)).toBe(true);
  expect(needsSupervisor(queue({}, '2026-01-01T10:00:00.000Z'), NOW)).toBe(false);
  expect(needsSupervisor(queue({ held: 'killed' }), NOW)).toBe(false);
});

describe('looking after the supervisor', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const keep = (given: { snapshot?: () => Snapshot; runs: () => boolean; fails?: boolean }) => {
    const said: (string | null)[] = [];
    const ensure = vi.fn(async () => {
      if (given.fails) throw new Error('no tmux');
    });
    const keeper = keepSupervisor(
      Promise.resolve(),
      () => needsSupervisor(given.snapshot?.() ?? full, NOW),
      given.runs,
      ensure,
      (sentence) => said.push(sentence),
    );
    return { ensure, keeper, said };
  };

  test('begins after the first frame, and later as soon as there is need', async () => {
    let snapshot = QUIET;
    const { ensure, keeper } = keep({ snapshot: () => snapshot, runs: () => false });
    await vi.advanceTimersByTimeAsync(59_000);
    expect(ensure).toHaveBeenCalledTimes(0);
    snapshot = full;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(ensure).toHaveBeenCalledTimes(1);
    await keeper.stop();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(ensure).toHaveBeenCalledTimes(1);
  });

  test('asks no more than once while it runs, and within seconds once it does not', async () => {
    let runs = true;
    const { ensure, keeper, said } = keep({ runs: () => runs });
    await vi.advanceTimersByTimeAsync(600_000);
    expect(ensure).toHaveBeenCalledTimes(1);
    runs = false;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(ensure).toHaveBeenCalledTimes(2);
    runs = true;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(said.filter((each) => each !== null)).toEqual([]);
    await keeper.stop();
  });

  test('what failed at first is not said any more once it runs', async () => {
    let runs = false;
    const given = { runs: () => runs, fails: true };
    const { keeper, said } = keep(given);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(said.at(-1)).toContain('no tmux');
    // Another process has started it before anybody looked again.
    runs = true;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(said.at(-1)).toBeNull();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(said).toHaveLength(2);
    await keeper.stop();
  });

  test('what does not help is tried less and less often, and said', async () => {
    let runs = false;
    const { ensure, keeper, said } = keep({ runs: () => runs });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(said).toEqual([]);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(ensure.mock.calls.length).toBeGreaterThan(8);
    expect(ensure.mock.calls.length).toBeLessThan(18);
    expect(said.at(-1)).toContain('The supervisor does not run');
    runs = true;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(said.at(-1)).toBeNull();
    await keeper.stop();
  });

  test('why it cannot be started is said at once', async () => {
    const { keeper, said } = keep({ runs: () => false, fails: true });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(said.at(-1)).toContain('no tmux');
    await keeper.stop();
  });
});
