import type { App } from '#app.ts';
import { type Missing, missingCriterion } from '#domain/delivery/missing.ts';
import { missingAutofix, missingGate } from '#domain/delivery/red-gate.ts';
import { isRefusal, type Refusal } from '#domain/error.ts';
import type { GateRun } from '#domain/gate/gate.ts';
import type { Project } from '#domain/project.ts';
import type { Task } from '#domain/task.ts';
import { checkCriteria } from '#operations/criterion/check.ts';
import { type GatedWork, gatesOf, runGates } from '#operations/gate/run.ts';

/**
 * Runs the gates of a session's work, has its criteria judged once they pass, and returns what does not hold. What nobody could judge is shown
 * on the task, and keeps nothing from being delivered. Refuses where Claude cannot judge now.
 */
export async function missingProofs(app: App, work: GatedWork): Promise<Missing[] | Refusal> {
  const ran = await runGates(app, work);
  if (isRefusal(ran)) return ran;
  const red = [
    ...ran.failing.map((run) => missingGate(run, outputOf(app, run))),
    ...ran.autofixed.map(missingAutofix),
  ];
  if (red.length > 0 || app.store.tasks.criteria(work.task.id).length === 0) return red;
  const judged = await checkCriteria(app, work);
  if (isRefusal(judged)) return judged;
  return judged.filter(({ verdict }) => verdict === 'unmet').map(missingCriterion);
}

/** Gates that did not pass when they were run last. */
export function redGates(
  app: Pick<App, 'store' | 'config' | 'host'>,
  task: Task,
  project: Project,
): Missing[] {
  const names = gatesOf(app, project).map(({ name }) => name);
  const newest = new Map(app.store.gateRuns.of(task.id).map((run) => [run.gate, run]));
  return names
    .flatMap((name) => newest.get(name) ?? [])
    .filter(({ outcome }) => outcome !== null && outcome !== 'passed')
    .map((run) => missingGate(run, outputOf(app, run)));
}

function outputOf({ host }: Pick<App, 'host'>, { log }: GateRun): string | null {
  return log === null ? null : host.shell.readLog(log);
}
