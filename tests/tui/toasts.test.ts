import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ClaustreError, refuse } from '#domain/error.ts';
import { createState } from '#tui/state.ts';
import { createToasts } from '#tui/toasts.ts';
import { createView } from '#tui/view.ts';
import { aSnapshot } from '../support/snapshots.ts';

function setUp() {
  const state = createState(aSnapshot(), createView({ columns: 100, rows: 30 }, 0));
  const toasts = createToasts(state, Date.now, () => 'Something went wrong; see the log.');
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

  test('make way for the next as soon as they could be read, and for none before', () => {
    const { toasts, shown } = setUp();
    toasts.show('one', 'bad');
    vi.advanceTimersByTime(1_000);
    toasts.show('two', 'good');
    toasts.show('three', 'good');
    expect(shown()).toEqual(['one', 'two', 'three']);
    vi.advanceTimersByTime(500);
    expect(shown()).toEqual(['two', 'three']);
    vi.advanceTimersByTime(1_500);
    expect(shown()).toEqual(['three']);
    vi.advanceTimersByTime(4_000);
    expect(shown()).toEqual([]);
  });

  test('the same sentence is not said twice, and not too many wait', () => {
    const { toasts, shown } = setUp();
    for (let index = 0; index < 3; index += 1) toasts.show('same', 'good');
    for (let index = 0; index < 20; index += 1) toasts.show(`${index}`, 'good');
    expect(shown()).toEqual(['same', '15', '16', '17', '18', '19']);
  });

  test('a refusal and an error say what to do; a bug says where to look', () => {
    const { toasts, shown } = setUp();
    toasts.refuse(refuse('No.', 'Do this.'));
    toasts.fail(new ClaustreError('environment', 'Busy.', { hint: 'Wait.' }));
    toasts.fail(new TypeError('x is not a function'));
    expect(shown()).toEqual(['No. Do this.', 'Busy. Wait.', 'Something went wrong; see the log.']);
  });
});
