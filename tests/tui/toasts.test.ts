import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ClaustreError, refuse } from '#domain/error.ts';
import { createState } from '#tui/state.ts';
import { createToasts } from '#tui/toasts.ts';
import { createView } from '#tui/view.ts';
import { aSnapshot } from '../support/snapshots.ts';

function setUp() {
  const state = createState(aSnapshot(), createView({ columns: 100, rows: 30 }, 0));
  const toasts = createToasts(state, () => 'Something went wrong; see the log.');
  return { toasts, shown: () => state.get().view.toasts.map(({ text }) => text) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('toasts', () => {
  test('stand for four seconds, errors for eight', () => {
    const { toasts, shown } = setUp();
    toasts.show('one', 'good');
    vi.advanceTimersByTime(3_900);
    expect(shown()).toEqual(['one']);
    vi.advanceTimersByTime(100);
    expect(shown()).toEqual([]);
    toasts.show('two', 'bad');
    vi.advanceTimersByTime(7_900);
    expect(shown()).toEqual(['two']);
    vi.advanceTimersByTime(100);
    expect(shown()).toEqual([]);
  });

  test('make way for the next at once and do not come back', () => {
    const { toasts, shown } = setUp();
    toasts.show('one', 'good');
    vi.advanceTimersByTime(1_000);
    toasts.show('two', 'warning');
    expect(shown()).toEqual(['two']);
    vi.advanceTimersByTime(3_900);
    expect(shown()).toEqual(['two']);
    vi.advanceTimersByTime(100);
    expect(shown()).toEqual([]);
  });

  test('of an error stand beside newer ones until their time is over', () => {
    const { toasts, shown } = setUp();
    toasts.show('broken', 'bad');
    vi.advanceTimersByTime(2_000);
    toasts.show('one', 'good');
    toasts.show('two', 'good');
    expect(shown()).toEqual(['broken', 'two']);
    vi.advanceTimersByTime(4_000);
    expect(shown()).toEqual(['broken']);
    vi.advanceTimersByTime(2_000);
    expect(shown()).toEqual([]);
  });

  test('of an error take the place of everything older', () => {
    const { toasts, shown } = setUp();
    toasts.show('broken', 'bad');
    toasts.show('one', 'good');
    toasts.show('broken again', 'bad');
    expect(shown()).toEqual(['broken again']);
    vi.advanceTimersByTime(7_900);
    expect(shown()).toEqual(['broken again']);
    vi.advanceTimersByTime(100);
    expect(shown()).toEqual([]);
  });

  test('that say the same again stand once, for the whole time', () => {
    const { toasts, shown } = setUp();
    toasts.show('same', 'good');
    vi.advanceTimersByTime(3_000);
    toasts.show('same', 'good');
    toasts.show('', 'good');
    expect(shown()).toEqual(['same']);
    vi.advanceTimersByTime(3_900);
    expect(shown()).toEqual(['same']);
    toasts.show('same', 'bad');
    toasts.show('same', 'warning');
    expect(shown()).toEqual(['same']);
  });

  test('a refusal and an error say what to do; a bug says where to look', () => {
    const { toasts, shown } = setUp();
    toasts.refuse(refuse('No.', 'Do this.'));
    expect(shown()).toEqual(['No. Do this.']);
    toasts.fail(new ClaustreError('environment', 'Busy.', { hint: 'Wait.' }));
    expect(shown()).toEqual(['Busy. Wait.']);
    toasts.fail(new TypeError('x is not a function'));
    expect(shown()).toEqual(['Something went wrong; see the log.']);
  });
});
