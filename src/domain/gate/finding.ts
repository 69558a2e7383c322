import type { Finding } from '#domain/pull-request/evidence.ts';
import { relevantLog } from '#domain/pull-request/job-log.ts';
import { oneVisibleLine } from '#domain/pull-request/message/fence.ts';
import type { GateRun } from './gate.ts';
import { endWords } from './words.ts';

/** Lines of what a gate said that Claude is told: its end, where test runners sum up. */
const LINES = 80;

/** What Claude is told of a gate that does not pass. `output` is what the gate said, null where that is not known; it comes from outside. */
export function gateFinding(run: GateRun, output: string | null): Finding {
  const said = output === null ? '' : relevantLog(output).trimEnd();
  return {
    kind: 'gate',
    key: `${run.gate}@${run.headCommit}`,
    title: oneVisibleLine(`gate ${run.gate}`),
    facts: [
      ['gate', run.gate],
      ['command', run.command],
      ['how it ended', endWords(run)],
    ],
    text: said === '' ? null : said.split('\n').slice(-LINES).join('\n'),
    check: null,
    feedbackId: null,
  };
}

/** What Claude is told of a gate that passes only with what its autofix changed, which is in no commit. */
export function autofixFinding(run: GateRun): Finding {
  return {
    kind: 'gate',
    key: `${run.gate} autofix@${run.headCommit}`,
    title: oneVisibleLine(`gate ${run.gate}: commit what autofix changed`),
    facts: [
      ['gate', run.gate],
      ['command', run.command],
      ['how it ended', endWords(run)],
      ['what to do', 'Look at what autofix changed in the worktree, and commit it.'],
    ],
    text: null,
    check: null,
    feedbackId: null,
  };
}
