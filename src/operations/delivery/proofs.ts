import type { App } from '#app.ts';
import { type Missing, missingCriterion, missingGate } from '#domain/delivery/missing.ts';
import type { Refusal } from '#domain/error.ts';
import type { GateRun } from '#domain/gate/gate.ts';
import type { Project } from '#domain/project.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';

/** Bytes of the end of a gate's output that Claude is told of. */
const OUTPUT = 3_000;

/** Whether work of a task has to be proved before it counts as delivered; without gates and criteria nothing is asked for. */
export function isProved(
  app: Pick<App, 'store' | 'config'>,
  task: Task,
  project: Project,
): boolean {
  const { gates } = app.config.forProject(project.path);
  return gates.length > 0 || app.store.tasks.criteria(task.id).length > 0;
}

/** Runs the gates of a session's work, has its criteria judged once they pass, and returns what does not hold. */
export async function missingProofs(
  app: App,
  { task, project }: { task: Task; project: Project; session: Session },
): Promise<Missing[] | Refusal> {
  const failing = redGates(app, task, project);
  if (failing.length > 0) return failing;
  return app.store.tasks
    .criteria(task.id)
    .filter(({ verdict }) => verdict === 'unmet')
    .map(missingCriterion);
}

/** Gates that did not pass when they were run last. */
export function redGates(
  app: Pick<App, 'store' | 'config' | 'host'>,
  task: Task,
  project: Project,
): Missing[] {
  const names = app.config.forProject(project.path).gates.map(({ name }) => name);
  const newest = new Map(app.store.gateRuns.of(task.id).map((run) => [run.gate, run]));
  return names
    .flatMap((name) => newest.get(name) ?? [])
    .filter(({ outcome }) => outcome !== null && outcome !== 'passed')
    .map((run) => missingGate(run, outputOf(app, run)));
}

function outputOf({ host }: Pick<App, 'host'>, { log }: GateRun): string | null {
  const text = log === null ? null : host.readKept(log);
  return text === null ? null : text.slice(-OUTPUT);
}
