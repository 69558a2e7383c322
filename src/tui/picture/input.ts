import { PassThrough } from 'node:stream';

export interface Input {
  /** What Ink reads from instead of the real terminal. */
  readonly stdin: NodeJS.ReadStream;
  /** Sends what is typed to the sink instead of Ink, as it comes; null gives it back to Ink. */
  route(sink: ((typed: Buffer) => void) | null): void;
}

/**
 * Returns a stand-in for the terminal's input that truly lets go of it. Ink calls `unref` when it
 * hands the terminal over; the real stream would keep one read waiting, which takes about one key
 * in five from the program that has the terminal then, and gives it to Ink afterwards. Here nothing
 * reads between `unref` and `ref`, so every key goes to whoever has the terminal.
 */
export function createInput(terminal: NodeJS.ReadStream): Input {
  const stream = new PassThrough();
  let sink: ((typed: Buffer) => void) | null = null;
  let reading = false;

  const onData = (typed: Buffer) => {
    if (sink === null) stream.write(typed);
    else sink(typed);
  };
  const stdin = Object.assign(stream, {
    isTTY: terminal.isTTY,
    setRawMode(raw: boolean) {
      terminal.setRawMode(raw);
      return stdin;
    },
    ref() {
      if (!reading) {
        reading = true;
        terminal.on('data', onData);
        terminal.ref();
        terminal.resume();
      }
      return stdin;
    },
    unref() {
      if (reading) {
        reading = false;
        terminal.off('data', onData);
        terminal.pause();
        terminal.unref();
      }
      return stdin;
    },
  });
  return {
    stdin: stdin as unknown as NodeJS.ReadStream,
    route(next) {
      sink = next;
    },
  };
}
