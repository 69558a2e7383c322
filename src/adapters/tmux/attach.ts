import { spawn } from 'node:child_process';
import { whileLent } from '#adapters/lent-terminal.ts';
import { type Refusal, refuse } from '#domain/error.ts';
import type { Server } from './server.ts';
import { sessionTarget, whyNoSession } from './sessions.ts';

const SAID_CHARACTERS = 4_000;

/** tmux sets the title of the terminal while it has it, and gives it no title back. */
const KEEP_TITLE = '\u001B[22;0t';
const GIVE_TITLE_BACK = '\u001B[23;0t';

/**
 * Hands this process's terminal to a session until the person comes back or the session ends;
 * resolves with tmux's last words. tmux draws through the terminal on standard input; standard
 * output carries only those words, which would be left on the person's screen, so it is a pipe.
 * Refuses when there is no such session, or no terminal that tmux can use.
 */
export async function attach(
  server: Server,
  session: string,
  env: Readonly<Record<string, string>>,
): Promise<string | Refusal> {
  const target = sessionTarget(session);
  const missing = await whyNoSession(server, session);
  if (missing !== undefined) return missing;
  if (!process.stdin.isTTY) {
    return refuse('A session can be entered only from a terminal.', undefined, 'environment');
  }
  const { exitCode, said } = await hand(server, ['attach-session', '-t', target], env);
  // Words in brackets are said only after it had the terminal, also `[lost server]`.
  if (exitCode === 0 || /^\[.*\]$/.test(said)) return said;
  return refuse(
    `tmux could not take the terminal${said === '' ? '' : `: ${said}`}.`,
    'Check that TERM names a terminal that this machine knows.',
    'environment',
  );
}

async function hand(
  server: Server,
  command: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ exitCode: number | null; said: string }> {
  const setTitle = (sequence: string): void => {
    if (process.stdout.isTTY && env.TERM !== 'linux') process.stdout.write(sequence);
  };
  setTitle(KEEP_TITLE);
  const child = spawn('tmux', [...server.flags, ...command], {
    cwd: server.cwd,
    env: { ...env },
    stdio: ['inherit', 'pipe', 'pipe'],
  });
  let said = '';
  const hear = (text: string) => {
    said = (said + text).slice(-SAID_CHARACTERS);
  };
  child.stdout.setEncoding('utf8').on('data', hear);
  child.stderr.setEncoding('utf8').on('data', hear);
  const ended = new Promise<{ exitCode: number | null; said: string }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, said: said.trim() }));
  });
  return await whileLent(child, ended).finally(() => setTitle(GIVE_TITLE_BACK));
}
