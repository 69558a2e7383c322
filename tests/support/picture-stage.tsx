import { PassThrough } from 'node:stream';
import { Box, render, Text, useApp, useInput, useWindowSize } from 'ink';
import { useEffect } from 'react';
import { onTestFinished } from 'vitest';
import type { Area } from '#tui/layout.ts';
import { createInput } from '#tui/picture/input.ts';
import { createOverlay, type Overlay } from '#tui/picture/overlay.ts';
import { createFakeTerminal, type FakeTerminal } from './fake-terminal.ts';

/** Columns of the list; the box for the rectangle is beside it. */
export const LEFT = 12;
const DIALOG = ['Remove this task?', '', 'yes        no', 'or neither'];

interface View {
  list: string[];
  dialog: boolean;
}

/**
 * A list in a box beside a box that is left empty for the rectangle; a dialog takes the whole
 * screen.
 */
function Layout({ view }: { view: View }) {
  const { columns, rows } = useWindowSize();
  if (view.dialog) {
    return (
      <Box width={columns} height={rows} borderStyle="single">
        <Text>{DIALOG.join('\n')}</Text>
      </Box>
    );
  }
  return (
    <Box width={columns} height={rows}>
      <Box width={LEFT} borderStyle="single" flexDirection="column">
        {view.list.map((text, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: texts may repeat, and their order is what is shown.
          <Text key={`${index}${text}`} wrap="truncate">
            {text}
          </Text>
        ))}
      </Box>
      <Box flexGrow={1} borderStyle="single" />
    </Box>
  );
}

type Suspend = ReturnType<typeof useApp>['suspendTerminal'];

/**
 * Keeps raw mode on, as the dashboard does, and gives out Ink's way of handing the terminal over.
 */
function Keys({ onReady }: { onReady: (suspend: Suspend) => void }) {
  const { suspendTerminal } = useApp();
  useInput(() => undefined);
  useEffect(() => onReady(suspendTerminal), [suspendTerminal, onReady]);
  return null;
}

function fakeKeyboard(): NodeJS.ReadStream {
  const nothing = () => undefined;
  const more = { isTTY: true, setRawMode: nothing, ref: nothing, unref: nothing };
  return Object.assign(new PassThrough(), more) as unknown as NodeJS.ReadStream;
}

export interface Stage {
  terminal: FakeTerminal;
  overlay: Overlay;
  /** Hands the terminal to another program, which fills the screen, and takes it back. */
  handOver(meanwhile: () => void): Promise<void>;
  show(view: Partial<View>): Promise<void>;
  /** What must be on the screen: Ink's layout with the rows in the rectangle. */
  wanted(rows: readonly string[]): string[];
  lines(): Promise<string[]>;
}

function rectangleOf(terminal: FakeTerminal, view: View): Area | null {
  const { columns, rows } = terminal.stdout;
  return view.dialog ? null : { x: LEFT + 1, y: 1, width: columns - LEFT - 2, height: rows - 2 };
}

export async function stage(columns = 40, height = 8): Promise<Stage> {
  const terminal = createFakeTerminal(columns, height);
  const overlay = createOverlay(terminal.stdout);
  let view: View = { list: ['one', 'two'], dialog: false };
  const size = () => ({ columns: terminal.stdout.columns, rows: terminal.stdout.rows });
  overlay.setRectangle(rectangleOf(terminal, view));
  let suspend: Suspend | undefined;
  const tree = () => (
    <>
      <Layout view={view} />
      <Keys
        onReady={(given) => {
          suspend = given;
        }}
      />
    </>
  );
  const ink = render(tree(), {
    stdout: overlay.stdout,
    stdin: createInput(fakeKeyboard()).stdin,
    stderr: overlay.stdout,
    interactive: true,
    alternateScreen: true,
    incrementalRendering: true,
    patchConsole: false,
    maxFps: 1000,
  });
  onTestFinished(() => {
    ink.unmount();
    overlay.close();
  });
  const settle = async () => {
    await ink.waitUntilRenderFlush();
    await terminal.settled();
  };
  await settle();
  return {
    terminal,
    overlay,
    async handOver(meanwhile) {
      overlay.suspend();
      await suspend?.(async () => {
        terminal.stdout.write(`\u001B[H${'other program '.repeat(17)}`);
        meanwhile();
      });
      overlay.resume();
      await settle();
    },
    async show(change) {
      view = { ...view, ...change };
      overlay.setRectangle(rectangleOf(terminal, view));
      ink.rerender(tree());
      await settle();
    },
    wanted: (rows) => expected(view, size().columns, size().rows, rows),
    async lines() {
      await settle();
      return Array.from({ length: terminal.stdout.rows }, (_, index) => terminal.screen.row(index));
    },
  };
}

function expected(view: View, columns: number, height: number, rows: readonly string[]): string[] {
  const inside = columns - 2;
  const frame = (left: string, fill: string, right: string, width: number) =>
    `${left}${fill.repeat(width - 2)}${right}`;
  if (view.dialog) {
    const lines = Array.from({ length: height - 2 }, (_, index) =>
      (DIALOG[index] ?? '').padEnd(inside),
    );
    return [
      frame('┌', '─', '┐', columns),
      ...lines.map((text) => `│${text}│`),
      frame('└', '─', '┘', columns),
    ];
  }
  const right = columns - LEFT;
  const body = Array.from({ length: height - 2 }, (_, index) => {
    const item = (view.list[index] ?? '').padEnd(LEFT - 2);
    return `│${item}││${(rows[index] ?? '').padEnd(right - 2)}│`;
  });
  return [
    frame('┌', '─', '┐', LEFT) + frame('┌', '─', '┐', right),
    ...body,
    frame('└', '─', '┘', LEFT) + frame('└', '─', '┘', right),
  ];
}
