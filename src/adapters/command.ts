import { ClaustreError } from '#domain/error.ts';

export interface CommandRequest {
  /** Where it runs. It must exist: Node reports a missing directory as a missing program. */
  cwd?: string;
  /** Replaces the inherited environment entirely when given. */
  env?: Readonly<Record<string, string>>;
  input?: string;
  /** Milliseconds until it is ended (SIGTERM, then SIGKILL after 2 s). Default 30,000. */
  timeoutMs?: number;
  /** Bytes of output that are kept; more ends the command. Default 64 MiB. */
  maxOutputBytes?: number;
}

export interface CommandResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/**
 * Runs a program with an argument array, never through a shell. It returns the result whatever the exit code; the caller
 * knows which codes are answers. Throws `environment` when the program is missing and `timeout` when its time is over.
 */
export type RunCommand = (
  program: string,
  args: readonly string[],
  request?: CommandRequest,
) => Promise<CommandResult>;

/** Between SIGTERM and SIGKILL. */
const KILL_MS = 2_000;
/** After its time is over nobody listens any more. */
const LET_GO_MS = KILL_MS + 500;

export const runCommand: RunCommand = async (program, args, request = {}) => {
  // Loaded when first used: it costs 25 ms, and neither the first frame nor a hook needs it.
  const { execa } = await import('execa');
  const timeoutMs = request.timeoutMs ?? 30_000;
  const running = execa(program, args, {
    ...(request.cwd === undefined ? {} : { cwd: request.cwd }),
    ...(request.env === undefined ? {} : { env: request.env, extendEnv: false }),
    ...(request.input === undefined ? { stdin: 'ignore' as const } : { input: request.input }),
    timeout: timeoutMs,
    forceKillAfterDelay: KILL_MS,
    maxBuffer: request.maxOutputBytes ?? 64 * 1024 * 1024,
    stripFinalNewline: false,
    reject: false,
  });
  // What it has started itself may outlive it, and hold its output open for as long as a silent server likes.
  const letGo = setTimeout(() => {
    running.stdout?.destroy();
    running.stderr?.destroy();
  }, timeoutMs + LET_GO_MS);
  const result = await running;
  clearTimeout(letGo);
  if (result.timedOut) {
    throw new ClaustreError(
      'timeout',
      `"${program} ${args[0] ?? ''}" took longer than ${timeoutMs / 1000} s.`,
      {
        details: { program, args },
      },
    );
  }
  if (result.isMaxBuffer) {
    throw new ClaustreError('environment', `"${program} ${args[0] ?? ''}" wrote more than fits.`, {
      hint: 'Ask for less of it.',
      cause: result,
      details: { program, args },
    });
  }
  if (result.exitCode === undefined) {
    const missing = result.code === 'ENOENT';
    throw new ClaustreError(
      'environment',
      missing
        ? `The program "${program}" was not found.`
        : `"${program}" ended without an exit code.`,
      {
        hint: missing
          ? `Install ${program} and make sure that it is in PATH.`
          : 'Run it again; `claustre doctor` checks the tools.',
        cause: result,
        details: { program, args, cwd: request.cwd, signal: result.signal },
      },
    );
  }
  return { exitCode: result.exitCode, stdout: result.stdout, stderr: result.stderr };
};
