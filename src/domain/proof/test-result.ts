export const TEST_OUTCOMES = ['passed', 'failed', 'unknown'] as const;
export type TestOutcome = (typeof TEST_OUTCOMES)[number];

/** How a run of tests went, as its output tells. */
export interface TestResult {
  outcome: TestOutcome;
  /** How many tests; null where the output does not say. */
  passed: number | null;
  failed: number | null;
}

/** What a terminal is told about colours and lines. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: sequences begin with one.
const ESCAPES = /\u001b\[[\d;?]*[A-Za-z]/g;
/** The end of an output is where it is summed up. */
const READ_CHARACTERS = 20_000;

/** A tool that a person did not allow, or stopped, or that ran out of time: nothing was shown. */
const NOT_RUN =
  /user doesn't want to (?:proceed|take this action)|Request interrupted|tool use was rejected|Command timed out|running in background|permission to use|requires approval/i;

const FAILURES =
  /^(?:FAIL|FAILED|not ok|--- FAIL|✗|✖ \d|npm ERR!|npm error|error(?:\[\w+\])?:|error TS\d+|make(?:\[\d+\])?: \*\*\*)|: error TS\d+|\bBUILD FAILED\b|^FAILURES!/m;

/**
 * What became of a run. `isError`: the shell ended with another code than 0. `masked`: that code is not the run's own, so that only its own
 * words count.
 */
export function testResult(
  output: string,
  { isError, masked }: { isError: boolean; masked: boolean },
): TestResult {
  const text = output.slice(-READ_CHARACTERS).replace(ESCAPES, '').replaceAll('\r', '');
  const counts = countTests(text);
  const outcome = ((): TestOutcome => {
    if ((counts.failed ?? 0) > 0) return 'failed';
    if (NOT_RUN.test(text) && counts.passed === null) return 'unknown';
    if (!masked) return isError ? 'failed' : 'passed';
    if (FAILURES.test(text)) return 'failed';
    return (counts.passed ?? 0) > 0 ? 'passed' : 'unknown';
  })();
  return { outcome, ...counts };
}

type Counts = Pick<TestResult, 'passed' | 'failed'>;

function countTests(text: string): Counts {
  const lines = text.split('\n');
  // vitest and jest sum up files in one line and tests in another.
  const summed = lines.findLast((line) => /^\s*Tests:?\s+.*\d+ (?:passed|failed)/.test(line));
  if (summed !== undefined) return counted(summed, /(\d+) passed/, /(\d+) failed/);
  const cargo = lines.filter((line) => line.startsWith('test result: '));
  if (cargo.length > 0) {
    const each = cargo.map((line) => counted(line, /(\d+) passed/, /(\d+) failed/));
    const sum = (name: keyof Counts): number =>
      each.reduce((total, counts) => total + (counts[name] ?? 0), 0);
    return { passed: sum('passed'), failed: sum('failed') };
  }
  const found = [
    lineCounts(lines, /\b(\d+) (?:examples?|runs|tests?), .*?(\d+) failures?/),
    lineCounts(lines, /^\s*# pass (\d+)/, /^\s*# fail (\d+)/),
    lineCounts(lines, /^\s*ℹ pass (\d+)/, /^\s*ℹ fail (\d+)/),
    lineCounts(lines, /\b(\d+) passing\b/, /\b(\d+) failing\b/),
    lineCounts(lines, /\b(\d+) passed\b/, /\b(\d+) failed\b/),
    lineCounts(lines, /^OK \((\d+) tests?/),
  ].find(({ passed, failed }) => passed !== null || failed !== null);
  return found ?? { passed: null, failed: null };
}

function counted(line: string, passed: RegExp, failed: RegExp): Counts {
  const number = (found: RegExpExecArray | null): number => Number(found?.[1] ?? 0);
  return { passed: number(passed.exec(line)), failed: number(failed.exec(line)) };
}

/** The last line with each number; a single expression with two numbers says how many there were and how many failed. */
function lineCounts(lines: readonly string[], passed: RegExp, failed?: RegExp): Counts {
  const last = (pattern: RegExp) => {
    const line = lines.findLast((each) => pattern.test(each));
    return line === undefined ? null : pattern.exec(line);
  };
  const one = last(passed);
  if (failed !== undefined) {
    const other = last(failed);
    if (one === null && other === null) return { passed: null, failed: null };
    return { passed: Number(one?.[1] ?? 0), failed: Number(other?.[1] ?? 0) };
  }
  if (one === null) return { passed: null, failed: null };
  const bad = Number(one[2] ?? 0);
  return { passed: Math.max(0, Number(one[1]) - bad), failed: bad };
}
