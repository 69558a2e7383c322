import { expect, test } from 'vitest';
import { printRounds } from '#cli/print/rounds.ts';
import { createPaint } from '#cli/style.ts';
import { roundView } from '#domain/pull-request/round-view.ts';
import { aRound } from '../../support/feedback.ts';

const sheet = { width: null, paint: createPaint(false), now: 0 };

test('rounds are told one below the other', () => {
  const rounds = [aRound(), aRound({ id: 2, outcome: 'failed', note: 'It was cut off.' })];
  const text = printRounds(
    rounds.map((each) => roundView(each, 7, { rounds, verdicts: [] })),
    sheet,
  );
  expect(text).toMatch(/^Review round 1 .*pushed\n\nReview round 2 .*failed\nIt was cut off\.$/);
});

test('no rounds are said to be none', () => {
  expect(printRounds([], sheet)).toBe('There were no rounds yet.');
});
