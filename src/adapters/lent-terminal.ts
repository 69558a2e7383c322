import type { ChildProcess } from 'node:child_process';

/**
 * While a program has this process's terminal: Ctrl-C, which is a signal for both before it takes the terminal and after it lets go, ends
 * only the program; what asks this process to end ends the program first, so that two do not share a terminal. Resolves with the work.
 */
export async function whileLent<T>(child: ChildProcess, work: Promise<T>): Promise<T> {
  const ignore = (): void => undefined;
  const pass = (signal: NodeJS.Signals): void => void child.kill(signal);
  process.on('SIGINT', ignore).on('SIGTERM', pass).on('SIGHUP', pass);
  try {
    return await work;
  } finally {
    process.off('SIGINT', ignore).off('SIGTERM', pass).off('SIGHUP', pass);
  }
}
