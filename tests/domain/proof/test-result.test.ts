import { describe, expect, test } from 'vitest';
import { testResult } from '#domain/proof/test-result.ts';

const OK = { isError: false, masked: false };
const BAD = { isError: true, masked: false };
const HIDDEN = { isError: false, masked: true };

describe('the result of a run', () => {
  test.each([
    [
      'vitest',
      ' Test Files  1 failed | 3 passed (4)\n      Tests  2 failed | 40 passed (42)',
      BAD,
      'failed',
      40,
      2,
    ],
    [
      'vitest in colours',
      '\u001b[2m      Tests \u001b[22m \u001b[1m\u001b[32m42 passed\u001b[39m\u001b[22m (42)',
      OK,
      'passed',
      42,
      0,
    ],
    [
      'jest',
      'Test Suites: 1 passed, 1 total\nTests:       1 skipped, 41 passed, 42 total',
      OK,
      'passed',
      41,
      0,
    ],
    ['pytest', '=== 1 failed, 41 passed in 0.12s ===', BAD, 'failed', 41, 1],
    ['mocha', '  12 passing (8ms)\n  1 failing', BAD, 'failed', 12, 1],
    [
      'cargo',
      'test result: ok. 12 passed; 0 failed; 0 ignored\ntest result: ok. 3 passed; 0 failed; 1 ignored',
      OK,
      'passed',
      15,
      0,
    ],
    ['node', '# tests 3\n# pass 2\n# fail 1', BAD, 'failed', 2, 1],
    ['rspec', '12 examples, 2 failures', BAD, 'failed', 10, 2],
    ['phpunit', 'OK (12 tests, 20 assertions)', OK, 'passed', 12, 0],
    ['go', 'ok  \tapp\t0.1s', OK, 'passed', null, null],
    ['silence', '', OK, 'passed', null, null],
    ['an exit code', 'Exit code 1', BAD, 'failed', null, null],
  ] as const)('%s', (_, text, how, outcome, passed, failed) => {
    expect(testResult(text, how)).toEqual({ outcome, passed, failed });
  });

  test.each([
    ['nothing is said', '', HIDDEN, 'unknown'],
    ['some passed', '41 passed in 1s', HIDDEN, 'passed'],
    ['some failed', '1 failed, 41 passed in 1s', HIDDEN, 'failed'],
    ['go failed', '--- FAIL: TestA (0.00s)\nFAIL', HIDDEN, 'failed'],
    ['the compiler complains', 'src/a.ts(1,1): error TS2304: Cannot find name', HIDDEN, 'failed'],
    ['the code is of something else', '', { isError: true, masked: true }, 'unknown'],
  ] as const)('that stands behind a pipe: %s', (_, text, how, outcome) => {
    expect(testResult(text, how).outcome).toBe(outcome);
  });

  test.each([
    "The user doesn't want to proceed with this tool use. The tool use was rejected",
    '[Request interrupted by user for tool use]',
    'Command timed out after 2m',
    'Command running in background with ID: b1',
  ])('is not known: %s', (text) => {
    expect(testResult(text, BAD).outcome).toBe('unknown');
    expect(testResult(text, OK).outcome).toBe('unknown');
  });

  test('is read from the end of a long output', () => {
    expect(testResult(`${'x\n'.repeat(100_000)}3 passed`, HIDDEN).passed).toBe(3);
  });
});
