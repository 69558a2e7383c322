import type { GateRun } from '#domain/gate/gate.ts';
import { endWords, redWords } from '#domain/gate/words.ts';
import { relevantLog } from '#domain/pull-request/job-log.ts';
import { oneVisibleLine } from '#domain/pull-request/message/fence.ts';
import type { Missing } from './missing.ts';

/** Lines of what a gate said that Claude is told: its end, where test runners sum up. */
const LINES = 80;

/** A gate that does not pass. `output` is what the gate said, null where that is not known; it comes from outside. */
export function missingGate(run: GateRun, output: string | null): Missing {
  const { gate, headCommit, outcome, note } = run;
  const because = note === null ? '' : `: ${note}`;
  return {
    kind: 'gate',
    key: `${gate}@${headCommit}`,
    title: oneVisibleLine(`gate ${gate} ${redWords(run)}${because}`, 300),
    // Claude did not break what could not be run.
    order:
      outcome === 'failed' || outcome === 'timed_out'
        ? 'A gate of the project does not pass. Find the cause and mend it; do not weaken the gate or its tests. What it said at the end:'
        : null,
    data: dataOf(run, output),
  };
}

/** A gate that passes only with what its autofix changed, which is in no commit. */
export function missingAutofix(run: GateRun): Missing {
  return {
    kind: 'gate',
    key: `${run.gate} autofix@${run.headCommit}`,
    title: oneVisibleLine(`gate ${run.gate} passes only with what its autofix changed`, 300),
    order:
      'A gate passes only with what its autofix changed. Look at these changes, and commit them.',
    data: dataOf(run, null),
  };
}

function dataOf(run: GateRun, output: string | null): string {
  const said = output === null ? '' : relevantLog(output).trimEnd();
  return [
    `gate: ${run.gate}`,
    `command: ${run.command}`,
    `how it ended: ${endWords(run)}`,
    ...(said === '' ? [] : ['', ...said.split('\n').slice(-LINES)]),
  ].join('\n');
}
