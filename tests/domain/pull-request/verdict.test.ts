import { expect, test } from 'vitest';
import { reviewEvidence } from '#domain/pull-request/review.ts';
import { askedIn, believed, readVerdicts, verdictsWanted } from '#domain/pull-request/verdict.ts';
import { aStatement, aThread } from '../../support/feedback.ts';

const fixed = { id: 'F1', verdict: 'fixed', reason: 'The list may be empty now.' };
const said = { name: 'F1', verdict: 'fixed', reason: 'The list may be empty now.' } as const;

test.each([
  ['an object', { verdicts: [fixed] }],
  ['a text', JSON.stringify({ verdicts: [fixed] })],
  [
    'a text with words around it',
    `Done.\n\`\`\`json\n{ "verdicts": [${JSON.stringify(fixed)}] }\n\`\`\`\n`,
  ],
  [
    'a text that goes on',
    `${JSON.stringify({ verdicts: [fixed] })}\nThe map is \`{ a: [] }\` now.`,
  ],
  ['the last of two', `{"verdicts":[]} and then {"verdicts":[${JSON.stringify(fixed)}]}`],
])('verdicts are read from %s', (_, output) => {
  expect(readVerdicts(output)).toEqual([said]);
});

test.each([['I have fixed it all.'], [null], [{}], ['{"verdicts": [oops'], [{ verdicts: 'x' }]])(
  '%j has no verdicts',
  (output) => {
    expect(readVerdicts(output)).toBeNull();
  },
);

test('what is no verdict, has no reason, or comes twice is left out', () => {
  const verdicts = [
    fixed,
    { ...fixed, verdict: 'declined' },
    { ...fixed, id: 'F2', verdict: 'merged' },
    { id: 'F3', verdict: 'answered' },
    { ...fixed, id: 4 },
    'F5',
  ];
  expect(readVerdicts({ verdicts })).toEqual([said]);
});

test('a prompt that wants verdicts says the form in which they are read', () => {
  const form = verdictsWanted(['F1', 'F3']).replace('fixed|answered|declined', 'fixed');
  expect(readVerdicts(form)).toEqual([{ ...said, reason: '…' }]);
  expect(form).toContain('each of F1, F3');
  const brackets = { ...fixed, reason: 'It is [{}]} now.' };
  expect(readVerdicts(JSON.stringify({ verdicts: [brackets] }))?.[0]?.reason).toBe(brackets.reason);
});

test('a reason is one line without control characters', () => {
  const reason = 'a\u001b[31m\nb';
  expect(readVerdicts({ verdicts: [{ ...fixed, reason }] })?.[0]?.reason).toBe('a [31m b');
});

const declined = { name: 'F2', verdict: 'declined', reason: 'A matter of taste.' } as const;
const feedback = [aThread(), aThread({ id: 'T2', path: null }), aThread({ id: 'T3' })];

test('verdicts are believed for what was asked', () => {
  const other = { name: 'F9', verdict: 'answered', reason: 'x' } as const;
  const facts = { roundId: 4, head: 'c0ffee', moved: true, pushed: true };
  expect(believed([said, declined, other], feedback, facts)).toEqual([
    {
      roundId: 4,
      feedbackId: 'T1',
      statementId: 'S1',
      author: 'ada',
      place: 'src/tea.ts:12',
      words: 'This forgets the empty list.',
      verdict: 'fixed',
      reason: said.reason,
      fixedIn: 'c0ffee',
    },
    expect.objectContaining({ feedbackId: 'T2', place: null, verdict: 'declined' }),
  ]);
});

test('nothing is fixed by commits that are not on the remote', () => {
  const facts = { roundId: 4, head: 'c0ffee', moved: true, pushed: false };
  const held = believed([said, declined], feedback, facts);
  expect(held.map(({ feedbackId }) => feedbackId)).toEqual(['T2']);
});

test('nothing is fixed without a new commit', () => {
  const facts = { roundId: 4, head: 'c0ffee', moved: false, pushed: true };
  expect(believed([said], feedback, facts)).toMatchObject([{ verdict: 'answered' }]);
});

test('a verdict is for the newest word that was in the prompt', () => {
  const statements = [aStatement(), aStatement({ id: 'S2', trust: 'untrusted' })];
  const [held] = believed([said], [aThread({ statements })], {
    roundId: 4,
    head: 'c0ffee',
    moved: true,
    pushed: true,
  });
  expect(held?.statementId).toBe('S1');
});

test('a round is about what was said when it began', () => {
  const evidence = reviewEvidence([aThread(), aThread({ id: 'T2' })]);
  const later = aThread({ statements: [aStatement(), aStatement({ id: 'S2' })] });
  expect(askedIn(evidence, [later])).toEqual([aThread(), null]);
});
