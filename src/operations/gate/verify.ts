import { z } from 'zod';
import type { App } from '#app.ts';
import { type ErrorCode, isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { GateRun } from '#domain/gate/gate.ts';
import { criterionSign, endWords, gateSign, tookWords } from '#domain/gate/words.ts';
import { relevantLog } from '#domain/pull-request/job-log.ts';
import type { CriterionView } from '#domain/task-view.ts';
import { checkCriteria } from '#operations/criterion/check.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { findWorktree } from '#operations/worktree/find.ts';
import { type GatedWork, gatesOf, runGates } from './run.ts';

/** A gate as it was found, with the end of what it said when it did not pass. Times are ISO texts in UTC. */
interface VerifiedGate
  extends Pick<GateRun, 'gate' | 'command' | 'outcome' | 'exitCode' | 'note' | 'log'> {
  commit: string;
  clean: boolean;
  startedAt: string;
  endedAt: string | null;
  output: string | null;
}

export interface Verified {
  task: number;
  passed: boolean;
  gates: VerifiedGate[];
  /** null when nobody was asked to judge them. */
  criteria: CriterionView[] | null;
}

/** Lines of a gate that did not pass. */
const OUTPUT_LINES = 40;

/** Runs the gates of a task now, in its worktree as it lies there. */
export const verifyTask = defineOperation({
  name: 'gate.verify',
  summary:
    'Run the gates of a task in its worktree; exit code 1 when one does not pass, 3 when one cannot be run.',
  command: {
    usage: 'verify <task>',
    json: true,
    options: [
      { flags: '--gate <name>', summary: 'only this gate; may be repeated', repeatable: true },
      { flags: '--criteria', summary: 'let a fresh Claude judge the acceptance criteria as well' },
      { flags: '--again', summary: 'run also what passed for this very commit' },
    ],
  },
  input: z.object({
    task: taskId,
    gate: z.array(z.string()).optional(),
    criteria: z.boolean().optional(),
    again: z.boolean().optional(),
  }),
  describe: (verified: Verified) => linesOf(verified).join('\n'),
  failed: whatFailed,
  async run(app, given): Promise<Verified | Refusal> {
    const work = findWorktree(app, given.task);
    if (isRefusal(work)) return work;
    const no = whyNothing(app, work, given);
    if (no !== undefined) return no;
    const choice = {
      again: given.again === true,
      ...(given.gate === undefined ? {} : { names: given.gate }),
    };
    const result = await runGates(app, work, choice);
    if (isRefusal(result)) return result;
    const criteria = given.criteria === true ? await checkCriteria(app, work) : null;
    if (isRefusal(criteria)) return criteria;
    const gates = result.runs.map((run) => verifiedGate(app, run));
    const isMet = criteria === null || criteria.every(({ verdict }) => verdict === 'met');
    return {
      task: work.task.id,
      passed: result.failing.length === 0 && isMet,
      gates,
      criteria: criteria?.map(({ taskId: _task, position: _place, ...rest }) => rest) ?? null,
    };
  },
});

/** Why there is nothing to run; undefined when there is something. */
function whyNothing(
  app: App,
  { task, project }: GatedWork,
  given: { gate?: string[] | undefined; criteria?: boolean | undefined },
): Refusal | undefined {
  const names = gatesOf(app, project).map(({ name }) => name);
  const unknown = given.gate?.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const known = names.length === 0 ? 'It has none.' : `There are: ${names.join(', ')}.`;
    return refuse(`"${project.name}" has no gate "${unknown}".`, known, 'not_found');
  }
  const criteria = app.store.tasks.criteria(task.id).length;
  if (given.criteria === true && criteria === 0) {
    return refuse(
      `#${task.id} has no acceptance criteria.`,
      `Give it one: claustre edit ${task.id} --criterion TEXT`,
    );
  }
  if (names.length > 0 || given.criteria === true) return undefined;
  return refuse(
    `"${project.name}" has no gates.`,
    `Name one as [[gates]] in ${project.path}/.claustre/config.toml, or in your own config.toml.`,
  );
}

function verifiedGate({ host }: Pick<App, 'host'>, run: GateRun): VerifiedGate {
  const { gate, command, outcome, exitCode, note, log, clean, headCommit } = run;
  const said = outcome === 'passed' || log === null ? null : host.shell.readLog(log);
  return {
    ...{ gate, command, outcome, exitCode, note, log, clean, commit: headCommit },
    startedAt: new Date(run.startedAt).toISOString(),
    endedAt: run.endedAt === null ? null : new Date(run.endedAt).toISOString(),
    output: said === null ? null : lastLines(relevantLog(said)),
  };
}

function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-OUTPUT_LINES).join('\n');
}

/** What is red counts before what could not be run. */
function whatFailed({ passed, gates, criteria }: Verified): ErrorCode | null {
  if (passed) return null;
  const isRed =
    gates.some(({ outcome }) => outcome === 'failed' || outcome === 'timed_out') ||
    criteria?.some(({ verdict }) => verdict !== 'met') === true;
  return isRed ? 'refused' : 'environment';
}

function linesOf({ gates, criteria }: Verified): string[] {
  const lines = gates.flatMap((gate) => {
    const times = {
      startedAt: Date.parse(gate.startedAt),
      endedAt: gate.endedAt === null ? null : Date.parse(gate.endedAt),
    };
    const head = `${gateSign(gate)} ${gate.gate} ${endWords(gate)} (${tookWords(times)})`;
    return [head, ...(gate.output?.split('\n').map((line) => `    ${line}`.trimEnd()) ?? [])];
  });
  if (gates.some(({ clean }) => !clean)) {
    lines.push('What is not committed was tested as well.');
  }
  for (const criterion of criteria ?? []) {
    lines.push(`${criterionSign(criterion)} ${criterion.text}`, `    ${criterion.evidence ?? ''}`);
  }
  return lines;
}
