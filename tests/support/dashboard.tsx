import { PassThrough } from 'node:stream';
import { render, type useApp } from 'ink';
import { onTestFinished } from 'vitest';
import type { App, Snapshot } from '#app.ts';
import { createBusy } from '#tui/busy.ts';
import type { Callable, DashboardOperations, Input } from '#tui/call.ts';
import type { Context } from '#tui/context.ts';
import { Dashboard } from '#tui/dashboard.tsx';
import { type Keymap, PLAIN_KEYMAP } from '#tui/keys/own-keys.ts';
import { NO_PICTURE } from '#tui/picture.ts';
import { createState, type State } from '#tui/state.ts';
import { PLAIN_THEME, type Theme } from '#tui/theme.ts';
import { createToasts } from '#tui/toasts.ts';
import { NO_TYPING } from '#tui/typing/typing.ts';
import { createView, type View } from '#tui/view.ts';
import { createFakeTerminal, type FakeTerminal } from './fake-terminal.ts';
import { waitFor } from './wait-for.ts';

/** Keys as a terminal sends them. */
export const KEYS = {
  up: '\u001B[A',
  down: '\u001B[B',
  right: '\u001B[C',
  left: '\u001B[D',
  enter: '\r',
  altEnter: '\u001B\r',
  tab: '\t',
  shiftTab: '\u001B[Z',
  esc: '\u001B',
  delete: '\u001B[3~',
  ctrlC: '\u0003',
  ctrlD: '\u0004',
} as const;

/** A keyboard that tests type on. */
export function fakeKeyboard(): NodeJS.ReadStream & PassThrough {
  const nothing = (): undefined => undefined;
  const more = { isTTY: true, setRawMode: nothing, ref: nothing, unref: nothing };
  return Object.assign(new PassThrough(), more) as unknown as NodeJS.ReadStream & PassThrough;
}

export interface FakeOperation {
  run?: (input: Input) => unknown;
  confirm?: (input: Input) => unknown;
}

export interface Call {
  name: string;
  input: Input;
}

/** Operations that note their calls and answer what the test says; an undefined answer is `{}`. */
export function fakeOperations(given: Partial<Record<keyof DashboardOperations, FakeOperation>>): {
  operations: DashboardOperations;
  calls: Call[];
} {
  const calls: Call[] = [];
  const operations = new Proxy({} as Record<string, Callable>, {
    get(_, name: string): Callable | undefined {
      // A promise is asked for its `then`.
      if (name === 'then') return undefined;
      const fake = given[name as keyof DashboardOperations] ?? {};
      const { confirm } = fake;
      return {
        name,
        input: { safeParse: (value) => ({ success: true, data: value }) },
        ...(confirm === undefined
          ? {}
          : { command: { confirm: async (_app, input) => confirm(input) as string } }),
        run: async (_app, input: Input) => {
          calls.push({ name, input });
          return fake.run?.(input) ?? {};
        },
        describe: () => `${name} did it.`,
      } as Callable;
    },
  });
  return { operations: operations as unknown as DashboardOperations, calls };
}

export interface Mounted {
  terminal: FakeTerminal;
  context: Context;
  state: State;
  /** Types; waits until what was typed has had its effect on the screen. */
  press(...keys: string[]): Promise<void>;
  paste(text: string): Promise<void>;
  frame(): Promise<string>;
  /** Waits until the text is on the screen. */
  see(text: string | RegExp): Promise<string>;
  exited(): boolean;
  /** Ends it before the test does, for a test that shows many. */
  unmount(): void;
}

export interface MountOptions {
  columns?: number;
  rows?: number;
  view?: Partial<View>;
  app?: App;
  operations?: DashboardOperations;
  keymap?: Keymap;
  theme?: Theme;
  /** As it is read aloud. */
  reader?: boolean;
  /** What is read when an action has changed something. */
  read?: () => Snapshot;
  lend?: Context['terminal']['lend'];
  typing?: Context['typing'];
}

export const NOW = Date.parse('2026-01-01T12:00:00.000Z');

/** The real dashboard on a terminal that tests can read and a keyboard that they type on. */
export async function mountDashboard(
  snapshot: Snapshot,
  options: MountOptions = {},
): Promise<Mounted> {
  const { columns = 100, rows = 30 } = options;
  const terminal = createFakeTerminal(columns, rows);
  const keyboard = fakeKeyboard();
  const { reader = false } = options;
  const view = { ...createView({ columns, rows }, NOW), reader, ...options.view };
  const state = createState(snapshot, view);
  let ink: ReturnType<typeof useApp> | undefined;
  let exited = false;
  const context: Context = {
    app: options.app ?? ({} as App),
    keymap: options.keymap ?? PLAIN_KEYMAP,
    state,
    busy: createBusy(state),
    toasts: createToasts(state, (error) => `BUG: ${String(error)}`),
    operations: async () => options.operations ?? fakeOperations({}).operations,
    typing: options.typing ?? NO_TYPING,
    terminal: {
      lend: options.lend ?? (async (work) => ink?.suspendTerminal(work)),
      exit: () => {
        exited = true;
      },
    },
    refresh: () => {
      if (options.read !== undefined) state.setSnapshot(options.read());
    },
  };
  const instance = render(
    <Dashboard
      context={context}
      keymap={context.keymap}
      theme={options.theme ?? PLAIN_THEME}
      picture={NO_PICTURE}
      spinner={{ place: () => undefined }}
      onReady={(found) => {
        ink = found;
      }}
    />,
    {
      stdout: terminal.stdout,
      stdin: keyboard,
      stderr: terminal.stdout,
      interactive: true,
      alternateScreen: !reader,
      isScreenReaderEnabled: reader,
      incrementalRendering: true,
      exitOnCtrlC: false,
      patchConsole: false,
      maxFps: 1000,
    },
  );
  onTestFinished(() => {
    context.toasts.close();
    instance.unmount();
  });
  const settle = async (): Promise<void> => {
    await instance.waitUntilRenderFlush();
    await waitFor('operations to end', () => context.busy.isIdle());
    await instance.waitUntilRenderFlush();
    await terminal.settled();
  };
  const type = async (text: string): Promise<void> => {
    keyboard.write(text);
    // A lone Esc is held back by Ink until no more bytes follow it.
    await new Promise((resolve) => setTimeout(resolve, text === KEYS.esc ? 60 : 0));
    await settle();
  };
  await settle();
  return {
    terminal,
    context,
    state,
    async press(...keys) {
      for (const key of keys) await type(key);
    },
    paste: (text) => type(`\u001B[200~${text}\u001B[201~`),
    async frame() {
      await settle();
      return screenText(terminal, terminal.stdout.rows);
    },
    see: (text) =>
      waitFor(`"${text}" on the screen`, async () => {
        await terminal.settled();
        const shown = screenText(terminal, terminal.stdout.rows);
        const found = typeof text === 'string' ? shown.includes(text) : text.test(shown);
        return found ? shown : null;
      }),
    exited: () => exited,
    unmount: () => instance.unmount(),
  };
}

export function screenText(terminal: FakeTerminal, rows: number): string {
  return Array.from({ length: rows }, (_, index) => terminal.screen.row(index)).join('\n');
}
