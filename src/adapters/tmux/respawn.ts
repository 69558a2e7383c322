import { type Refusal, refuse } from '#domain/error.ts';
import { commandLine } from './argv.ts';
import { PANE_FORMAT } from './panes.ts';
import { type Server, saysNoTarget } from './server.ts';
import { firstPane, sessionTarget, surroundings, unusable } from './sessions.ts';
import { openClaudesPane } from './shells.ts';
import type { NewSession, Pane } from './tmux.ts';

/**
 * Starts a program again in Claude's pane of a session, ending what runs there. It is the oldest one
 * that was not opened beside it; where only shells are left, Claude gets a new pane before them.
 * Refuses when there is no such session or the directory is missing.
 */
export async function respawn(
  server: Server,
  panes: () => Promise<Pane[]>,
  request: Omit<NewSession, 'columns' | 'rows' | 'label'>,
): Promise<Pane | Refusal> {
  sessionTarget(request.name);
  const problem = unusable(request);
  if (problem !== null) return problem;
  const all = (await panes()).filter((one) => one.session === request.name);
  const pane = oldest(all.filter((one) => !one.beside));
  const gone = refuse(
    `There is no tmux session "${request.name}".`,
    'Launch the task again; that makes a new one.',
    'not_found',
  );
  if (all.length === 0) return gone;
  const lines =
    pane === undefined
      ? [openClaudesPane(request.name, surroundings(request))]
      : [
          ['respawn-pane', '-k', '-t', pane.pane, ...surroundings(request)],
          ['display-message', '-p', '-t', pane.pane, PANE_FORMAT],
        ];
  const result = await server.call(
    [['source-file', '-']],
    `${lines.map(commandLine).join('\n')}\n`,
  );
  if (saysNoTarget(result)) return gone;
  return firstPane(result, `start the session "${request.name}" again`);
}

function oldest(panes: Pane[]): Pane | undefined {
  return panes.toSorted((a, b) => Number(a.pane.slice(1)) - Number(b.pane.slice(1)))[0];
}
