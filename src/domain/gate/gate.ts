/** A command of the project that has to pass before work counts as delivered; see `[[gates]]` in the settings. */
export interface Gate {
  name: string;
  /** Run by `sh -c` in the worktree. */
  command: string;
  timeoutSecs: number;
  /** A command that mends what the gate finds, run once before it is run again; null for none. */
  autofix: string | null;
  /** Globs of files whose change is marked on the task: a gate that was changed proves less. */
  protected: readonly string[];
}

/** `unknown`: it could not be run, or what ran it was killed. */
export type GateOutcome = 'passed' | 'failed' | 'timed_out' | 'unknown';

/** One run of a gate. Times in milliseconds since 1970. */
export interface GateRun {
  id: number;
  taskId: number;
  sessionId: string;
  /** The gate's name and its command as it was then. */
  gate: string;
  command: string;
  /** What was tested: the commit, and whether nothing lay beside it. */
  headCommit: string;
  clean: boolean;
  startedAt: number;
  endedAt: number | null;
  /** null while it runs. */
  outcome: GateOutcome | null;
  exitCode: number | null;
  /** A sentence about the end: why it could not be run, what autofix changed. */
  note: string | null;
  /** Where the end of its output lies. */
  log: string | null;
}
