import { expect, test } from 'vitest';
import { refuse } from '#domain/error.ts';
import { answerReview } from '#operations/review/answer.ts';
import { beginReview } from '#operations/review/begin.ts';
import { runReview } from '#operations/review/turn.ts';
import { aStatement, aThread } from '../../support/feedback.ts';
import { AFTER, printed, type ReviewStage, reviewStage } from '../../support/review-stage.ts';
import { granted } from '../../support/workshop.ts';

const FIXED = { id: 'F1', verdict: 'fixed', reason: 'It forgot.' };

/** A stage on which a round has decided. */
async function decided(verdicts: unknown[] = [FIXED], stage = reviewStage()): Promise<ReviewStage> {
  stage.claude.works = () => {
    Object.assign(stage.git, { head: AFTER, remote: AFTER });
    return printed(verdicts);
  };
  const round = granted(await beginReview.run(stage.app, { session: stage.session.id }));
  await runReview(stage.app, round, new AbortController().signal);
  return stage;
}

const answer = async ({ app, session }: ReviewStage) =>
  granted(await answerReview.run(app, { session: session.id }));

const mark = ({ session }: ReviewStage, id = 'T1') =>
  `<!-- claustre:${session.id.slice(0, 8)}-1:${id} -->`;

test('a thread is answered with the commit and resolved, once', async () => {
  const stage = await decided();
  expect(await answer(stage)).toEqual({ answered: 1, trouble: null });
  const reply = `Fixed in ${AFTER}. It forgot.\n\n${mark(stage)}`;
  expect(stage.github.written).toEqual([reply, 'resolve T1']);
  expect(stage.feedback()).toMatchObject({ replyId: 'R1', resolved: true });
  expect(stage.feedback().answeredAt).not.toBeNull();
  expect(await answer(stage)).toEqual({ answered: 0, trouble: null });
  expect(stage.github.written).toHaveLength(2);
});

test('what was declined is answered and not resolved', async () => {
  const stage = await decided([{ ...FIXED, verdict: 'declined' }]);
  await answer(stage);
  expect(stage.github.written).toEqual([`Not changed. It forgot.\n\n${mark(stage)}`]);
});

test('a comment outside of threads is answered below the pull request', async () => {
  const stage = reviewStage();
  stage.say(aThread({ id: 'C1', kind: 'comment', path: null, line: null }));
  await decided([FIXED], stage);
  await answer(stage);
  const body = `> This forgets the empty list.\n\nFixed in ${AFTER}. It forgot.\n\n${mark(stage, 'C1')}`;
  expect(stage.github.written).toEqual([body]);
});

test('a reply whose confirmation was lost is found again, and not written twice', async () => {
  const stage = await decided();
  stage.github.fails = 'unsure';
  expect(await answer(stage)).toEqual({ answered: 0, trouble: 'GitHub has trouble.' });
  expect(stage.feedback()).toMatchObject({ replyId: null, answeredAt: null });
  expect(await answer(stage)).toEqual({ answered: 1, trouble: null });
  expect(stage.github.written).toHaveLength(2);
  expect(stage.feedback()).toMatchObject({ replyId: 'R1', resolved: true });
});

test('when resolving was not confirmed, only that is tried again', async () => {
  const stage = await decided();
  const { github } = stage;
  github.conversation.threads.get('T1')?.own.push({ id: 'R0', body: mark(stage) });
  github.fails = 'unsure';
  await answer(stage);
  expect(stage.feedback()).toMatchObject({ replyId: 'R0', answeredAt: null });
  await answer(stage);
  expect(github.written).toEqual(['resolve T1']);
  expect(stage.feedback()).toMatchObject({ resolved: true });
});

test('what GitHub refuses is tried again later', async () => {
  const stage = await decided();
  stage.github.fails = 'refused';
  expect(await answer(stage)).toEqual({ answered: 0, trouble: 'GitHub has trouble.' });
  stage.github.fails = null;
  expect(await answer(stage)).toMatchObject({ answered: 1 });
});

test('what is refused in one place does not keep the others from their answers', async () => {
  const stage = reviewStage();
  stage.say(aThread(), aThread({ id: 'C1', kind: 'comment' }));
  await decided([FIXED, { id: 'F2', verdict: 'answered', reason: 'So.' }], stage);
  const why = refuse('GitHub refused: it is locked.');
  stage.app.gh.comment = async () => ({ outcome: 'refused', why });
  expect(await answer(stage)).toEqual({ answered: 1, trouble: why.reason });
  expect(stage.feedback('T1').answeredAt).not.toBeNull();
  expect(stage.feedback('C1').answeredAt).toBeNull();
});

test('a thread is not resolved where GitHub does not let us', async () => {
  const stage = await decided();
  const thread = { own: [], resolved: false, canReply: true, canResolve: false };
  stage.github.conversation.threads.set('T1', thread);
  await answer(stage);
  expect(stage.github.written).toHaveLength(1);
  expect(stage.feedback()).toMatchObject({ resolved: false });
});

test('a thread that is gone, or closed for replies, needs no answer any more', async () => {
  const stage = await decided();
  stage.github.conversation.threads.delete('T1');
  expect(await answer(stage)).toEqual({ answered: 1, trouble: null });
  expect(stage.github.written).toEqual([]);
  expect(stage.feedback()).toMatchObject({ replyId: null });
});

test('nothing is written into a review that the person has not submitted', async () => {
  const stage = await decided();
  stage.github.conversation.pendingReview = true;
  const { trouble } = await answer(stage);
  expect(trouble).toMatch(/^You have a review on pull request #7 that you did not submit/);
  expect(stage.github.written).toEqual([]);
});

test('nothing is written on a pull request that is closed', async () => {
  const stage = await decided();
  const { app, pullRequest } = stage;
  app.store.write(() => app.store.pullRequests.update(pullRequest.id, { state: 'merged' }, null));
  expect(await answer(stage)).toEqual({ answered: 0, trouble: null });
});

test('a verdict that was overtaken by a new word is not told', async () => {
  const stage = await decided();
  stage.say(aThread({ statements: [aStatement(), aStatement({ id: 'S2' })] }));
  granted(await beginReview.run(stage.app, { session: stage.session.id }));
  expect(await answer(stage)).toEqual({ answered: 0, trouble: null });
});
