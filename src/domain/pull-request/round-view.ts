import type { Round } from './round.ts';
import type { Verdict } from './verdict.ts';

/** A round as people and scripts see it. Times are ISO. */
export interface RoundView
  extends Pick<Round, 'id' | 'kind' | 'evidence' | 'outcome' | 'note' | 'costUsd'> {
  /** Number of its pull request; null when that is not known any more. */
  pullRequest: number | null;
  /** Its place among the rounds of its kind of the task, from 1. */
  nth: number;
  startedAt: string;
  endedAt: string | null;
  verdicts: Verdict[];
}

/** The round with what it decided; `rounds` and `verdicts` are those of the whole task. */
export function roundView(
  round: Round,
  pullRequest: number | null,
  { rounds, verdicts }: { rounds: readonly Round[]; verdicts: readonly Verdict[] },
): RoundView {
  const { id, kind, evidence, outcome, note, costUsd, startedAt, endedAt } = round;
  return {
    ...{ id, kind, pullRequest, evidence, outcome, note, costUsd },
    nth: rounds.filter((each) => each.kind === kind && each.id <= id).length,
    startedAt: new Date(startedAt).toISOString(),
    endedAt: endedAt === null ? null : new Date(endedAt).toISOString(),
    verdicts: verdicts.filter(({ roundId }) => roundId === id),
  };
}
