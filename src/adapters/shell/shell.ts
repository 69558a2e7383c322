import type { GateOutcome } from '#domain/gate/gate.ts';

/** A command of the project that is run in the worktree of a session. */
export interface ShellRequest {
  sessionId: string;
  /** Names its log among those of the session. */
  name: string;
  command: string;
  worktree: string;
  env: Readonly<Record<string, string>>;
  timeoutSecs: number;
}

export interface ShellEnd {
  outcome: GateOutcome;
  /** null when a signal or its timeout ended it, or it could not be started. */
  exitCode: number | null;
  /** A sentence about an end that its exit code does not tell, or about its log; null where there is nothing to say. */
  note: string | null;
  /** Where what it said lies; null when that could not be kept. */
  log: string | null;
}

/** The shell, for commands of projects. Nothing that one starts outlives its end, or that of this process. */
export interface Shell {
  /** Runs it without input. Of what it says the beginning and the end are kept in a file for its owner alone. Never throws for what it does. */
  run(request: ShellRequest): Promise<ShellEnd>;
  /** Makes this process the only one that runs gates in the worktree of this session; null while another does. Returns the function that lets go. */
  claim(sessionId: string): (() => void) | null;
  /** Takes one of the few places for gates that run at the same time; null while all are taken. Returns the function that gives it back. */
  takePlace(): (() => void) | null;
  /** The end of a log; null when there is none. Any text. */
  readLog(path: string): string | null;
}
