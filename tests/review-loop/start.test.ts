import { expect, test } from 'vitest';
import { startReviewLoop } from '#review-loop/start.ts';
import { aThread } from '../support/feedback.ts';
import { AFTER, printed, type ReviewStage, reviewStage } from '../support/review-stage.ts';

/** Runs the loop until it has rested so often; `between` happens during a rest. */
async function run(
  stage: ReviewStage,
  rests: number,
  between: (rest: number) => void = () => undefined,
): Promise<string> {
  let text = '';
  const stop = new AbortController();
  let rested = 0;
  stage.app.clock.wait = async (ms, signal) => {
    // The limit of a round is waited for beside it.
    if (ms > 30 * 60_000) {
      await new Promise<void>((done) => signal?.addEventListener('abort', () => done()));
      return;
    }
    stage.app.clock.advance(ms);
    rested += 1;
    between(rested);
    if (rested >= rests) stop.abort('The test is over.');
  };
  const output = { write: (more: string) => (text += more), columns: 80 };
  await startReviewLoop(stage.app, stage.session.id, output, stop.signal);
  return text;
}

const fixed = () => {
  const stage = reviewStage();
  stage.claude.works = () => {
    Object.assign(stage.git, { head: AFTER, remote: AFTER });
    return printed([{ id: 'F1', verdict: 'fixed', reason: 'It forgot.' }]);
  };
  return stage;
};

test('it works on what is new at once, answers it, and shows both', async () => {
  const stage = fixed();
  const text = await run(stage, 1);
  expect(text).toContain('Review loop of #1 A task · pull request #7 · a look every 2m');
  expect(text).toMatch(/Review round 1 · .* · runs\n- src\/tea\.ts\n/);
  expect(text).toMatch(/ada on src\/tea\.ts:12: .* fixed +It forgot\./);
  expect(text).toMatch(/Nothing is new as of \d\d:\d\d\. Next look at \d\d:\d\d\.\n$/);
  expect(stage.github.written).toHaveLength(2);
});

test('where nothing is new nothing runs, however often it looks', async () => {
  const stage = fixed();
  await run(stage, 5);
  expect(stage.claude.asked).toHaveLength(1);
  expect(stage.github.written).toHaveLength(2);
});

test('it goes on where an earlier loop was, and shows its rounds again', async () => {
  const stage = fixed();
  stage.github.fails = 'refused';
  expect(await run(stage, 1)).toContain('Answers wait: GitHub has trouble.');
  stage.github.fails = null;
  const text = await run(stage, 1);
  expect(text).toMatch(/Review round 1 · .* · pushed/);
  expect(stage.github.written).toHaveLength(2);
  expect(stage.claude.asked).toHaveLength(1);
});

test('a round that a crash left open is ended first', async () => {
  const stage = reviewStage();
  const evidence = [{ kind: 'feedback', key: 'T1 S1', title: 'src/tea.ts' }] as const;
  const { id: pullRequestId } = stage.pullRequest;
  stage.app.store.write(() =>
    stage.app.store.rounds.add(
      {
        ...{ taskId: 1, pullRequestId, kind: 'review', evidence: [...evidence], headCommit: null },
        ...{ startedAt: 1, sentAt: 1, endedAt: null, outcome: null, note: null, costUsd: null },
      },
      { kind: 'review.begin', source: 'claustre', at: stage.app.clock.iso() },
    ),
  );
  const text = await run(stage, 1);
  expect(text).toContain('It was cut off.');
  expect(text).toMatch(/Review round 2 · .* · no change/);
});

test('it stops at the most rounds, with the sentence for a person', async () => {
  const stage = reviewStage();
  stage.claude.works = () => printed([]);
  const text = await run(stage, 12);
  expect(stage.claude.asked).toHaveLength(5);
  expect(text).toContain('1 comment waits for a person: 5 of 5 rounds are over.');
});

test('after a usage limit it waits before it tries again', async () => {
  const stage = reviewStage();
  stage.claude.works = () => printed([], { failed: 'You hit your limit', limited: true });
  const text = await run(stage, 3);
  expect(stage.claude.asked).toHaveLength(1);
  expect(text).toContain('Comments wait for the usage limit.');
});

test('it ends with a sentence when there is nothing to review any more', async () => {
  const stage = fixed();
  const { store } = stage.app;
  const { id } = stage.pullRequest;
  const text = await run(stage, 9, () => {
    store.write(() => store.pullRequests.update(id, { state: 'merged' }, null));
  });
  expect(text).toMatch(/Pull request #7 is merged\. The review loop ends\.\n$/);
});

test('a word that comes later makes the next round', async () => {
  const stage = reviewStage();
  await run(stage, 3, (rest) => {
    if (rest === 1) stage.say(aThread({ decidedFor: 'S1' }), aThread({ id: 'T2' }));
  });
  expect(stage.claude.asked).toHaveLength(2);
});
