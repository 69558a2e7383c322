import { constants } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pane } from './tmux.ts';

/** The session that control clients attach to. It is ours alone, so no list of panes shows it. */
export const ANCHOR = '_anchor';

/** Option of a pane that says that it stands beside Claude's own pane, and what runs in it where that is no shell. */
const BESIDE = '@beside';

/**
 * What makes a new pane one beside Claude's: marked, so that nothing takes it for Claude's, and gone
 * with its program, whose last screen nobody asks for.
 */
export const MARK_BESIDE = [
  ['set-option', '-p', BESIDE, '1'],
  ['set-option', '-p', 'remain-on-exit', 'off'],
] as const;

/** The same for the pane of the review loop. */
export const MARK_REVIEW = [['set-option', '-p', BESIDE, 'review'], MARK_BESIDE[1]] as const;

/**
 * One pane per line, fields between single spaces; a letter before what may be empty. The program's
 * name comes last and without control characters: it is text from outside and must not be able to
 * begin a line of its own.
 */
export const PANE_FORMAT = [
  '#{session_name} #{pane_id} #{pane_pid} #{pid} #{pane_dead}',
  `s#{pane_dead_status} g#{pane_dead_signal} b#{${BESIDE}} #{pane_width} #{pane_height}`,
  // A class such as [[:cntrl:]] cannot be written here: its colon would end the modifier.
  '#{s/[\u0001-\u001f\u007f]/?/:pane_current_command}',
].join(' ');

const LINE = /^(\S+) (%\d+) (\d+) (\d+) ([01]?) s(\d*) g(\w*) b(1?|review) (\d+) (\d+) (.*)$/;

/** Returns the panes in lines of PANE_FORMAT; a line that is none is left out. */
export function parsePanes(lines: readonly string[]): Pane[] {
  return lines.flatMap((line) => {
    const match = LINE.exec(line);
    if (match === null) return [];
    const [, session = '', pane = '', pid, serverPid, dead, status = '', signal = ''] = match;
    return [
      {
        session,
        pane,
        pid: Number(pid),
        serverPid: Number(serverPid),
        dead: dead === '1',
        exitStatus: status === '' ? null : Number(status),
        signal: signalNumber(signal),
        ...(match[8] === '' ? {} : { beside: true as const }),
        ...(match[8] === 'review' ? { review: true as const } : {}),
        width: Number(match[9]),
        height: Number(match[10]),
        command: match[11] ?? '',
      },
    ];
  });
}

/** tmux says a signal's name where the C library knows it (macOS) and its number elsewhere. */
function signalNumber(text: string): number | null {
  if (text === '') return null;
  if (/^\d+$/.test(text)) return Number(text);
  const name = text.startsWith('SIG') ? text : `SIG${text}`;
  return Object.entries(constants.signals).find(([known]) => known === name)?.[1] ?? null;
}

const lostStatus = (pane: Pane) => pane.dead && pane.exitStatus === null && pane.signal === null;

/**
 * Returns a function that reads the panes and, when one is dead without status and signal, has the
 * server look again. tmux before 3.6, built with utempter (Debian, Ubuntu), loses the SIGCHLD of
 * about half of the lone panes that end: the child stays a zombie until the next SIGCHLD. What does
 * not come back after three looks is unknown for good (3.2 knows no signals) and not asked for
 * again.
 */
export function createPaneReader(read: () => Promise<string[]>): () => Promise<Pane[]> {
  const givenUp = new Set<string>();
  const key = (pane: Pane) => `${pane.serverPid} ${pane.pane} ${pane.pid}`;
  const lostIn = (panes: Pane[]) =>
    panes.filter((pane) => lostStatus(pane) && !givenUp.has(key(pane)));

  return async () => {
    let panes = parsePanes(await read());
    for (let look = 0; look < 3 && lostIn(panes).length > 0; look += 1) {
      for (const server of new Set(lostIn(panes).map((pane) => pane.serverPid))) nudge(server);
      await delay(5 * (look + 1));
      panes = parsePanes(await read());
    }
    for (const pane of lostIn(panes)) givenUp.add(key(pane));
    return panes.filter((pane) => pane.session !== ANCHOR);
  };
}

function nudge(serverPid: number): void {
  if (serverPid < 2) return;
  try {
    process.kill(serverPid, 'SIGCHLD');
  } catch (error) {
    // The server ended in between; the next read says so.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
