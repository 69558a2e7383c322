import { spawn } from 'node:child_process';
import { whileLent } from '#adapters/lent-terminal.ts';

/** How a program ended. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
}

type Environment = Readonly<Record<string, string>>;

/**
 * Runs a program of the person's own, which has this process's terminal until it ends. Resolves with null when there is no such program;
 * throws what else keeps it from starting.
 */
export async function runInTerminal(
  [program = '', ...args]: readonly string[],
  env: Environment,
  cwd?: string,
): Promise<Ended | null> {
  const child = spawn(program, args, { cwd, env: { ...env }, stdio: 'inherit' });
  const ended = new Promise<Ended | null>((resolve, reject) => {
    child.once('error', (error) => {
      if (isMissing(error)) resolve(null);
      else reject(error);
    });
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  return await whileLent(child, ended);
}

/** Starts a program that opens a window of its own; nobody waits for its end. Resolves with whether there is such a program. */
export function openWindow(
  [program = '', ...args]: readonly string[],
  env: Environment,
  cwd: string,
): Promise<boolean> {
  const child = spawn(program, args, { cwd, env: { ...env }, stdio: 'ignore', detached: true });
  return new Promise((resolve, reject) => {
    child.once('error', (error) => {
      if (isMissing(error)) resolve(false);
      else reject(error);
    });
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}

function isMissing(error: NodeJS.ErrnoException): boolean {
  return error.code === 'ENOENT' || error.code === 'EACCES';
}
