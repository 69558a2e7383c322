import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { ReadStream, WriteStream } from 'node:tty';
import { ClaustreError } from '#domain/error.ts';

/** What the command line says and hears. A record, so that tests bring their own. */
export interface Io {
  /** Writes as it is; resolves when it is written, also when the reader went away meanwhile. */
  stdout(text: string): Promise<void>;
  stderr(text: string): Promise<void>;
  /** Whether stdout is a screen: tables are cut to its width, and what could steer it is stripped. */
  isTerminal: boolean;
  /** Width of the screen; null where nothing is cut. */
  columns: number | null;
  /** Whether colours are wanted. */
  color: boolean;
  /** Whether a person can answer. */
  canAsk: boolean;
  /** Asks a yes-or-no question; anything but "y" or "yes" is no. Throws InterruptedError at ^C. */
  ask(question: string): Promise<boolean>;
  /** The text on standard input. Throws `invalid` when nothing is connected or it is too long. */
  readInput(): Promise<string>;
  /** The text of a file. Throws `not_found` when it cannot be read. */
  readFile(path: string): Promise<string>;
  /** Milliseconds since 1970. */
  now(): number;
}

/** Name of the error that stands for ^C. */
export const INTERRUPTED_ERROR = 'AbortError';

const MAX_TEXT_BYTES = 8 * 1024 * 1024;

/** The streams and the environment of a process. */
export interface ProcessStreams {
  stdin: NodeJS.ReadableStream & Partial<Pick<ReadStream, 'isTTY'>>;
  stdout: NodeJS.WritableStream & Partial<Pick<WriteStream, 'isTTY' | 'columns'>>;
  stderr: NodeJS.WritableStream & Partial<Pick<WriteStream, 'isTTY'>>;
  env: Readonly<Record<string, string>>;
}

/** The real thing. A closed pipe (`| head`) ends the output quietly instead of the process loudly. */
export function createIo({ stdin, stdout, stderr, env }: ProcessStreams): Io {
  const isTerminal = stdout.isTTY === true;
  const canAsk = stdin.isTTY === true && stderr.isTTY === true;
  return {
    stdout: writer(stdout),
    stderr: writer(stderr),
    isTerminal,
    columns: isTerminal ? (stdout.columns ?? 80) : null,
    color: isTerminal && !env.NO_COLOR && env.TERM !== 'dumb',
    canAsk,
    ask: (question) => ask(stdin, stderr, question),
    readInput: () => readInput(stdin),
    readFile: readTextFile,
    now: () => Date.now(),
  };
}

function writer(stream: NodeJS.WritableStream): (text: string) => Promise<void> {
  let closed = false;
  let fault: Error | null = null;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    closed = true;
    if (error.code !== 'EPIPE') fault = error;
  });
  return (text) =>
    new Promise((done, fail) => {
      if (fault !== null) return fail(fault);
      if (closed) return done();
      stream.write(text, (error) => {
        const { code } = (error ?? {}) as NodeJS.ErrnoException;
        if (error == null || code === 'EPIPE') done();
        else fail(error);
      });
    });
}

function ask(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  question: string,
): Promise<boolean> {
  const lines = createInterface({ input, output });
  return new Promise<boolean>((done, fail) => {
    lines.on('SIGINT', () => {
      fail(Object.assign(new Error('Interrupted.'), { name: INTERRUPTED_ERROR }));
    });
    lines.on('close', () => done(false));
    lines.question(`${question} [y/N] `, (answer) => done(/^\s*y(es)?\s*$/i.test(answer)));
  }).finally(() => lines.close());
}

async function readInput(stdin: NodeJS.ReadableStream & { isTTY?: boolean }): Promise<string> {
  if (stdin.isTTY === true) {
    throw new ClaustreError('invalid', '"-" reads standard input, but that is a terminal.', {
      hint: 'Pipe the text in, as in: claustre … - < FILE',
    });
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stdin) {
    const buffer = Buffer.from(chunk);
    bytes += buffer.length;
    if (bytes > MAX_TEXT_BYTES) throw tooLong('standard input');
    chunks.push(buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function readTextFile(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > MAX_TEXT_BYTES) throw tooLong(`"${path}"`);
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof ClaustreError) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    const reasons: Record<string, string> = {
      ENOENT: 'there is no such file',
      EISDIR: 'it is a directory',
      EACCES: 'it may not be read',
    };
    throw new ClaustreError(
      'not_found',
      `"${resolve(path)}" cannot be read: ${reasons[code ?? ''] ?? String(cause)}.`,
      { cause },
    );
  }
}

function tooLong(what: string): ClaustreError {
  return new ClaustreError('invalid', `The text from ${what} is longer than 8 MiB.`);
}
