import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Snapshot } from '#app.ts';
import { keepSupervisor, needsSupervisor } from '#tui/keep-supervisor.ts';
import { aRow, aSnapshot, fullSnapshot } from '../support/snapshots.ts';

const QUIET = aSnapshot({ tasks: [aRow(1)] });
const full = fullSnapshot();

describe('the supervisor is needed', () => {
  test('while there is an open session, or an open pull request of a task that is not done', () => {
    const { pullRequests } = full;
    const withRequest = (status: 'in_review' | 'done'): Snapshot =>
      aSnapshot({ tasks: [aRow(3, { status })], pullRequests });
    expect(needsSupervisor(aSnapshot({ sessions: full.sessions }))).toBe(true);
    expect(needsSupervisor(withRequest('in_review'))).toBe(true);
    expect(needsSupervisor(withRequest('done'))).toBe(false);
    expect(needsSupervisor(QUIET)).toBe(false);
  });
});

describe('looking after the supervisor', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('begins after the first frame and goes on once a minute, when there is need', async () => {
    let snapshot = QUIET;
    const ensure = vi.fn(async () => undefined);
    const keeper = keepSupervisor(
      Promise.resolve(),
      () => snapshot,
      () => false,
      ensure,
      () => undefined,
    );
    await vi.advanceTimersByTimeAsync(59_000);
    expect(ensure).toHaveBeenCalledTimes(0);
    snapshot = full;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(ensure).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(ensure).toHaveBeenCalledTimes(3);
    await keeper.stop();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(ensure).toHaveBeenCalledTimes(3);
  });

  test('asks no more than once while the supervisor runs, and again once it does not', async () => {
    let runs = true;
    const ensure = vi.fn(async () => undefined);
    const keeper = keepSupervisor(
      Promise.resolve(),
      () => full,
      () => runs,
      ensure,
      () => undefined,
    );
    await vi.advanceTimersByTimeAsync(600_000);
    expect(ensure).toHaveBeenCalledTimes(1);
    runs = false;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ensure).toHaveBeenCalledTimes(2);
    await keeper.stop();
  });

  test('is tried again the next minute when it failed', async () => {
    const failures: unknown[] = [];
    const ensure = vi.fn(async () => Promise.reject(new Error('no tmux')));
    const keeper = keepSupervisor(
      Promise.resolve(),
      () => full,
      () => false,
      ensure,
      (error) => failures.push(error),
    );
    await vi.advanceTimersByTimeAsync(60_000);
    await keeper.stop();
    expect(failures).toHaveLength(2);
  });
});
