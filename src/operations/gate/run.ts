import type { App } from '#app.ts';
import { isRefusal, type Refusal } from '#domain/error.ts';
import type { Gate, GateRun } from '#domain/gate/gate.ts';
import { passedAlready } from '#domain/gate/reuse.ts';
import type { Project } from '#domain/project.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import { whenFree } from './claim.ts';
import { runOneGate } from './run-one.ts';
import { settleCutOff } from './settle.ts';

/** The work whose gates are run. */
export interface GatedWork {
  task: Task;
  project: Project;
  session: Session;
}

/** The newest run of each gate that was asked for. */
export interface GatesResult {
  runs: GateRun[];
  /** Those that did not pass, whatever the reason. */
  failing: GateRun[];
  /** Those that passed only with what their autofix changed, which is in no commit yet. */
  autofixed: GateRun[];
}

export interface GateChoice {
  /** Only these; all of the project when absent. */
  names?: readonly string[];
  /** Run also what passed for this very commit. */
  again?: boolean;
  /** Called when a run begins and when it has ended. */
  tell?: (run: GateRun) => void;
}

/** The gates of a project, as its main working tree and the user's own settings name them: what a task changes in its worktree changes none. */
export function gatesOf({ config }: Pick<App, 'config'>, project: Project): readonly Gate[] {
  return config.forProject(project.path).gates;
}

/**
 * Runs the gates in the worktree, one after the other, and records each. One that passed for the same commit, with nothing beside it, and with
 * the same command is not run again. Whoever runs them in the same worktree at the same time is waited for.
 */
export async function runGates(
  app: App,
  work: GatedWork,
  choice: GateChoice = {},
): Promise<GatesResult | Refusal> {
  const gates = gatesOf(app, work.project).filter(
    ({ name }) => choice.names === undefined || choice.names.includes(name),
  );
  if (gates.length === 0) return { runs: [], failing: [], autofixed: [] };
  const release = await whenFree(app, () => app.host.shell.claim(work.session.id));
  try {
    settleCutOff(app, work.session.id);
    const results: { run: GateRun; autofixed: boolean }[] = [];
    for (const gate of gates) {
      const result = await passOrRun(app, work, gate, choice);
      if (isRefusal(result)) return result;
      results.push(result);
    }
    const runs = results.map(({ run }) => run);
    return {
      runs,
      failing: runs.filter(({ outcome }) => outcome !== 'passed'),
      autofixed: results
        .filter(({ run, autofixed }) => autofixed && run.outcome === 'passed')
        .map(({ run }) => run),
    };
  } finally {
    release();
  }
}

async function passOrRun(
  app: App,
  { task, session }: GatedWork,
  gate: Gate,
  { again = false, tell = () => undefined }: GateChoice,
): Promise<{ run: GateRun; autofixed: boolean } | Refusal> {
  const state = await app.git.inspectWorktree(session.worktree, session.baseCommit);
  if (isRefusal(state)) return state;
  const tested = { headCommit: state.head, clean: state.changed + state.untracked === 0 };
  const passed = again ? null : passedAlready(gate, tested, app.store.gateRuns.of(task.id));
  if (passed !== null) {
    tell(passed);
    return { run: passed, autofixed: false };
  }
  const giveBack = await whenFree(app, () => app.host.shell.takePlace());
  try {
    return await runOneGate(app, { task, session }, gate, tested, tell);
  } finally {
    giveBack();
  }
}
