import { expect, test } from 'vitest';
import { readAsked } from '#domain/claude/request.ts';
import { choicesOf, NO_PICKS, nextQuestion, pick } from '#tui/dialogs/waiting/picks.ts';
import { ASKS_QUESTIONS } from '../../../support/requests.ts';

const { questions } = readAsked(ASKS_QUESTIONS);

test('a digit answers a question and goes on; where several may be chosen it turns one on and off', () => {
  const one = pick(NO_PICKS, questions, 2);
  expect(one).toEqual({ chosen: [[2], []], at: 1 });
  const several = [3, 1, 2, 2].reduce((picks, number) => pick(picks, questions, number), one);
  expect(several).toEqual({ chosen: [[2], [1, 3]], at: 1 });
  expect(nextQuestion(several).at).toBe(2);
  expect(choicesOf(several)).toEqual(['2', '1,3']);
});

test('a number without an option, and going on without a choice, change nothing', () => {
  expect(pick(NO_PICKS, questions, 3)).toBe(NO_PICKS);
  expect(nextQuestion(NO_PICKS)).toBe(NO_PICKS);
});
