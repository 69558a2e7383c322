import { PassThrough } from 'node:stream';
import { createTypedReader, type MouseReport, type Typed } from './typed.ts';

/** Takes what is typed, one byte in each character; returns what is left over for Ink. */
export type Sink = (text: string, pasted: boolean) => string;

export interface Input {
  /** What Ink reads from instead of the real terminal. */
  readonly stdin: NodeJS.ReadStream;
  /** Sends what is typed to the sink instead of Ink, as it comes; null gives it back to Ink. */
  route(sink: Sink | null): void;
  /** Who hears of the mouse. Its reports never reach Ink, which would take some of them for keys. */
  onMouse(listener: (report: MouseReport) => void): void;
}

/** As long as Ink waits for the rest of a sequence. */
const REST_MS = 20;

/**
 * Returns a stand-in for the terminal's input that truly lets go of it. Ink calls `unref` when it
 * hands the terminal over; the real stream would keep one read waiting, which takes about one key
 * in five from the program that has the terminal then, and gives it to Ink afterwards. Here nothing
 * reads between `unref` and `ref`, so every key goes to whoever has the terminal.
 */
export function createInput(terminal: NodeJS.ReadStream): Input {
  const stream = new PassThrough();
  const typed = createTypedReader();
  let sink: Sink | null = null;
  let hearMouse: (report: MouseReport) => void = () => undefined;
  let rest: NodeJS.Timeout | undefined;
  let reading = false;

  const pass = (piece: Typed): void => {
    if (piece.kind === 'mouse') {
      hearMouse(piece.report);
      return;
    }
    const left = sink === null ? piece.text : sink(piece.text, piece.kind === 'paste');
    if (left !== '') stream.write(Buffer.from(left, 'latin1'));
  };
  const onData = (bytes: Buffer) => {
    clearTimeout(rest);
    for (const piece of typed.read(bytes.toString('latin1'))) pass(piece);
    if (typed.isWaiting()) rest = setTimeout(() => typed.flush().forEach(pass), REST_MS);
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
    onMouse(listener) {
      hearMouse = listener;
    },
  };
}
