import { expect, test } from 'vitest';
import { refuse } from '#domain/error.ts';
import { beginReview } from '#operations/review/begin.ts';
import { runReview } from '#operations/review/turn.ts';
import { listRounds } from '#operations/round/list.ts';
import { aStatement, aThread } from '../../support/feedback.ts';
import {
  AFTER,
  BEFORE,
  printed,
  type ReviewStage,
  reviewStage,
} from '../../support/review-stage.ts';
import { granted, refused } from '../../support/workshop.ts';

const FIXED = [{ id: 'F1', verdict: 'fixed', reason: 'It forgot.' }];

const begin = async ({ app, session }: ReviewStage) =>
  granted(await beginReview.run(app, { session: session.id }));

async function reviewed(stage: ReviewStage) {
  const round = await begin(stage);
  return runReview(stage.app, round, new AbortController().signal);
}

test('a round is recorded before anything of it happens, and keeps others out', async () => {
  const stage = reviewStage();
  const round = await begin(stage);
  expect(round).toMatchObject({
    ...{ taskId: 1, pullRequestId: 1, kind: 'review', headCommit: BEFORE, endedAt: null },
    evidence: [{ kind: 'feedback', key: 'T1 S1', title: 'src/tea.ts' }],
  });
  expect(stage.app.store.rounds.openOf(1)).toEqual(round);
  const again = refused(await beginReview.run(stage.app, { session: stage.session.id }));
  expect(again.reason).toBe('1 comment waits for the end of a review round.');
  expect(stage.app.store.events.ofTask(1, 5).at(-1)).toMatchObject({
    kind: 'review.begin',
    data: { number: 7, comments: 1 },
  });
});

test('nothing begins where the worktree is on another branch', async () => {
  const stage = reviewStage();
  stage.git.branch = 'main';
  const no = refused(await beginReview.run(stage.app, { session: stage.session.id }));
  expect(no.reason).toBe('The worktree of #1 is not on its branch task/x.');
});

test('Claude runs as an autonomous one in the worktree; what is pushed is fixed', async () => {
  const stage = reviewStage();
  stage.claude.works = () => {
    Object.assign(stage.git, { head: AFTER, remote: AFTER });
    return printed(FIXED);
  };
  const { round, limited } = await reviewed(stage);
  expect([round.outcome, round.costUsd, limited]).toEqual(['pushed', 0.5, false]);
  expect(stage.claude.asked).toMatchObject([
    { sessionId: stage.session.id, name: '1', worktree: stage.session.worktree },
  ]);
  expect(stage.claude.asked[0]?.permissionMode).toBe('acceptEdits');
  expect(stage.claude.asked[0]?.claudeSessionId).not.toBe(stage.session.claudeSessionId);
  expect(stage.feedback()).toMatchObject({
    ...{ roundId: 1, decidedFor: 'S1', verdict: 'fixed', reason: 'It forgot.', answeredAt: null },
  });
  const rounds = granted(await listRounds.run(stage.app, { task: 1 }));
  expect(rounds).toMatchObject([{ pullRequest: 7, verdicts: [{ fixedIn: AFTER }] }]);
  expect(stage.app.store.attempts.ofTask(1)).toMatchObject([
    {
      ...{ purpose: 'review', claudeSessionId: 'conversation', outcome: 'pushed' },
      ...{ inputTokens: 1000, outputTokens: 10, costUsd: 0.5, workedMs: 60_000 },
    },
  ]);
  expect(stage.app.store.events.ofTask(1, 5).at(-1)).toMatchObject({
    kind: 'review.end',
    data: { outcome: 'pushed', fixed: 1, answered: 0, declined: 0 },
  });
});

test.each([
  ['the remote has another commit', BEFORE, /^Not pushed, .*: task\/x is not on the remote/],
  ['the remote has no such branch', null, /^Not pushed/],
  ['the remote does not answer', refuse('It cannot be reached.'), /It cannot be reached\.$/],
])('nothing is fixed where %s', async (_, remote, note) => {
  const stage = reviewStage();
  stage.app.clock.wait = async () => undefined;
  stage.say(aThread(), aThread({ id: 'T2' }));
  stage.claude.works = () => {
    Object.assign(stage.git, { head: AFTER, remote });
    return printed([...FIXED, { id: 'F2', verdict: 'declined', reason: 'Taste.' }]);
  };
  const { round } = await reviewed(stage);
  expect(round).toMatchObject({ outcome: 'failed', note: expect.stringMatching(note) });
  expect(stage.feedback('T1')).toMatchObject({ verdict: null, decidedFor: null });
  expect(stage.feedback('T2')).toMatchObject({ verdict: 'declined', decidedFor: 'S1' });
});

test('"fixed" without a new commit is an answer', async () => {
  const stage = reviewStage();
  stage.claude.works = () => printed(FIXED);
  expect((await reviewed(stage)).round.outcome).toBe('unchanged');
  expect(stage.feedback().verdict).toBe('answered');
});

test('what was said during the round is not decided by it', async () => {
  const stage = reviewStage();
  stage.claude.works = () => {
    stage.say(aThread({ statements: [aStatement(), aStatement({ id: 'S2' })] }));
    return printed([{ id: 'F1', verdict: 'declined', reason: 'No.' }]);
  };
  await reviewed(stage);
  expect(stage.feedback().decidedFor).toBe('S1');
});

test.each([
  ['no verdicts', printed('none'), 'failed', 'Claude ended without verdicts.'],
  [
    'refused tools',
    printed('none', { denied: ['Bash'] }),
    'failed',
    'Claude ended without verdicts. It was not allowed: Bash.',
  ],
  [
    'an error',
    printed([], { failed: 'API Error: 500' }),
    'failed',
    'Claude failed: API Error: 500',
  ],
  [
    'nothing printed',
    { exitCode: 1, result: null, words: 'Invalid API key\n' },
    'failed',
    'Claude ended with exit code 1. Invalid API key',
  ],
  ['fewer verdicts than comments', printed([]), 'unchanged', 'One comment got no verdict.'],
  [
    'a usage limit',
    printed([], { failed: 'You hit your limit', limited: true }),
    'stopped',
    "Claude's usage limit: You hit your limit",
  ],
])('a round that ends with %s decides nothing', async (_, end, outcome, note) => {
  const stage = reviewStage();
  stage.claude.works = () => end;
  const { round, limited } = await reviewed(stage);
  expect(round).toMatchObject({ outcome, note });
  expect(limited).toBe(outcome === 'stopped');
  expect(stage.feedback()).toMatchObject({ verdict: null, decidedFor: null });
});

test('a round is stopped with the sentence why', async () => {
  const stage = reviewStage();
  stage.claude.works = () => new Promise(() => undefined);
  const stop = new AbortController();
  const running = runReview(stage.app, await begin(stage), stop.signal);
  stop.abort('Pull request #7 is merged.');
  const { round } = await running;
  expect(round).toMatchObject({ outcome: 'stopped', note: 'Pull request #7 is merged.' });
  expect(stage.claude.stopped).toBe(1);
});

test('a round that takes too long is ended', async () => {
  const stage = reviewStage();
  stage.claude.works = () => new Promise(() => undefined);
  stage.app.clock.wait = async (ms) => stage.app.clock.advance(ms);
  const { round } = await reviewed(stage);
  expect(round).toMatchObject({
    outcome: 'failed',
    note: 'Claude did not come to an end within an hour.',
  });
});

test('a round whose loop was killed is finished with what Claude printed', async () => {
  const stage = reviewStage();
  const round = await begin(stage);
  stage.claude.trace = { pid: 5, result: printed([{ ...FIXED[0], verdict: 'declined' }]).result };
  const ended = await runReview(stage.app, round, new AbortController().signal);
  expect(ended.round.outcome).toBe('unchanged');
  expect(stage.feedback().verdict).toBe('declined');
  expect(stage.claude.asked).toEqual([]);
});

test('a round whose loop and Claude were killed was cut off', async () => {
  const stage = reviewStage();
  const round = await begin(stage);
  stage.claude.trace = { pid: 5, result: null };
  const ended = await runReview(stage.app, round, new AbortController().signal);
  expect(ended.round).toMatchObject({ outcome: 'failed', note: 'It was cut off.' });
});

test('tokens of the conversation go to its own attempt, not to that of a review', async () => {
  const stage = reviewStage();
  const { store } = stage.app;
  const work = { taskId: 1, sessionId: stage.session.id, purpose: 'work' } as const;
  store.write(() => store.attempts.start({ ...work, claudeSessionId: 'x', startedAt: 'y' }));
  await reviewed(stage);
  store.write(() => store.attempts.addTokens(stage.session.id, { input: 5, output: 6 }));
  expect(store.attempts.ofTask(1)).toMatchObject([
    { purpose: 'work', inputTokens: 5, endedAt: null },
    { purpose: 'review', inputTokens: 1000 },
  ]);
});
