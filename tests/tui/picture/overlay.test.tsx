import { expect, test } from 'vitest';
import { createOverlay } from '#tui/picture/overlay.ts';
import { createFakeTerminal } from '../../support/fake-terminal.ts';
import { LEFT, stage } from '../../support/picture-stage.tsx';
import { waitFor } from '../../support/wait-for.ts';

test('shows rows inside the empty box and writes only those that changed', async () => {
  const { terminal, overlay, lines, wanted } = await stage();
  overlay.setRows(['first', 'second']);
  expect(await lines()).toEqual(wanted(['first', 'second']));
  terminal.taken();
  overlay.setRows(['first', 'third']);
  const written = terminal.taken();
  expect(written).toContain('third');
  expect(written).not.toContain('first');
  expect(written.startsWith('\u001B[?2026h')).toBe(true);
  expect(written.endsWith('\u001B[?2026l')).toBe(true);
  overlay.setRows(['first', 'third']);
  expect(terminal.taken()).toBe('');
  overlay.setRows(['x']);
  expect(await lines()).toEqual(wanted(['x']));
});

test('is painted again inside each update of Ink', async () => {
  const { terminal, overlay, show, lines, wanted } = await stage();
  overlay.setRows(['picture']);
  terminal.taken();
  await show({ list: ['one', 'changed', 'new'] });
  expect(await lines()).toEqual(wanted(['picture']));
  const written = terminal.taken();
  expect(written.indexOf('picture')).toBeGreaterThan(written.indexOf('changed'));
  expect(written.indexOf('picture')).toBeLessThan(written.lastIndexOf('\u001B[?2026l'));
});

test('leaves the cursor and the look where Ink had them', async () => {
  const { terminal, overlay } = await stage();
  await terminal.screen.write('\u001B[3;5H\u001B[31m');
  overlay.setRows(['\u001B[0;44mblue\u001B[0m']);
  await terminal.settled();
  expect(terminal.screen.cursor()).toEqual({ x: 4, y: 2 });
  await terminal.screen.write('r');
  expect(terminal.screen.cell(4, 2)).toContain('"r" 1 16777216:1');
});

test('the cursor stands in the rectangle while it is wanted there, and Ink never notices', async () => {
  const { terminal, overlay, show, lines, wanted } = await stage();
  const at = { x: 3, y: 1, shape: 5 };
  overlay.setRows(['one', 'two'], at);
  await terminal.settled();
  const place = { x: LEFT + 4, y: 2 };
  expect(terminal.screen.cursor()).toEqual(place);
  expect(terminal.taken()).toContain('\u001B[5 q\u001B[?25h\u001B[?2026l');
  overlay.setRows(['one', 'two'], at);
  expect(terminal.taken()).toBe('');
  await show({ list: ['changed', 'by Ink'] });
  expect(await lines()).toEqual(wanted(['one', 'two']));
  expect(terminal.screen.cursor()).toEqual(place);
  terminal.taken();
  overlay.setRows(['one', 'two'], null);
  expect(terminal.taken()).toContain('\u001B[?25l\u001B[0 q');
  overlay.setRows(['one', 'two'], at);
  overlay.setRectangle(null);
  await show({ list: ['again'] });
  expect(await lines()).toEqual(wanted([]));
  expect(terminal.taken()).toContain('\u001B[?25l\u001B[0 q');
});

test('a copy goes to the terminal as it is', async () => {
  const { terminal, overlay } = await stage();
  terminal.taken();
  overlay.copy('aGVsbG8=');
  expect(terminal.taken()).toBe('\u001B]52;c;aGVsbG8=\u0007');
});

test('what the terminal reports is taken back before another program has it, and at the end', async () => {
  const { terminal, overlay, handOver } = await stage();
  terminal.taken();
  overlay.setModes({ mouse: 'drag', focus: true, otherKeys: 1 });
  expect(terminal.taken()).toContain('\u001B[?1002h');
  let meanwhile = '';
  await handOver(() => {
    meanwhile = terminal.taken();
  });
  expect(meanwhile).toContain('\u001B[?1002l');
  expect(meanwhile).toContain('\u001B[?1004l');
  expect(meanwhile).toContain('\u001B[>4;0m');
  expect(terminal.taken()).toContain('\u001B[?1002h');
});

test('gives its cells back when there is a dialog or nothing to show', async () => {
  const { overlay, show, lines, wanted } = await stage();
  overlay.setRows(['picture', 'more']);
  await show({ dialog: true });
  overlay.setRows(['late']);
  expect(await lines()).toEqual(wanted([]));
  await show({ dialog: false });
  expect(await lines()).toEqual(wanted([]));
  overlay.setRows(['back']);
  expect(await lines()).toEqual(wanted(['back']));
  overlay.setRectangle(null);
  expect(await lines()).toEqual(wanted([]));
});

test('writes nothing while another program has the terminal, and all of it afterwards', async () => {
  const { terminal, overlay, handOver, lines, wanted } = await stage();
  overlay.setRows(['before']);
  let written = '';
  await handOver(() => {
    terminal.taken();
    overlay.setRows(['meanwhile']);
    overlay.setRectangle({ x: 0, y: 0, width: 5, height: 5 });
    overlay.setRectangle({ x: LEFT + 1, y: 1, width: 26, height: 6 });
    overlay.setRows(['after']);
    written = terminal.taken();
  });
  expect(written).toBe('');
  expect(await lines()).toEqual(wanted(['after']));
});

test('an old rectangle never touches the layout of a new size', async () => {
  const { terminal, overlay, show, lines, wanted } = await stage(60, 10);
  overlay.setRows(['wide '.repeat(9), 'two', '', '', '', '', '', 'last']);
  for (const [columns, rows] of [
    [36, 7],
    [70, 12],
    [36, 12],
    [60, 6],
  ] as const) {
    terminal.resize(columns, rows);
    overlay.setRows(['stale '.repeat(9)]);
    // Ink draws the new size before anybody says where the rectangle is now.
    const right = async () => (await lines()).join() === wanted([]).join();
    await waitFor('the new size', right, 3_000);
    await show({});
    overlay.setRows(['fits']);
    expect(await lines()).toEqual(wanted(['fits']));
  }
});

test('a frame for the new size is free of it, whoever asked first to hear of sizes', () => {
  const terminal = createFakeTerminal(50, 5);
  let frame = () => undefined as unknown;
  terminal.stdout.on('resize', () => frame());
  const overlay = createOverlay(terminal.stdout);
  overlay.setRectangle({ x: 1, y: 1, width: 9, height: 3 });
  overlay.setRows(['picture']);
  frame = () => overlay.stdout.write('\u001B[?2026l');
  terminal.taken();
  terminal.resize(40, 5);
  expect(terminal.taken()).not.toContain('picture');
});

test('the stand-in answers for the real stream in everything else', async () => {
  const terminal = createFakeTerminal(50, 5);
  const { stdout, close } = createOverlay(terminal.stdout);
  expect([stdout.columns, stdout.rows, stdout.isTTY]).toEqual([50, 5, true]);
  expect('isTTY' in stdout).toBe(true);
  let resized = 0;
  stdout.on('resize', () => {
    resized += 1;
  });
  terminal.resize(51, 5);
  expect([resized, stdout.columns]).toEqual([1, 51]);
  close();
  expect(terminal.stdout.listenerCount('resize')).toBe(1);
});

test('no order of changes leaves a wrong cell', async () => {
  const { terminal, overlay, handOver, show, lines, wanted } = await stage();
  let rows: string[] = [];
  let dialog = false;
  let seed = 7;
  const pick = (count: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((seed / 2 ** 31) * count);
  };
  const text = () => String.fromCharCode(97 + pick(26)).repeat(1 + pick(LEFT - 2));
  for (let step = 0; step < 150; step += 1) {
    const action = pick(6);
    if (action === 0) {
      dialog = !dialog;
      await show({ dialog });
      rows = [];
    } else if (action === 1) {
      await show({ list: [text(), text(), text()] });
    } else if (action === 2) {
      const before = `${terminal.stdout.columns}x${terminal.stdout.rows}`;
      terminal.resize(30 + pick(3) * 10, 6 + pick(3));
      if (before !== `${terminal.stdout.columns}x${terminal.stdout.rows}`) rows = [];
      await show({});
    } else if (action === 3) {
      await handOver(() => overlay.setRows(rows));
    } else {
      const next = [text(), text(), text()];
      overlay.setRows(next, pick(2) === 0 ? null : { x: pick(9), y: pick(3), shape: pick(7) });
      rows = dialog ? [] : next;
    }
    expect(await lines(), `after step ${step}`).toEqual(wanted(rows));
  }
});
