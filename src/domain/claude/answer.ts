import { type Refusal, refuse } from '#domain/error.ts';
import { sessionPermissions } from './always.ts';
import { type Json, record } from './payload.ts';
import type { Question } from './request.ts';

/**
 * A person's answer. `answers` are Claude's own: by question, the labels that were chosen or words of the person's. `always` allows what
 * Claude offers for the whole session.
 */
export type Answer =
  | { behavior: 'allow'; answers?: Record<string, string>; always?: true }
  | { behavior: 'deny'; message: string };

/** What Claude is told when a person says no without a reason. */
const NO_REASON = {
  permission:
    'The person said no. Do not try the same in another way: go on without it, or say what you need it for.',
  question: 'The person does not want to answer that now. Go on as you think best, or stop.',
  plan: 'The person does not want this plan. Ask what should be different.',
} as const;

/** A no with its reason, if one was given. */
export function denial(kind: keyof typeof NO_REASON, reason: string): Answer {
  return { behavior: 'deny', message: reason.trim() === '' ? NO_REASON[kind] : reason.trim() };
}

/**
 * A yes. To questions it needs choices: one for each question, or several for the only one where that allows it. A choice is the number of
 * an option, its label, numbers with commas between, or words of the person's own. Refuses when they do not fit.
 */
export function approval(
  questions: readonly Question[],
  choices: readonly string[],
): Answer | Refusal {
  if (questions.length === 0) {
    return choices.length === 0
      ? { behavior: 'allow' }
      : refuse('Nothing is to be chosen here.', 'Answer with yes or no.', 'invalid');
  }
  const [only] = questions;
  const several = questions.length === 1 && only?.multiSelect === true && choices.length > 0;
  if (!several && choices.length !== questions.length) {
    const wanted = questions.length === 1 ? 'one choice' : `${questions.length} choices`;
    return refuse(
      `The question wants ${wanted}, and ${choices.length === 0 ? 'none' : choices.length} was given.`,
      questions.map(optionsOf).join(' '),
      'invalid',
    );
  }
  const answers: Record<string, string> = {};
  for (const [index, question] of questions.entries()) {
    const chosen = several ? choices : choices.slice(index, index + 1);
    const labels = chosen.flatMap((choice) => labelsOf(question, choice));
    if (labels.includes(null)) {
      return refuse(
        `"${chosen.join(', ')}" is none of the options.`,
        optionsOf(question),
        'invalid',
      );
    }
    // Claude's own dialog joins them in the same way.
    answers[question.question] = [...new Set(labels)].join(', ');
  }
  return { behavior: 'allow', answers };
}

/** The labels that a choice names; null stands for a number without an option. */
function labelsOf({ options, multiSelect }: Question, choice: string): (string | null)[] {
  const said = choice.trim();
  const numbers = multiSelect ? /^\d+(\s*,\s*\d+)*$/ : /^\d+$/;
  if (numbers.test(said)) {
    return said.split(',').map((number) => options[Number(number) - 1]?.label ?? null);
  }
  const known = options.find(({ label }) => label.toLowerCase() === said.toLowerCase());
  return [known?.label ?? (said === '' ? null : said)];
}

function optionsOf({ question, options }: Question): string {
  const labels = options.map(({ label }, index) => `${index + 1} ${label}`);
  return `${question} ${labels.join(', ')}.`;
}

/** What Claude's hook prints for an answer. A question is answered by the input that Claude asked with, with the answers in it. */
export function decisionOf(answer: Answer, payload: unknown): Json {
  const decision = answer.behavior === 'deny' ? answer : allowed(answer, record(payload));
  return { hookSpecificOutput: { hookEventName: 'PermissionRequest', decision } };
}

function allowed(
  { behavior, answers, always }: Extract<Answer, { behavior: 'allow' }>,
  payload: Json,
): Json {
  if (answers !== undefined) {
    return { behavior, updatedInput: { ...record(payload.tool_input), answers } };
  }
  if (always !== true) return { behavior };
  return { behavior, updatedPermissions: sessionPermissions(payload) };
}
