import type { Refusal } from '#domain/error.ts';

/** One pane of our server, as list-panes tells it. */
export interface Pane {
  /** tmux session name: for a claustre session its id. */
  session: string;
  /** `%n`; valid only for the server with `serverPid`. */
  pane: string;
  pid: number;
  serverPid: number;
  dead: boolean;
  /** null while alive, or when tmux lost it. */
  exitStatus: number | null;
  signal: number | null;
  width: number;
  height: number;
  /** Name of the program that has the terminal now. */
  command: string;
  /** It was opened beside Claude's own pane, with a shell or the review loop in it. */
  beside?: true;
  /** The review loop runs in it. */
  review?: true;
}

/** A tmux client that has a session on a person's terminal. */
export interface AttachedClient {
  session: string;
  /** Path of its terminal. */
  tty: string;
  /** False when the terminal reported that it lost the focus. */
  focused: boolean;
}

/** What the status line shows for a session. */
export interface Label {
  text: string;
  /** It waits for a person. */
  asks: boolean;
}

/** A shell, or another program, to open beside a pane. */
export interface NewShell {
  /** `%n` of the pane that gives up some of its room. */
  of: string;
  side: 'left' | 'right' | 'up' | 'down';
  /** How much of the room it gets, from 1 to 99. */
  percent: number;
  /** Whether the keys go to it from now on. */
  focus: boolean;
  /** It is the review loop. */
  review?: true;
  cwd: string;
  /** Variables over those of the server. */
  env?: Readonly<Record<string, string>>;
  argv: readonly [string, string, ...string[]];
}

export interface NewSession {
  name: string;
  cwd: string;
  env: Readonly<Record<string, string>>;
  /** At least two words: tmux runs a single one through a shell. */
  argv: readonly [string, string, ...string[]];
  columns: number;
  rows: number;
  /** What the status line shows for it. */
  label: string;
  /** What tmux's own keys start when they split a pane of it; at least two words. */
  shell?: readonly [string, string, ...string[]];
}

/** A persistent control-mode client: answers in hundredths of a millisecond and spawns nothing. */
export interface TmuxClient {
  panes(): Promise<Pane[]>;
  /** The visible screen with colours, one string per row, SGR state running on from row to row. */
  capture(pane: string): Promise<string[]>;
  /**
   * Calls back within about a second when a program wrote something in the pane's window; tmux tells of it by itself. A hint only: what else
   * changes a pane (its size, its end) is not told. Returns the function that ends it.
   */
  watch(pane: string, onActivity: () => void): () => void;
  setLabel(session: string, label: Label): Promise<void>;
  /** How much waits for a person: every status line and terminal title shows it. */
  setNeeds(count: number): Promise<void>;
  /** Called once when the client ended (server gone, killed). */
  onClose(callback: () => void): void;
  close(): void;
}

/** An attached client of tmux under a terminal of ours: what a person would see, as bytes, and what a person would type. */
export interface TmuxTerminal {
  /** Rows at the top that belong to tmux's status line; the session's own are below. */
  readonly rowsAbove: number;
  /** As a terminal sends it: keys, pastes, reports of the mouse (whose rows count the status line too). */
  write(bytes: Uint8Array): void;
  /** The cells of the session, without the status line. */
  resize(size: { columns: number; rows: number }): void;
  /** No output comes between these two. */
  pause(): void;
  resume(): void;
  onData(callback: (bytes: Uint8Array) => void): void;
  /** Called once, with tmux's last words (`[detached …]`, `[exited]`), also after `close`. */
  onEnd(callback: (said: string) => void): void;
  /** Detaches; the session goes on. */
  close(): void;
}

/** Our own tmux server: `tmux -L <socket> -f <our config>`; never the user's. */
export interface Tmux {
  readonly socket: string;
  /** Refuses (`environment`) when tmux is missing or older than 3.2. */
  version(): Promise<string | Refusal>;
  /** Starts the server if need be, with a scrubbed environment, and a detached session in it, all in one tmux invocation. Refuses when the name is taken or the directory is missing. */
  createSession(request: NewSession): Promise<Pane | Refusal>;
  /** Starts a program again in Claude's pane of an existing session, ending what runs there; in a new pane where only shells are left. Refuses when there is no such session. */
  respawn(request: Omit<NewSession, 'columns' | 'rows' | 'label'>): Promise<Pane | Refusal>;
  /** Opens a shell beside a pane; it closes by itself when its program ends. Refuses when the pane is gone or too small. */
  openShell(request: NewShell): Promise<Pane | Refusal>;
  /** The pane of a session that the keys go to; null when there is no such session. */
  focusedPane(session: string): Promise<string | null>;
  /** Gives the keys to the next or the previous pane of a session, or shows its focused pane alone and back. Throws `not_found` when it is gone. */
  turn(session: string, to: 'next' | 'previous' | 'zoom'): Promise<void>;
  /** Ends a pane and what runs in it; one that is gone is fine. */
  closePane(pane: string): Promise<void>;
  /** Ends a session and all its panes; one that is gone is fine. */
  endSession(name: string): Promise<void>;
  /** All panes of the server; an empty list when no server runs. */
  panes(): Promise<Pane[]>;
  /** The last `lines` lines of a pane as plain text (history included); refuses when the pane is gone. */
  readText(pane: string, lines: number): Promise<string | Refusal>;
  /** The visible screen of a pane with its colours, one row per line; refuses when the pane is gone. */
  readStyled(pane: string): Promise<string | Refusal>;
  /** Pastes text as one bracketed paste through a buffer. The caller has cleaned it. */
  paste(pane: string, text: string): Promise<void>;
  /** Sends named keys (`Enter`, `Escape`, `C-u`). */
  sendKeys(pane: string, keys: readonly string[]): Promise<void>;
  /** Terminals on which a session is shown; none when no server runs. */
  clients(): Promise<AttachedClient[]>;
  /** Rings the bell of a client's terminal. Throws what the terminal throws. */
  ring(client: Pick<AttachedClient, 'tty'>): Promise<void>;
  /**
   * Hands this process's terminal to a session until the person comes back (reserved key) or the session ends; resolves with tmux's last
   * words (`[detached …]`, `[exited]`). The caller has let go of the terminal. Refuses when there is no such session.
   */
  attach(session: string): Promise<string | Refusal>;
  /**
   * Attaches to a session under a terminal of ours. While it is attached the session has its size, as with every client that is used.
   * Refuses when there is no such session, or when terminals cannot be made here.
   */
  openTerminal(
    session: string,
    size: { columns: number; rows: number },
  ): Promise<TmuxTerminal | Refusal>;
  /** Connects a control-mode client through a hidden anchor session; refuses when tmux cannot be started. */
  connect(): Promise<TmuxClient | Refusal>;
}
