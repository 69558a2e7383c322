import type { SessionsFileReading } from '#domain/activity.ts';
import type { StreamPiece } from '#domain/claude/stream-message.ts';
import type { Refusal } from '#domain/error.ts';
import type { Runner } from '#domain/session.ts';
import type { TaskMode } from '#domain/task.ts';
import type { PrintRun, PrintTrace } from './run-print.ts';
import type { TranscriptPart } from './transcript-lines.ts';

export interface ClaudeLaunch {
  sessionId: string;
  /** The conversation: a new id to start it, or an existing one to resume. */
  claudeSessionId: string;
  resume: boolean;
  worktree: string;
  mode: TaskMode;
  runner: Runner;
  /** null starts without a first prompt. Any text: it arrives as written. */
  prompt: string | null;
  /** Merged layers for --append-system-prompt; null for none. */
  systemPrompt: string | null;
  model: string | null;
  effort: string | null;
  permissionMode: string | null;
  permissions: { allow: readonly string[]; deny: readonly string[]; ask: readonly string[] };
  /** A command of the project that runs before Claude, shown in the pane and logged; null for none. */
  setup: { command: string; timeoutSecs: number } | null;
  /** Environment of the caller that the pane keeps (see design: processes). */
  env: Readonly<Record<string, string>>;
  /** Variables that tell of the worktree, over those. */
  worktreeEnv: Readonly<Record<string, string>>;
}

/** One run without a conversation on a screen: it is given a prompt and ends with an object of this shape. */
export interface ClaudePrint {
  sessionId: string;
  /** Names the run among those of the session. */
  name: string;
  /** Of a conversation of its own. */
  claudeSessionId: string;
  worktree: string;
  prompt: string;
  /** JSON schema of the object. */
  shape: object;
  systemPrompt: string | null;
  model: string | null;
  effort: string | null;
  permissionMode: string | null;
  permissions: ClaudeLaunch['permissions'];
  /** US dollars after which Claude ends it; null for no such end. */
  maxUsd: number | null;
  /** Environment for a session that kept none. */
  env: Readonly<Record<string, string>>;
}

/** What to start in the pane, and with what environment. */
export interface PaneProgram {
  argv: [string, string, ...string[]];
  env: Record<string, string>;
}

export interface Claude {
  /** `claude --version`, for example "2.1.197". Refuses (`environment`) when it is missing. */
  version(): Promise<string | Refusal>;
  /**
   * Writes what the pane needs into sessions/<id>/ (settings.json with the hooks that the installed version knows, prompt, system prompt,
   * launch script, environment 0600) and returns the program to run. Safe to call again: files are replaced.
   */
  prepare(launch: ClaudeLaunch): Promise<PaneProgram | Refusal>;
  /**
   * Runs Claude beside the session's own, without hooks of ours: nothing of it moves the task or touches its conversation. Refuses
   * (`environment`) when Claude is missing.
   */
  print(request: ClaudePrint): Promise<PrintRun | Refusal>;
  /**
   * Runs the turn that prepare wrote for a Claude that prints, in this process's terminal; `show` gets what it says. `env` is for a session that
   * kept none. Refuses when none is prepared, or it was run already.
   */
  runTurn(
    sessionId: string,
    env: Readonly<Record<string, string>>,
    show: (piece: StreamPiece) => void,
  ): PrintRun | Refusal;
  /** What is left of a run whose starter is gone; null when there was none. */
  readPrint(sessionId: string, name: string): PrintTrace | null;
  /** Claude's own file about a running process; null when there is none, it is not of this process, or it says nothing. */
  readSessionsFile(pid: number, env: Readonly<Record<string, string>>): SessionsFileReading | null;
  /** Calls back when a file of readSessionsFile may have changed; a hint. Returns a function that ends it. */
  watchSessionsFiles(callback: () => void): () => void;
  /** The environment stored with a session by prepare; null when there is none that can be read. */
  readEnvironment(sessionId: string): Record<string, string> | null;
  /** The environment of what runs for a session beside its Claude: the stored one, else what a pane keeps of `fallback`. */
  environmentOf(
    sessionId: string,
    fallback: Readonly<Record<string, string>>,
  ): Record<string, string>;
  /** Writes the script that runs the person's shell with the environment stored with a session, else with `fallback`; returns how to run it. */
  writeShell(
    sessionId: string,
    fallback: Readonly<Record<string, string>>,
  ): readonly [string, string];
  /** Whether the main repository is trusted in Claude's own settings, so that no dialog opens; null when that cannot be read. */
  isTrusted(repository: string): boolean | null;
  /** Global and project `claude.md`, in that order, joined; null when neither exists. */
  readLayers(repository: string): string | null;
  /** Whether a transcript holds a conversation that can be resumed; Claude refuses one in which no prompt was kept. */
  hasConversation(transcriptPath: string): boolean;
  /** The size of a transcript in bytes; null when there is no such file. */
  transcriptSize(path: string): number | null;
  /** What was appended to a transcript since this byte, at most 1 MiB of it; null when there is no such file. */
  readTranscript(path: string, from: number): TranscriptPart | null;
  /** Paths of the transcripts of a conversation's subagents. */
  subagentTranscripts(transcriptPath: string): string[];
  /** The end of the setup log of a session; null when there is none. */
  readSetupLog(sessionId: string): string | null;
  /**
   * Removes what prepare wrote for a session that is closed: it holds the caller's environment, logins included. The setup log stays; files
   * that are missing are fine. Throws what the disk throws.
   */
  forget(sessionId: string): void;
}
