import { expect, test } from 'vitest';
import { isUndecided } from '#domain/pull-request/feedback.ts';
import { type PullRequest, unreadPullRequest } from '#domain/pull-request/pull-request.ts';
import {
  awaitsAnswer,
  type ReviewFacts,
  reviewState,
  wantsReviewLoop,
} from '#domain/pull-request/review.ts';
import { AT, aSession, aTask } from '../../support/builders.ts';
import { aRound, aStatement, aThread } from '../../support/feedback.ts';

const NOW = Date.parse(AT);
const at = (name: 'idle' | 'working' | 'ended' | 'permission') => ({
  activity: { name, source: 'hook', since: NOW, detail: null } as const,
});
const address = { taskId: 1, host: 'github.com', repository: 'acme/app', number: 7, url: 'u' };
const unread: PullRequest = { ...unreadPullRequest({ ...address, createdAt: AT }), id: 1 };
const pullRequest: PullRequest = { ...unread, readAt: AT };
const task = { ...aTask({ loop: true, status: 'in_review' }), id: 1 };

const facts = (changes: Partial<ReviewFacts> = {}): ReviewFacts => ({
  task,
  session: aSession(at('idle')),
  pullRequest,
  rounds: [],
  feedback: [aThread()],
  limits: [],
  reservePercent: 10,
  maxRounds: 5,
  reviewRounds: 0,
  ...changes,
});

test('a trusted word that nobody has decided about makes a round', () => {
  expect(reviewState(facts(), NOW)).toEqual({ kind: 'ready', feedback: [aThread()] });
});

const stranger = aStatement({ id: 'S2', trust: 'untrusted' });
test.each([
  ['nothing was said', false, aThread({ statements: [] })],
  ['a stranger said something', false, aThread({ statements: [stranger] })],
  [
    'a stranger adds to what was decided',
    false,
    aThread({ statements: [aStatement(), stranger], decidedFor: 'S1' }),
  ],
  ['our answer is the newest', false, aThread({ statements: [aStatement({ trust: 'ours' })] })],
  ['it was decided', false, aThread({ decidedFor: 'S1' })],
  ['it is resolved', false, aThread({ resolved: true })],
  ['it is an approval', false, aThread({ kind: 'review', state: 'approved' })],
  ['it is empty', false, aThread({ statements: [aStatement({ body: ' \n' })] })],
  [
    'somebody answers after the decision',
    true,
    aThread({ statements: [aStatement(), aStatement({ id: 'S3' })], decidedFor: 'S1' }),
  ],
])('%s: awaits a verdict is %s', (_, expected, feedback) => {
  expect(isUndecided(feedback)).toBe(expected);
  const state = reviewState(facts({ feedback: [feedback] }), NOW);
  const moment = { word: 'as of', at: NOW };
  if (!expected) expect(state).toMatchObject({ kind: 'wait', text: 'Nothing is new', moment });
});

test.each([
  ['The pull request was not read yet.', unread],
  ['What reviewers said was not read yet.', { ...pullRequest, feedbackMark: 'newer' }],
])('that nothing is new is not said of what is not known: %s', (text, known) => {
  const state = reviewState(facts({ pullRequest: known, feedback: [] }), NOW);
  expect(state).toEqual({ kind: 'wait', text, moment: null });
});

test.each<[string, string, Partial<ReviewFacts>]>([
  ['The session is over.', 'over', { session: null }],
  ['The review loop was turned off.', 'over', { task: { ...task, loop: false } }],
  ['The task has no pull request yet.', 'over', { pullRequest: null }],
  ['Pull request #7 is merged.', 'over', { pullRequest: { ...pullRequest, state: 'merged' } }],
  ['Pull request #7 is closed.', 'over', { pullRequest: { ...pullRequest, state: 'closed' } }],
  ['The task is done.', 'over', { task: { ...task, status: 'done' } }],
  [
    'The task has no pull request yet.',
    'over',
    { pullRequest: { ...pullRequest, createdAt: '2026-01-01T00:00:00Z' } },
  ],
  [
    "1 comment waits until the task's own Claude has finished.",
    'wait',
    { session: aSession(at('working')), task: { ...task, status: 'working' } },
  ],
  [
    "1 comment waits until the task's own Claude has finished.",
    'wait',
    { session: aSession(at('permission')) },
  ],
  [
    '1 comment waits for the end of a fix round.',
    'wait',
    { rounds: [aRound({ kind: 'fix', endedAt: null })] },
  ],
  [
    '1 comment waits for a person: 2 of 2 rounds are over. `claustre edit 1 --loop` begins anew.',
    'wait',
    { maxRounds: 2, reviewRounds: 2 },
  ],
])('%s', (text, kind, changes) => {
  expect(reviewState(facts(changes), NOW)).toMatchObject({ kind, text });
});

test('a limit that is nearly used up is waited for, one that has passed is not', () => {
  const limit = { window: 'five_hour', usedPercent: 96, resetsAt: NOW + 1, readAt: NOW };
  expect(reviewState(facts({ limits: [limit] }), NOW)).toMatchObject({
    moment: { word: 'until', at: NOW + 1 },
  });
  expect(reviewState(facts({ limits: [limit] }), NOW + 1)).toMatchObject({ kind: 'ready' });
  const endless = { ...limit, resetsAt: null };
  expect(reviewState(facts({ limits: [endless] }), NOW)).toMatchObject({ kind: 'wait' });
  const low = { ...limit, usedPercent: 89 };
  expect(reviewState(facts({ limits: [low] }), NOW)).toMatchObject({ kind: 'ready' });
});

test('it works also after its Claude has ended', () => {
  expect(reviewState(facts({ session: aSession(at('ended')) }), NOW).kind).toBe('ready');
});

test('a round has so many comments at most', () => {
  const many = Array.from({ length: 30 }, (_, index) => aThread({ id: `T${index}` }));
  const state = reviewState(facts({ feedback: many }), NOW);
  expect(state.kind === 'ready' && state.feedback.length).toBe(20);
});

test('a verdict of this loop waits for its answer until it is answered', () => {
  const decided = { roundId: 1, verdict: 'declined', decidedFor: 'S1', answeredAt: null } as const;
  expect(awaitsAnswer(decided, [aRound()])).toBe(true);
  expect(awaitsAnswer({ ...decided, answeredAt: AT }, [aRound()])).toBe(false);
  expect(awaitsAnswer({ ...decided, verdict: null }, [aRound()])).toBe(false);
  expect(awaitsAnswer(decided, [aRound({ kind: 'fix' })])).toBe(false);
});

test('a loop is started for a task in review with an open pull request only', () => {
  const session = aSession(at('idle'));
  expect(wantsReviewLoop(task, session, pullRequest)).toBe(true);
  expect(wantsReviewLoop({ ...task, status: 'ci_failed' }, session, pullRequest)).toBe(true);
  expect(wantsReviewLoop({ ...task, status: 'working' }, session, pullRequest)).toBe(false);
  expect(wantsReviewLoop({ ...task, loop: false }, session, pullRequest)).toBe(false);
  expect(wantsReviewLoop(task, { ...session, state: 'closing' }, pullRequest)).toBe(false);
});
