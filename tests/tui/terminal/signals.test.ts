import { expect, onTestFinished, test } from 'vitest';
import { endOnSignals } from '#tui/terminal/signals.ts';

function open(away = false) {
  const called: string[] = [];
  const asked = endOnSignals({
    isAway: () => away,
    onHangup: () => void called.push('hangup'),
    end: () => void called.push('end'),
  });
  onTestFinished(asked.stop);
  return { asked, called };
}

test.each([
  ['SIGTERM', 143, ['end']],
  ['SIGINT', 130, ['end']],
  ['SIGHUP', 129, ['hangup', 'end']],
] as const)('%s ends the dashboard with %i', (signal, code, wanted) => {
  const { asked, called } = open();
  expect(asked.code()).toBe(0);
  process.emit(signal, signal);
  expect(asked.code()).toBe(code);
  expect(called).toEqual(wanted);
});

test('an interrupt is for the program that has the terminal', () => {
  const { asked, called } = open(true);
  process.emit('SIGINT', 'SIGINT');
  expect(called).toEqual([]);
  process.emit('SIGTERM', 'SIGTERM');
  expect(called).toEqual(['end']);
  expect(asked.code()).toBe(143);
});

test('the second time nobody listens, so that the process ends at once', () => {
  const before = process.listenerCount('SIGTERM');
  const { called } = open();
  process.emit('SIGTERM', 'SIGTERM');
  expect(process.listenerCount('SIGTERM')).toBe(before);
  expect(called).toEqual(['end']);
});
