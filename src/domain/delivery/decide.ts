import type { ErrorCode } from '#domain/attempt/error-code.ts';
import { isSameEvidence } from '#domain/pull-request/evidence.ts';
import type { Round } from '#domain/pull-request/round.ts';
import type { Missing } from './missing.ts';

/** What becomes of a turn that has ended. */
export type Decision =
  | { act: 'deliver' }
  /** Claude is told what is missing. */
  | { act: 'tell' }
  /** Nothing more is said; the task ends in error, with these words. */
  | { act: 'give_up'; code: ErrorCode; text: string };

/** What it is decided from. */
export interface TurnWork {
  missing: readonly Missing[];
  head: string;
  /** Rounds in which Claude was told what is missing since the task was last begun, delivered or given up; the oldest first. */
  rounds: readonly Pick<Round, 'evidence' | 'headCommit' | 'sentAt' | 'outcome'>[];
  /** How many of them there may be. */
  mostRounds: number;
}

/** A message that so often did not reach Claude does not for a reason that a person has to see. */
const MOST_UNSENT = 3;

/** Delivers when nothing is missing, and tells Claude what is, as long as that leads somewhere. */
export function decideTurn({ missing, head, rounds, mostRounds }: TurnWork): Decision {
  if (missing.length === 0) return { act: 'deliver' };
  const giveUp = (because: string | null): Decision => ({
    act: 'give_up',
    code: codeOf(missing),
    text: evidenceText(missing, because),
  });
  if (missing.some(({ order }) => order === null)) return giveUp(null);
  const told = rounds.filter((round) => !wasUnsent(round));
  const last = told.at(-1);
  if (last?.headCommit === head && isSameEvidence(last.evidence, missing)) {
    return giveUp(`nothing changed since round ${told.length}`);
  }
  if (told.length >= mostRounds) {
    return giveUp(mostRounds === 0 ? null : `${told.length} of ${mostRounds} rounds are used`);
  }
  if (rounds.length - told.length >= MOST_UNSENT) return giveUp('the message cannot be sent');
  return { act: 'tell' };
}

/** A round whose message surely did not reach Claude. */
function wasUnsent({ outcome, sentAt }: TurnWork['rounds'][number]): boolean {
  return outcome === 'failed' && sentAt === null;
}

function codeOf(missing: readonly Missing[]): ErrorCode {
  if (missing.some(({ kind }) => kind === 'missing')) return 'not_delivered';
  return missing.some(({ kind }) => kind === 'gate') ? 'gate_failed' : 'criteria_unmet';
}

/** All that is missing in one sentence, and why nobody is told again. */
function evidenceText(missing: readonly Missing[], because: string | null): string {
  const titles = missing.map(({ title }) => title).join('; ');
  return because === null ? titles : `${titles} (${because})`;
}
