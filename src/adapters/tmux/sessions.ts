import { statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { CommandResult } from '#adapters/command.ts';
import { ClaustreError, type Refusal, refuse } from '#domain/error.ts';
import { commandLine } from './argv.ts';
import { PANE_FORMAT, parsePanes } from './panes.ts';
import { failure, type Server, saysNoTarget } from './server.ts';
import type { Label, NewSession, Pane } from './tmux.ts';

/**
 * What tmux says to each pane itself. A launcher's values would tell of another terminal, and
 * `respawn-pane -e` obeys them.
 */
const TMUX_OWN = /^(?:TERM|TERM_PROGRAM|TERM_PROGRAM_VERSION|TMUX|TMUX_PANE|COLUMNS|LINES)$/;
const LABEL_LENGTH = 60;
/** A terminal lets go in a few milliseconds; one whose program is stopped never does. */
const LEAVING_MS = 1_000;

/**
 * Returns the target of a session by its whole name: tmux takes a bare `ab` for the beginning of
 * `abc`. tmux 3.3 turns `.` and `:` in names into `_` and others keep them, so only plain names
 * pass. Throws `invalid` for any other.
 */
export function sessionTarget(name: string): string {
  if (!/^[A-Za-z0-9_][A-Za-z0-9_-]{0,99}$/.test(name)) {
    throw new ClaustreError(
      'invalid',
      `"${name.slice(0, 100)}" cannot be the name of a tmux session.`,
      {
        hint: 'Use letters, digits, "_" and "-" only.',
      },
    );
  }
  return `=${name}`;
}

/** Refuses when the server has no such session; undefined when it has. */
export async function whyNoSession(server: Server, name: string): Promise<Refusal | undefined> {
  const { exitCode } = await server.call([['has-session', '-t', sessionTarget(name)]]);
  if (exitCode === 0) return undefined;
  return refuse(
    `There is no tmux session "${name}".`,
    'Launch the task again; that makes a new one.',
    'not_found',
  );
}

/** Returns the target of a pane. Throws `invalid` for anything but `%` and a number. */
export function paneTarget(pane: string): string {
  if (/^%\d+$/.test(pane)) return pane;
  throw new ClaustreError('invalid', `"${pane.slice(0, 100)}" is not the id of a tmux pane.`);
}

/**
 * Starts the server if need be and a detached session in it. Refuses when the name is taken or the
 * directory is missing.
 */
export async function createSession(server: Server, request: NewSession): Promise<Pane | Refusal> {
  const target = sessionTarget(request.name);
  const problem = unusable(request);
  if (problem !== null) return problem;
  const line = commandLine([
    ...['new-session', '-d', '-P', '-F', PANE_FORMAT, '-s', request.name],
    ...['-x', String(request.columns), '-y', String(request.rows)],
    ...surroundings(request),
  ]);
  const lines = [
    line,
    ...labelCommands(target, { text: request.label, asks: false }).map(commandLine),
  ];
  if (request.shell !== undefined) lines.push(commandLine(shellCommand(target, request.shell)));
  // From standard input, because tmux takes no more than 16 kB as arguments and an environment may
  // well be larger.
  const result = await server.call(
    [...server.start, ['source-file', '-']],
    `${lines.join('\n')}\n`,
  );
  if (result.stderr.includes('duplicate session')) {
    return refuse(`There is a tmux session "${request.name}" already.`);
  }
  return firstPane(result, `start the session "${request.name}"`);
}

/**
 * Ends a session and all its panes; one that is gone is fine. Whoever is attached is sent back
 * first, and waited for: tmux dies, with every session, when a terminal reports its focus to a
 * client whose session was just killed (seen with 3.3a, known of 3.4 and later).
 */
export async function endSession(server: Server, name: string): Promise<void> {
  const target = sessionTarget(name);
  const left = await server.call([['detach-client', '-s', target]]);
  if (left.exitCode !== 0 && saysNoTarget(left)) return;
  const deadline = performance.now() + LEAVING_MS;
  while (performance.now() < deadline) {
    const clients = await server.call([['list-clients', '-t', target]]);
    if (clients.stdout.trim() === '') break;
    await delay(5);
  }
  const result = await server.call([['kill-session', '-t', target]]);
  if (result.exitCode !== 0 && !saysNoTarget(result)) {
    throw failure(`end the session "${name}"`, result);
  }
}

/** Returns the lines of list-panes; none when no server runs. */
export async function listPanes(server: Server): Promise<string[]> {
  const result = await server.call([['list-panes', '-a', '-F', PANE_FORMAT]]);
  if (result.exitCode === 0) return result.stdout.split('\n');
  // A server without any session has no target to speak of either.
  if (saysNoTarget(result)) return [];
  throw failure('list its panes', result);
}

/**
 * Returns the commands that set what the status line shows. Labels are text from outside: control
 * characters go, and `#` is doubled, which the status line shows as one and does not take for a
 * style.
 */
export function labelCommands(target: string, label: Label): string[][] {
  const clean = label.text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  const letters = Array.from(clean);
  const cut =
    letters.length > LABEL_LENGTH ? `${letters.slice(0, LABEL_LENGTH - 1).join('')}…` : clean;
  const set = ['set-option', '-t', `${target}:`];
  return [
    [...set, '@label', cut.replaceAll('#', '##')],
    [...set, '@asks', label.asks ? '1' : ''],
  ];
}

/** tmux hands this text to a shell: every word of it is quoted. */
function shellCommand(target: string, words: readonly string[]): string[] {
  const line = words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  return ['set-option', '-t', `${target}:`, 'default-command', `exec ${line}`];
}

/** The end that new-session and respawn-pane share: directory, variables, program. */
export function surroundings(request: Pick<NewSession, 'cwd' | 'env' | 'argv'>): string[] {
  const variables = Object.entries(request.env)
    .filter(([name]) => !TMUX_OWN.test(name))
    .flatMap(([name, value]) => ['-e', `${name}=${value}`]);
  return ['-c', escapeFormat(request.cwd), ...variables, '--', ...request.argv];
}

/** `-c` is a format to tmux: a `#` in a directory's name would begin an expression. */
function escapeFormat(text: string): string {
  return text.replaceAll('#', '##');
}

/** tmux would start in its caller's directory without a word, and would cut text at a NUL. */
export function unusable(request: Pick<NewSession, 'cwd' | 'env' | 'argv'>): Refusal | null {
  if (statSync(request.cwd, { throwIfNoEntry: false })?.isDirectory() !== true) {
    return refuse(
      `The directory ${request.cwd} does not exist.`,
      'Check the worktree with `claustre show`.',
      'not_found',
    );
  }
  const wrong = Object.keys(request.env).find((name) => !/^[^=\0]+$/.test(name));
  if (
    wrong !== undefined ||
    [...Object.values(request.env), ...request.argv].some((t) => t.includes('\0'))
  ) {
    return refuse(
      'A variable or an argument holds a character that no program can be given.',
      undefined,
      'invalid',
    );
  }
  return null;
}

export function firstPane(result: CommandResult, what: string): Pane {
  const pane = parsePanes(result.stdout.split('\n'))[0];
  if (result.exitCode !== 0 || pane === undefined) throw failure(what, result);
  return pane;
}
