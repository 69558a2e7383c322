import { type IPty, spawn } from 'node-pty';

const END_OF_FRAME = '\u001b[?2026l';

/** A program under a pseudo-terminal of 200×50, whose output is searched as it comes. */
export interface Screen {
  pid: number;
  /** Milliseconds from now until the output holds the text, or a frame ends after it came. */
  until(what: string, options?: { frame?: boolean }): Promise<number>;
  write(keys: string): void;
  /** Bytes that came so far. */
  bytes(): number;
  close(): Promise<void>;
}

const TIMEOUT_MS = 20_000;

export function openScreen(
  program: string,
  args: string[],
  options: { env: Record<string, string>; cwd?: string },
): Screen {
  const pty: IPty = spawn(program, args, {
    name: 'xterm-256color',
    cols: 200,
    rows: 50,
    env: options.env,
    cwd: options.cwd ?? process.cwd(),
  });
  let seen = '';
  let bytes = 0;
  let look: (() => void) | null = null;
  pty.onData((data) => {
    seen = (seen + data).slice(-400_000);
    bytes += data.length;
    look?.();
  });
  const exited = new Promise<void>((done) => pty.onExit(() => done()));
  return {
    pid: pty.pid,
    bytes: () => bytes,
    write(keys) {
      seen = '';
      pty.write(keys);
    },
    until: (what, { frame = false } = {}) =>
      new Promise((done, fail) => {
        const start = performance.now();
        const timer = setTimeout(() => {
          look = null;
          fail(
            new Error(
              `"${what}" did not come; the last output was ${JSON.stringify(seen.slice(-500))}`,
            ),
          );
        }, TIMEOUT_MS);
        look = () => {
          const at = seen.indexOf(what);
          if (at < 0 || (frame && seen.indexOf(END_OF_FRAME, at) < 0)) return;
          clearTimeout(timer);
          look = null;
          done(performance.now() - start);
        };
        look();
      }),
    async close() {
      pty.kill('SIGTERM');
      await exited;
    },
  };
}
