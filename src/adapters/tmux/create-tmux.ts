import { runCommand } from '#adapters/command.ts';
import { ClaustreError, isRefusal, type Refusal, refuse } from '#domain/error.ts';
import { alone, type TakeLock } from './alone.ts';
import { attach } from './attach.ts';
import { listClients, ring } from './attached.ts';
import { connect } from './client.ts';
import { paste, readStyled, readText, sendKeys } from './input.ts';
import { createPaneReader } from './panes.ts';
import { respawn } from './respawn.ts';
import { createServer, scrubbed } from './server.ts';
import { type Keys, serverConfig } from './server-config.ts';
import { createSession, endSession, listPanes } from './sessions.ts';
import { closePane, focusedPane, openShell, turn } from './shells.ts';
import { type OpenPty, openTerminal } from './terminal.ts';
import type { Tmux } from './tmux.ts';
import { readVersion } from './version.ts';

export interface TmuxOptions {
  /** The name after `-L`; with TMUX_TMPDIR of `env` it is what every process must agree on. */
  socket: string;
  /** Where our configuration is written, before the first call and with mode 0600. */
  configPath: string;
  /** The data directory. tmux runs in it, so that its server never holds a worktree. */
  home: string;
  /** The caller's environment. Only the few variables that a server needs are taken from it. */
  env: Readonly<Record<string, string | undefined>>;
  /**
   * The one key that leads from an attached session back to the dashboard, as tmux names it
   * (`C-q`).
   */
  reservedKey: string;
  /** The key before tmux's own keys in a session; null or nothing leaves all of them to Claude. */
  prefix?: string | null;
  /** Whose keys move and copy in text that was scrolled back. */
  copyKeys?: Keys['copyKeys'];
  /** Makes the terminals of clients that the dashboard shows. */
  openPty: OpenPty;
  /** Keeps what must not happen at the same time in two processes apart; see alone.ts. */
  takeLock?: TakeLock;
}

/**
 * Returns our tmux server's adapter. Nothing is written or started before the first call. Throws
 * `invalid` for a bad key or socket.
 */
export function createTmux(options: TmuxOptions): Tmux {
  if (!/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$/.test(options.socket)) {
    throw new ClaustreError('invalid', `"${options.socket}" cannot be the name of a tmux socket.`, {
      hint: 'Use letters, digits, "_", "." and "-" only.',
    });
  }
  const server = createServer({
    socket: options.socket,
    configPath: options.configPath,
    config: serverConfig({
      reservedKey: options.reservedKey,
      prefix: options.prefix ?? null,
      copyKeys: options.copyKeys ?? 'emacs',
    }),
    cwd: options.home,
    env: options.env,
  });
  const panes = createPaneReader(() => listPanes(server));
  const version = createVersionCheck(options);
  const { takeLock = () => () => undefined } = options;
  return {
    socket: options.socket,
    version,
    async createSession(request) {
      const found = await version();
      if (isRefusal(found)) return found;
      return await alone(takeLock, () => createSession(server, request));
    },
    respawn: (request) => respawn(server, panes, request),
    endSession: (name) => alone(takeLock, () => endSession(server, name)),
    panes,
    readText: (pane, lines) => readText(server, pane, lines),
    readStyled: (pane) => readStyled(server, pane),
    paste: (pane, text) => paste(server, pane, text),
    sendKeys: (pane, keys) => sendKeys(server, pane, keys),
    openShell: (request) => openShell(server, request),
    focusedPane: (session) => focusedPane(server, session),
    turn: (session, to) => turn(server, session, to),
    closePane: (pane) => closePane(server, pane),
    clients: () => listClients(server),
    ring,
    async attach(session) {
      // Nobody else waits until the person comes back: only the moment must be a good one.
      await alone(takeLock, async () => undefined);
      return attach(server, session, terminalEnv(server.env, options.env));
    },
    openTerminal: (session, size) =>
      alone(takeLock, () => openTerminal(server, options.openPty, session, size)),
    async connect() {
      const found = await version();
      return isRefusal(found) ? found : await alone(takeLock, () => connect(server));
    },
  };
}

/**
 * Returns the check of tmux's version; an answer is kept, a refusal is looked at again: a person
 * may have mended it.
 */
function createVersionCheck(options: TmuxOptions): () => Promise<string | Refusal> {
  let known: string | null = null;
  return async () => {
    if (known !== null) return known;
    try {
      const result = await runCommand('tmux', ['-V'], {
        cwd: '/',
        env: scrubbed(options.env),
        timeoutMs: 5_000,
      });
      const found = readVersion(result.stdout);
      if (!isRefusal(found)) known = found;
      return found;
    } catch (error) {
      if (!(error instanceof ClaustreError)) throw error;
      return refuse(error.message, error.hint, 'environment');
    }
  };
}

/**
 * A terminal's colours are known by one more variable; it belongs to the person's terminal and not
 * to the server.
 */
function terminalEnv(
  kept: Readonly<Record<string, string>>,
  callers: TmuxOptions['env'],
): Record<string, string> {
  return callers.COLORTERM === undefined ? { ...kept } : { ...kept, COLORTERM: callers.COLORTERM };
}
