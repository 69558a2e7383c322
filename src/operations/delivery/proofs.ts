import type { App } from '#app.ts';
import type { Refusal } from '#domain/error.ts';
import type { Criterion } from '#domain/gate/criterion.ts';
import type { GateRun } from '#domain/gate/gate.ts';
import type { Project } from '#domain/project.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';

export interface Proofs {
  /** Gates that do not pass. */
  failing: GateRun[];
  criteria: Criterion[];
}

/** Whether work of a task has to be proved before it counts as delivered; without gates and criteria nothing is asked for. */
export function isProved(
  app: Pick<App, 'store' | 'config'>,
  task: Task,
  project: Project,
): boolean {
  const { gates } = app.config.forProject(project.path);
  return gates.length > 0 || app.store.tasks.criteria(task.id).length > 0;
}

/** Runs the gates of a session's work, and has its criteria judged once they pass. */
export async function proofsOf(
  { store, config }: App,
  { task, project, session: _ }: { task: Task; project: Project; session: Session },
): Promise<Proofs | Refusal> {
  const names = config.forProject(project.path).gates.map(({ name }) => name);
  const newest = new Map(store.gateRuns.of(task.id).map((run) => [run.gate, run]));
  const runs = names.flatMap((name) => newest.get(name) ?? []);
  const failing = runs.filter(({ outcome }) => outcome !== 'passed');
  return { failing, criteria: failing.length > 0 ? [] : store.tasks.criteria(task.id) };
}
