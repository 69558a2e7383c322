import { type Refusal, refuse } from '#domain/error.ts';

/** A program that runs under a terminal of ours. */
export interface Pty {
  write(bytes: Uint8Array): void;
  resize(columns: number, rows: number): void;
  /** No output comes between these two; the program waits as soon as the kernel's buffer is full. */
  pause(): void;
  resume(): void;
  onData(callback: (bytes: Uint8Array) => void): void;
  onExit(callback: () => void): void;
  /** Hangs up, as a terminal does whose window is closed. */
  close(): void;
}

export interface PtyRequest {
  cwd: string;
  /** The whole environment of the program, with TERM. */
  env: Readonly<Record<string, string>>;
  columns: number;
  rows: number;
}

/** Runs a program under a new terminal; refuses when the package that makes terminals is not there, or cannot make one. */
export async function openPty(
  program: string,
  args: readonly string[],
  request: PtyRequest,
): Promise<Pty | Refusal> {
  const module = await load();
  if (module === null) {
    return refuse(
      'Typing in the dashboard needs the package node-pty, which is not installed here.',
      'Go into the session instead.',
      'environment',
    );
  }
  try {
    // Bytes, not text: a letter may come in two halves. The types know only the usual encoding.
    const raw = { encoding: null };
    const pty = module.spawn(program, [...args], {
      ...raw,
      name: request.env.TERM ?? 'xterm-256color',
      cols: request.columns,
      rows: request.rows,
      cwd: request.cwd,
      env: { ...request.env },
    });
    return ptyOf(pty);
  } catch (error) {
    return refuse(
      `No terminal could be made: ${error instanceof Error ? error.message : String(error)}.`,
      'Go into the session instead.',
      'environment',
    );
  }
}

/** It is optional, since it is compiled where it has no binary; null where that failed. */
async function load(): Promise<typeof import('node-pty') | null> {
  try {
    const found = (await import('node-pty')) as typeof import('node-pty') & {
      default?: typeof import('node-pty');
    };
    return found.default ?? found;
  } catch {
    // Not installed, or built for another Node: for the person it is the same.
    return null;
  }
}

function ptyOf(pty: import('node-pty').IPty): Pty {
  let ended = false;
  // After the end its file descriptor may be that of something else.
  const unlessEnded = (work: () => void): void => {
    if (!ended) work();
  };
  pty.onExit(() => {
    ended = true;
  });
  return {
    write: (bytes) => unlessEnded(() => pty.write(Buffer.from(bytes))),
    resize: (columns, rows) => unlessEnded(() => pty.resize(columns, rows)),
    pause: () => unlessEnded(() => pty.pause()),
    resume: () => unlessEnded(() => pty.resume()),
    onData: (callback) => {
      pty.onData((data) => callback(data as unknown as Uint8Array));
    },
    onExit: (callback) => {
      pty.onExit(() => callback());
    },
    close: () => unlessEnded(() => pty.kill()),
  };
}
