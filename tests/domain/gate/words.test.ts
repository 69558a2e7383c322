import { expect, test } from 'vitest';
import { criterionSign, endWords, gateSign, redWords, tookWords } from '#domain/gate/words.ts';
import { aGateRun } from '../../support/builders.ts';

test.each([
  [{ outcome: null, endedAt: null }, '… runs', ''],
  [{}, '✓ passed', '12 s'],
  [{ outcome: 'failed', exitCode: 2 }, '✗ failed with exit code 2', '12 s'],
  [{ outcome: 'failed', exitCode: null }, '✗ failed', '12 s'],
  [{ outcome: 'timed_out', note: 'It was ended.' }, '✗ timed out. It was ended.', '12 s'],
  [{ outcome: 'unknown' }, '? could not be run to its end', '12 s'],
] as const)('%j', (more, words, took) => {
  const run = aGateRun(more);
  expect(`${gateSign(run)} ${endWords(run)}`).toBe(words);
  expect(tookWords(run)).toBe(took);
});

test.each([
  ['failed', 'fails'],
  ['timed_out', 'takes too long'],
  ['unknown', 'could not be run'],
] as const)('a gate that ended as %s %s', (outcome, words) => {
  expect(redWords({ outcome })).toBe(words);
});

test('criteria have signs, too', () => {
  const signs = (['met', 'unmet', 'unknown', null] as const).map((verdict) =>
    criterionSign({ verdict }),
  );
  expect(signs.join('')).toBe('✓✗?☐');
});
