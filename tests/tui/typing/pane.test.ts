import { describe, expect, onTestFinished, test } from 'vitest';
import type { Cursor } from '#tui/picture/cursor.ts';
import type { Modes } from '#tui/picture/modes.ts';
import { createPane } from '#tui/typing/pane.ts';
import { fakeClient } from '../../support/fake-terminal-client.ts';
import { waitFor } from '../../support/wait-for.ts';

const AREA = { x: 10, y: 5, width: 20, height: 4 };
const MOUSE_ON = '\u001B[?1002h\u001B[?1006h';

function setUp() {
  const fake = fakeClient({ columns: AREA.width, rows: AREA.height });
  const frames: { rows: readonly string[]; cursor: Cursor | null }[] = [];
  const modes: Modes[] = [];
  const copied: string[] = [];
  const overlay = {
    setRows: (rows: readonly string[], cursor: Cursor | null = null) =>
      void frames.push({ rows, cursor }),
  };
  const pane = createPane(fake.client, overlay, AREA, {
    colors: true,
    onModes: (next) => void modes.push(next),
    onCopy: (base64) => void copied.push(base64),
  });
  let open = true;
  const close = () => {
    if (open) pane.close();
    open = false;
  };
  onTestFinished(close);
  const sees = (text: string) =>
    waitFor(`"${text}"`, () => frames.at(-1)?.rows.some((row) => row.includes(text)));
  return { ...fake, pane, frames, modes, copied, sees, close };
}

describe('the pane that is typed into', () => {
  test('is drawn without the status line, with its cursor', async () => {
    const { show, sees, frames } = setUp();
    show('tabs of tmux\r\nfirst\r\nsec');
    await sees('sec');
    expect(frames.at(-1)).toEqual({
      rows: ['first', 'sec', '', ''],
      cursor: { x: 3, y: 1, shape: 0 },
    });
  });

  test('gets what is typed byte by byte, once tmux has the terminal', async () => {
    const { pane, typed, show } = setUp();
    pane.send('early', false);
    expect(typed()).toBe('');
    show('x');
    await waitFor('what was typed', () => typed() === 'early');
    pane.send(Buffer.from('é\u001B[A').toString('latin1'), false);
    expect(typed()).toBe('earlyé\u001B[A');
  });

  test('gets marks around a paste only where it asked for them', async () => {
    const { pane, typed, show, sees } = setUp();
    const paste = '\u001B[200~a\u0011\u0003b\rc\td\u001B[201~';
    show('\r\nfirst');
    await sees('first');
    pane.send(paste, true);
    expect(typed()).toBe('ab\rc\td');
    show('\u001B[?2004h\r\nthen');
    await sees('then');
    pane.send(paste, true);
    expect(typed()).toBe(`ab\rc\td${paste}`);
  });

  test('gets the mouse in its own cells, once it wants it', async () => {
    const { pane, show, typed, modes } = setUp();
    const report = { code: 0, x: 12, y: 6, released: false };
    pane.mouse(report);
    expect(typed()).toBe('');
    show(MOUSE_ON);
    await waitFor('the wish', () => modes.at(-1)?.mouse === 'drag');
    pane.mouse(report);
    pane.mouse({ ...report, x: 0, y: 99, released: true });
    // The third column and the second row, with the status line above.
    expect(typed()).toBe('\u001B[<0;3;3M\u001B[<0;1;5m');
  });

  test('has the size of its cells; moved alone it is drawn again as it is', async () => {
    const { pane, show, sees, size, frames } = setUp();
    show('\r\nx');
    await sees('x');
    const before = frames.length;
    pane.place({ ...AREA, x: 11 });
    await waitFor('a frame', () => frames.length > before);
    expect(size()).toEqual({ columns: 20, rows: 4 });
    pane.place({ ...AREA, width: 30, height: 9 });
    await waitFor('a taller frame', () => frames.at(-1)?.rows.length === 9);
    expect(size()).toEqual({ columns: 30, rows: 9 });
  });

  test('an update is shown as a whole, one that never ends in its parts', async () => {
    const { show, sees, frames } = setUp();
    show('\r\nbefore');
    await sees('before');
    show('\u001B[?2026h\r\nhalf');
    show('\r\nwhole\u001B[?2026l');
    await sees('whole');
    const halves = frames.filter(({ rows }) => rows.includes('half') && !rows.includes('whole'));
    expect(halves).toEqual([]);
    show('\u001B[?2026h\r\nstuck');
    await sees('stuck');
  });

  test('a flood is held back, and draws no more than thirty frames a second', async () => {
    const { show, frames, isPaused, sees } = setUp();
    const begun = performance.now();
    for (let chunk = 0; chunk < 10; chunk += 1) show('y\r\n'.repeat(20_000));
    expect(isPaused()).toBe(true);
    show('the end');
    await sees('the end');
    expect(isPaused()).toBe(false);
    const most = Math.ceil((performance.now() - begun) / 33) + 2;
    expect(frames.length).toBeLessThanOrEqual(most);
  });

  test('answers the questions of tmux, and hands on what is copied', async () => {
    const { show, typed, copied, sees } = setUp();
    show('\u001B[c\u001B]52;c;aGk=\u0007\r\nx');
    await sees('x');
    expect(typed()).toBe('\u001B[?1;2c');
    expect(copied).toEqual(['aGk=']);
  });

  test('draws once more without a cursor when it is closed, and nothing afterwards', async () => {
    const { show, sees, frames, close, isClosed } = setUp();
    show('\r\nlast');
    await sees('last');
    close();
    expect(isClosed()).toBe(true);
    expect(frames.at(-1)).toEqual({ rows: ['last', '', '', ''], cursor: null });
    const count = frames.length;
    show('more');
    await new Promise((resolve) => setImmediate(resolve));
    expect(frames).toHaveLength(count);
  });
});
