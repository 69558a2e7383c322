import type { Question } from '#domain/claude/request.ts';

/** What was chosen so far of the questions of a row: numbers of options, by question. */
export interface Picks {
  readonly chosen: readonly (readonly number[])[];
  /** The question that digits choose for. */
  readonly at: number;
}

export const NO_PICKS: Picks = { chosen: [], at: 0 };

/** The choices after a digit: of several options it turns one on and off, else it chooses and the next question comes. */
export function pick(picks: Picks, questions: readonly Question[], number: number): Picks {
  const question = questions[picks.at];
  if (question === undefined || number > question.options.length) return picks;
  const before = picks.chosen[picks.at] ?? [];
  const without = before.filter((each) => each !== number);
  const now = question.multiSelect
    ? without.length === before.length
      ? [...before, number].sort((a, b) => a - b)
      : without
    : [number];
  const chosen = questions.map((_, index) =>
    index === picks.at ? now : (picks.chosen[index] ?? []),
  );
  return { chosen, at: question.multiSelect ? picks.at : picks.at + 1 };
}

/** Goes on to the next question; past the last one when all are answered. */
export function nextQuestion(picks: Picks): Picks {
  return (picks.chosen[picks.at] ?? []).length === 0 ? picks : { ...picks, at: picks.at + 1 };
}

/** The choices as the operation takes them, one for each question. */
export function choicesOf({ chosen }: Picks): string[] {
  return chosen.map((numbers) => numbers.join(','));
}
