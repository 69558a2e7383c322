import { isRefusal, type Refusal } from '#domain/error.ts';
import type { Server } from './server.ts';
import { STATUS_ROWS } from './server-config.ts';
import { sessionTarget, whyNoSession } from './sessions.ts';
import type { TmuxTerminal } from './tmux.ts';

/** The part of a pseudo-terminal that a client of tmux needs. */
export interface ClientPty {
  write(bytes: Uint8Array): void;
  resize(columns: number, rows: number): void;
  pause(): void;
  resume(): void;
  onData(callback: (bytes: Uint8Array) => void): void;
  onExit(callback: () => void): void;
  close(): void;
}

export type OpenPty = (
  program: string,
  args: readonly string[],
  request: {
    cwd: string;
    env: Readonly<Record<string, string>>;
    columns: number;
    rows: number;
  },
) => Promise<ClientPty | Refusal>;

/** What the dashboard's own terminal can do; what it cannot do must not be sent to it. */
const FEATURES = '256,RGB,bpaste,clipboard,cstyle,extkeys,focus,mouse,overline,strikethrough,sync';
const TERM = 'xterm-256color';
/** More than the last words of tmux need. */
const LAST_WORDS = 400;

/**
 * Attaches a client to a session under a terminal of ours, `rows` high without the status line. Refuses when there is no such session,
 * or no way to make a terminal.
 */
export async function openTerminal(
  server: Server,
  openPty: OpenPty,
  session: string,
  size: { columns: number; rows: number },
): Promise<TmuxTerminal | Refusal> {
  const target = sessionTarget(session);
  const missing = await whyNoSession(server, session);
  if (missing !== undefined) return missing;
  // -N: of a server that ended meanwhile, attaching would start a new one.
  const args = [...server.flags, '-N', '-T', FEATURES, 'attach-session', '-t', target];
  const pty = await openPty('tmux', args, {
    cwd: server.cwd,
    env: { ...server.env, TERM },
    columns: size.columns,
    rows: size.rows + STATUS_ROWS,
  });
  return isRefusal(pty) ? pty : terminalOn(pty);
}

function terminalOn(pty: ClientPty): TmuxTerminal {
  let last = Buffer.alloc(0);
  pty.onData((bytes) => {
    last = Buffer.concat([last, bytes.subarray(-LAST_WORDS)]).subarray(-LAST_WORDS);
  });
  return {
    rowsAbove: STATUS_ROWS,
    write: pty.write,
    resize: ({ columns, rows }) => pty.resize(columns, rows + STATUS_ROWS),
    pause: pty.pause,
    resume: pty.resume,
    onData: pty.onData,
    onEnd: (callback) => pty.onExit(() => callback(lastWords(last.toString('utf8')))),
    close: pty.close,
  };
}

const SEQUENCES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: sequences begin with one.
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[ -/]*[0-~])/g;
const LEAVE_SCREEN = '\u001B[?1049l';

/** The last line of what came, which tmux writes when it has given the terminal's own screen back. */
export function lastWords(output: string): string {
  const left = output.lastIndexOf(LEAVE_SCREEN);
  const text = output
    .slice(left < 0 ? 0 : left)
    .replace(SEQUENCES, '')
    .trim();
  return text.slice(text.search(/[^\r\n]*$/)).replace(/\p{Cc}/gu, '');
}
