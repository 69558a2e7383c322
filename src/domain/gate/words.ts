import type { Criterion } from './criterion.ts';
import type { GateRun } from './gate.ts';

/** How a run stands, as a sign that needs no colour. */
export function gateSign({ outcome }: Pick<GateRun, 'outcome'>): string {
  return outcome === null ? '…' : SIGNS[outcome];
}

const SIGNS = { passed: '✓', failed: '✗', timed_out: '✗', unknown: '?' } as const;

export function criterionSign({ verdict }: Pick<Criterion, 'verdict'>): string {
  return verdict === null ? '☐' : { met: '✓', unmet: '✗', unknown: '?' }[verdict];
}

/** "failed with exit code 1", "timed out. It took longer than 600 s and was ended.": how a run ended, in words. */
export function endWords({
  outcome,
  exitCode,
  note,
}: Pick<GateRun, 'outcome' | 'exitCode' | 'note'>): string {
  const words = {
    passed: 'passed',
    failed: exitCode === null ? 'failed' : `failed with exit code ${exitCode}`,
    timed_out: 'timed out',
    unknown: 'could not be run to its end',
  } as const;
  const how = outcome === null ? 'runs' : words[outcome];
  return note === null ? how : `${how}. ${note}`;
}

/** "fails": what keeps a gate that did not pass from passing, as a phrase after its name. */
export function redWords({ outcome }: Pick<GateRun, 'outcome'>): string {
  if (outcome === 'failed') return 'fails';
  return outcome === 'timed_out' ? 'takes too long' : 'could not be run';
}

/** "12 s": how long it took; empty while it runs. */
export function tookWords({ startedAt, endedAt }: Pick<GateRun, 'startedAt' | 'endedAt'>): string {
  return endedAt === null ? '' : `${Math.max(0, Math.round((endedAt - startedAt) / 1000))} s`;
}
