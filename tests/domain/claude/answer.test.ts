import { describe, expect, test } from 'vitest';
import { approval, decisionOf, denial } from '#domain/claude/answer.ts';
import { readAsked } from '#domain/claude/request.ts';
import { ASKS_BASH, ASKS_QUESTIONS, offersCommand } from '../../support/requests.ts';
import { refused } from '../../support/workshop.ts';

const { questions } = readAsked(ASKS_QUESTIONS);
const [single, multiple] = [questions.slice(0, 1), questions.slice(1)];

const answersOf = (...[asked, choices]: Parameters<typeof approval>) => {
  const answer = approval(asked, choices);
  return 'answers' in answer ? answer.answers : answer;
};

describe('a yes', () => {
  test('to a permission needs nothing, and takes no choice', () => {
    expect(approval([], [])).toEqual({ behavior: 'allow' });
    expect(refused(approval([], ['1'])).code).toBe('invalid');
  });

  test.each([
    ['2', 'Postgres'],
    ['postgres', 'Postgres'],
    ['A file per tenant', 'A file per tenant'],
    ['1,2', '1,2'],
  ])('to a question by "%s" is "%s"', (choice, answer) => {
    expect(answersOf(single, [choice])).toEqual({ 'Which db?': answer });
  });

  test('to a question that takes several joins them as Claude does', () => {
    const both = { 'Which features?': 'Login, Logs' };
    expect(answersOf(multiple, ['1', '3'])).toEqual(both);
    expect(answersOf(multiple, ['1, 3'])).toEqual(both);
    expect(answersOf(multiple, ['3', '3'])).toEqual({ 'Which features?': 'Logs' });
  });

  test('to several questions is one choice for each', () => {
    expect(answersOf(questions, ['1', '2,3'])).toEqual({
      'Which db?': 'SQLite',
      'Which features?': 'Mail, Logs',
    });
    expect(refused(approval(questions, ['1'])).reason).toContain('2 choices');
  });

  test('without a choice, or with one that is not there, names the options', () => {
    expect(refused(approval(single, [])).hint).toBe('Which db? 1 SQLite, 2 Postgres.');
    expect(refused(approval(single, ['3'])).reason).toBe('"3" is none of the options.');
    expect(refused(approval(single, [' '])).hint).toContain('2 Postgres');
  });
});

test('a no tells Claude the reason, or that there is none', () => {
  expect(denial('permission', ' Use src. ')).toEqual({ behavior: 'deny', message: 'Use src.' });
  expect(denial('plan', '')).toMatchObject({ message: expect.stringContaining('plan') });
});

describe('what the hook prints', () => {
  const decision = (...args: Parameters<typeof decisionOf>) =>
    (decisionOf(...args).hookSpecificOutput as { decision: unknown }).decision;

  test('is the answer in the words of Claude', () => {
    expect(decisionOf({ behavior: 'allow' }, ASKS_BASH)).toEqual({
      hookSpecificOutput: { hookEventName: 'PermissionRequest', decision: { behavior: 'allow' } },
    });
    const deny = { behavior: 'deny', message: 'No.' } as const;
    expect(decision(deny, ASKS_BASH)).toEqual(deny);
  });

  test('for a yes to the whole session has what Claude offered, for the session', () => {
    expect(decision({ behavior: 'allow', always: true }, ASKS_BASH)).toEqual({
      behavior: 'allow',
      updatedPermissions: [{ ...offersCommand('npm test')[0], destination: 'session' }],
    });
  });

  test('for a question is what Claude asked with, as it came, and the answers', () => {
    const answers = { 'Which db?': 'SQLite' };
    expect(decision({ behavior: 'allow', answers }, ASKS_QUESTIONS)).toEqual({
      behavior: 'allow',
      updatedInput: { ...ASKS_QUESTIONS.tool_input, answers },
    });
  });
});
