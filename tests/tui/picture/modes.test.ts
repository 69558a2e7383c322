import { expect, test } from 'vitest';
import { createScreenModes, type Modes, modeSequence, NO_MODES } from '#tui/picture/modes.ts';

const CLICK: Modes = { mouse: 'click', focus: false, otherKeys: 0 };
const PANE: Modes = { mouse: 'drag', focus: true, otherKeys: 1 };

test('only what differs is said, and all of it is taken back', () => {
  expect(modeSequence(NO_MODES, CLICK)).toBe('\u001B[?1000h\u001B[?1006h');
  expect(modeSequence(CLICK, PANE)).toBe('\u001B[?1000l\u001B[?1002h\u001B[?1004h\u001B[>4;1m');
  expect(modeSequence(PANE, PANE)).toBe('');
  expect(modeSequence(PANE, NO_MODES)).toBe('\u001B[?1002l\u001B[?1006l\u001B[?1004l\u001B[>4;0m');
});

test('they hold while Ink has its screen', () => {
  let written = '';
  const modes = createScreenModes((text) => {
    written += text;
  });
  modes.set(CLICK);
  expect(written).toBe('');
  expect(modes.around('\u001B[?1049hrest')).toBe(
    '\u001B[?1049h\u001B[H\u001B[?1000h\u001B[?1006hrest',
  );
  modes.set({ ...CLICK, mouse: 'none' });
  expect(written).toBe('\u001B[?1000l\u001B[?1006l');
  modes.set(CLICK);
  expect(modes.around('\u001B[?1049l')).toBe('\u001B[?1000l\u001B[?1006l\u001B[?1049l');
  expect(modes.around('\u001B[?1049l')).toBe('\u001B[?1049l');
  written = '';
  modes.set(NO_MODES);
  expect(written).toBe('');
  expect(modes.around('text')).toBe('text');
});
