import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { ClaustreError } from '#domain/error.ts';
import { failure, type Server, saysNoTarget } from './server.ts';
import type { AttachedClient } from './tmux.ts';

/** Flags stand between commas; a client in control mode has no terminal. */
const CLIENT_FORMAT = '#{client_control_mode} #{client_flags} #{client_tty} #{client_session}';

/** Returns the terminals on which a session is shown; none when no server runs. */
export async function listClients(server: Server): Promise<AttachedClient[]> {
  const result = await server.call([['list-clients', '-F', CLIENT_FORMAT]]);
  if (result.exitCode !== 0) {
    if (saysNoTarget(result)) return [];
    throw failure('list its clients', result);
  }
  return parseClients(result.stdout.split('\n'));
}

/** Returns the clients with a terminal in lines of list-clients; a line that is none is left out. */
export function parseClients(lines: readonly string[]): AttachedClient[] {
  return lines.flatMap((line) => {
    const [control, flags = '', tty = '', session] = line.split(' ');
    if (control !== '0' || session === undefined || session === '') return [];
    return [{ session, tty, focused: flags.split(',').includes('focused') }];
  });
}

const TERMINAL = /^\/dev\/(?:pts\/\d+|tty[\w.-]+)$/;
const BELL = '\u0007';

/**
 * Rings the bell of a client's terminal: one byte, which a terminal obeys also between the bytes of
 * a sequence that tmux just writes. tmux has no command for it. Never waits for a terminal that
 * takes nothing. Throws what the terminal throws, and `invalid` for a path that is none.
 */
export async function ring({ tty }: Pick<AttachedClient, 'tty'>): Promise<void> {
  if (!TERMINAL.test(tty)) {
    throw new ClaustreError('invalid', `"${tty.slice(0, 100)}" is not the path of a terminal.`);
  }
  const { O_WRONLY, O_NOCTTY, O_NONBLOCK } = constants;
  const terminal = await open(tty, O_WRONLY | O_NOCTTY | O_NONBLOCK);
  try {
    await terminal.write(BELL);
  } finally {
    await terminal.close();
  }
}
