import type { Gate, GateRun } from './gate.ts';

/** What a gate is run over. */
export interface TestedState {
  headCommit: string;
  /** Whether nothing lies beside the commit. */
  clean: boolean;
}

/** The run that says already that the gate passes for exactly this; null when it has to be run. */
export function passedAlready(
  gate: Pick<Gate, 'name' | 'command'>,
  { headCommit, clean }: TestedState,
  runs: readonly GateRun[],
): GateRun | null {
  if (!clean) return null;
  const newest = runs.findLast((run) => run.gate === gate.name && run.outcome !== null);
  if (newest === undefined || newest.outcome !== 'passed' || !newest.clean) return null;
  return newest.command === gate.command && newest.headCommit === headCommit ? newest : null;
}

/** Whether what was found clean before a gate ran is that commit still after it; new files beside it are the gate's own. */
export function stayedClean(
  before: TestedState,
  after: { head: string; changed: number } | null,
): boolean {
  return before.clean && after !== null && after.head === before.headCommit && after.changed === 0;
}
