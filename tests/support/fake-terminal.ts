import { EventEmitter } from 'node:events';
import { createScreen, type Screen } from './screen.ts';

export interface FakeTerminal {
  /** Stands for process.stdout of an interactive terminal. */
  stdout: NodeJS.WriteStream;
  screen: Screen;
  /** All that was written since the last call of this function. */
  taken(): string;
  /** Waits until everything written is on the screen. */
  settled(): Promise<void>;
  resize(columns: number, rows: number): void;
}

/** An output stream with a size whose text appears on a screen that tests can look at. */
export function createFakeTerminal(columns: number, rows: number): FakeTerminal {
  const screen = createScreen(columns, rows);
  let written = '';
  let last = Promise.resolve();
  const stdout = Object.assign(new EventEmitter(), {
    columns,
    rows,
    isTTY: true,
    writable: true,
    write(text: string, ...rest: unknown[]) {
      written += text;
      last = screen.write(text);
      for (const callback of rest) if (typeof callback === 'function') callback();
      return true;
    },
  });
  return {
    stdout: stdout as unknown as NodeJS.WriteStream,
    screen,
    taken() {
      const text = written;
      written = '';
      return text;
    },
    settled: () => last,
    resize(width, height) {
      Object.assign(stdout, { columns: width, rows: height });
      screen.resize(width, height);
      stdout.emit('resize');
    },
  };
}
