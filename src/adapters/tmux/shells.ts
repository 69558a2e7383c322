import { ClaustreError, type Refusal, refuse } from '#domain/error.ts';
import { commandLine } from './argv.ts';
import { MARK_BESIDE, MARK_REVIEW, PANE_FORMAT } from './panes.ts';
import { failure, type Server, saysNoTarget } from './server.ts';
import { firstPane, paneTarget, sessionTarget, surroundings, unusable } from './sessions.ts';
import type { NewShell, Pane } from './tmux.ts';

/** The words of split-window for each side. */
const SIDES = { left: ['-h', '-b'], right: ['-h'], up: ['-v', '-b'], down: ['-v'] } as const;

/**
 * Opens a shell beside a pane. Refuses when the pane is gone or has no room for another, or the
 * directory is missing.
 */
export async function openShell(server: Server, request: NewShell): Promise<Pane | Refusal> {
  const program = { cwd: request.cwd, env: request.env ?? {}, argv: request.argv };
  const problem = unusable(program);
  if (problem !== null) return problem;
  const target = paneTarget(request.of);
  // The new pane has the focus at first, so that what follows in the same line means it.
  const [keepZoom, zoomAgain] = request.focus ? [[], []] : keptZoom(target);
  const lines = [
    ...keepZoom,
    ['split-window', '-t', target, ...SIDES[request.side], '-l', `${request.percent}%`].concat(
      surroundings(program),
    ),
    ...(request.review === true ? MARK_REVIEW : MARK_BESIDE),
    ['display-message', '-p', PANE_FORMAT],
    ...(request.focus ? [] : [['last-pane']]),
    ...zoomAgain,
  ];
  const script = `${lines.map(commandLine).join(' ; ')}\n`;
  const result = await server.call([['source-file', '-']], script);
  if (result.stderr.includes('no space')) {
    return refuse('There is no room for another pane.', 'Close one first, or enlarge the window.');
  }
  if (saysNoTarget(result)) return gone(request.of);
  return firstPane(result, 'open a pane');
}

/**
 * Commands before and after a split that leave a pane shown alone as it was: a split shows them all. The window itself remembers it in
 * between.
 */
function keptZoom(pane: string): [string[][], string[][]] {
  const zoomed = `set-option -w -t ${pane} @zoomed 1`;
  const again = `resize-pane -Z ; set-option -w -u -t ${pane} @zoomed`;
  return [
    [['if-shell', '-F', '-t', pane, '#{window_zoomed_flag}', zoomed]],
    [['if-shell', '-F', '-t', pane, '#{@zoomed}', again]],
  ];
}

/** Returns the command that opens Claude's pane anew in a session of which only shells are left. */
export function openClaudesPane(session: string, program: readonly string[]): string[] {
  const where = ['-t', `${sessionTarget(session)}:`, ...SIDES.left];
  return ['split-window', '-P', '-F', PANE_FORMAT, ...where, ...program];
}

/** Returns the pane of a session that has the focus; null when there is no such session. */
export async function focusedPane(server: Server, session: string): Promise<string | null> {
  const { panes, focused } = await panesIn(server, session);
  return panes[focused] ?? null;
}

/** Gives the keys to another pane, or shows the focused one alone and back. */
export async function turn(
  server: Server,
  session: string,
  to: 'next' | 'previous' | 'zoom',
): Promise<void> {
  const { panes, focused } = await panesIn(server, session);
  const by = { next: 1, previous: -1, zoom: 0 }[to];
  // By its id: `:.+` counts from the pane of whichever session tmux takes for the current one.
  const pane = panes[(focused + by + panes.length) % panes.length];
  const gone = new ClaustreError('not_found', `There is no tmux session "${session}".`);
  if (pane === undefined) throw gone;
  const words = to === 'zoom' ? ['resize-pane', '-Z'] : ['select-pane', '-Z'];
  const result = await server.call([[...words, '-t', pane]]);
  if (result.exitCode === 0) return;
  throw saysNoTarget(result) ? gone : failure(`change the pane of "${session}"`, result);
}

/** The panes of a session in the order of their places, and which of them has the focus; none when there is no such session. */
async function panesIn(
  server: Server,
  session: string,
): Promise<{ panes: string[]; focused: number }> {
  const target = `${sessionTarget(session)}:`;
  const format = '#{pane_id} #{pane_active}';
  const result = await server.call([['list-panes', '-t', target, '-F', format]]);
  if (result.exitCode !== 0) {
    if (saysNoTarget(result)) return { panes: [], focused: -1 };
    throw failure(`list the panes of "${session}"`, result);
  }
  const lines = result.stdout.trim().split('\n');
  return {
    panes: lines.map((line) => line.replace(/ .*$/, '')),
    focused: lines.findIndex((line) => line.endsWith(' 1')),
  };
}

/** Ends a pane and what runs in it; one that is gone is fine. */
export async function closePane(server: Server, pane: string): Promise<void> {
  const result = await server.call([['kill-pane', '-t', paneTarget(pane)]]);
  if (result.exitCode !== 0 && !saysNoTarget(result)) throw failure('close a pane', result);
}

function gone(pane: string): Refusal {
  return refuse(`The tmux pane ${pane} does not exist any more.`, undefined, 'not_found');
}
