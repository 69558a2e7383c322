import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSpinner, type Sign, signsOf } from '#tui/calm/spinner.ts';
import { PLAIN_THEME } from '#tui/theme.ts';
import { createView, layoutOf, settle, type View } from '#tui/view.ts';
import { createFakeTerminal } from '../../support/fake-terminal.ts';
import { fullSnapshot } from '../../support/snapshots.ts';

// The screen of the test has timers of its own.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

const END = '\u001b[?2026l';
const at = (turns: boolean, y = 1): Sign => ({
  ...{ x: 2, y, symbol: '●', rests: '\u001b[0m' },
  turns: turns ? '\u001b[0;32m' : null,
});

function spinner() {
  const terminal = createFakeTerminal(20, 5);
  const made = createSpinner(terminal.stdout);
  const sign = async (y = 1): Promise<string> => {
    await terminal.settled();
    return terminal.screen.row(y).trim();
  };
  return { terminal, made, sign };
}

test('a sign turns four times a second, and nothing is written when none does', async () => {
  const { terminal, made } = spinner();
  vi.advanceTimersByTime(5_000);
  expect(terminal.taken()).toBe('');
  made.place([at(true), at(false, 2)]);
  vi.advanceTimersByTime(1_000);
  const written = terminal.taken();
  expect(written.match(/[⠀-⣿]/g)).toHaveLength(4);
  expect(written.length).toBeLessThan(250);
  made.place([at(false)]);
  vi.advanceTimersByTime(5_000);
  expect(terminal.taken()).toBe('');
});

test('what Ink draws anew turns in the same frame, and rests in the frame in which it ends', async () => {
  const { made, sign, terminal } = spinner();
  made.place([at(true)]);
  made.stdout.write('\u001b[2;1H  ● one');
  made.stdout.write(END);
  expect(await sign()).toMatch(/^[⠀-⣿] one$/);
  made.place([at(false)]);
  made.stdout.write(END);
  expect(await sign()).toBe('● one');
  terminal.taken();
  made.stdout.write(END);
  expect(terminal.taken()).toBe(END);
});

test('the cursor stays where Ink left it', async () => {
  const { made, sign, terminal } = spinner();
  made.stdout.write('\u001b[4;7H');
  made.place([at(true)]);
  made.stdout.write(END);
  await sign();
  expect(terminal.screen.cursor()).toEqual({ x: 6, y: 3 });
});

test('only what works right now turns, and nothing behind a dialog or while another program is there', () => {
  const snapshot = fullSnapshot();
  const view = settle(createView({ columns: 100, rows: 30 }, 0), snapshot);
  const signs = (more: Partial<View> = {}) =>
    signsOf(snapshot, { ...view, ...more }, layoutOf(view), PLAIN_THEME);
  // #1 works but asks for a permission; #2 works.
  const works = signs().filter(({ turns }) => turns !== null);
  expect(works).toHaveLength(1);
  expect(signs().map(({ symbol }) => symbol)).toEqual(['◐', '●', '●', '☐', '☐', '✎', '✓']);
  const area = layoutOf(view)?.tasks;
  expect(works[0]).toMatchObject({ x: (area?.x ?? 0) + 4, y: (area?.y ?? 0) + 3 });
  expect(signs({ away: true })).toEqual([]);
  expect(signs({ dialog: { kind: 'confirm', action: 'kill', input: {}, question: '' } })).toEqual(
    [],
  );
});
