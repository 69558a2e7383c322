import { list, oneLine, record, text } from '#domain/claude/payload.ts';
import { testCommand } from './test-command.ts';
import { type TestResult, testResult } from './test-result.ts';

/** One run of tests or of another gate, by Claude or one of its subagents. Times in milliseconds since 1970. */
export interface TestRun extends TestResult {
  /** Claude's id of the tool call. */
  id: string;
  /** The command, in one line. Text from outside. */
  command: string;
  masked: boolean;
  startedAt: number;
  /** Null while it runs, or while nobody has seen its end; then its outcome is unknown. */
  endedAt: number | null;
  /** Files were edited after it began: it is no proof of them. */
  editedSince: boolean;
}

/** What lines of a conversation say about tests. */
export interface TestReading {
  /** Runs that began or ended in them. */
  runs: TestRun[];
  /** When a file was edited last; null when none was. */
  editedAt: number | null;
}

const EDITS = new Set(['Edit', 'Write', 'MultiEdit', 'NotebookEdit']);
const COMMAND_CHARACTERS = 120;

/** Reads lines of a transcript: parsed JSON values, of which what is not understood says nothing. `open` are runs whose end was not seen yet. */
export function readTestRuns(open: readonly TestRun[], lines: readonly unknown[]): TestReading {
  const runs = new Map<string, TestRun>();
  const known = new Map(open.map((run) => [run.id, run]));
  let editedAt: number | null = null;
  for (const line of lines) {
    const { type, timestamp, message } = record(line);
    const at = Date.parse(typeof timestamp === 'string' ? timestamp : '');
    if (Number.isNaN(at) || (type !== 'assistant' && type !== 'user')) continue;
    for (const block of list(record(message).content).map(record)) {
      if (type === 'assistant' && EDITS.has(String(block.name))) {
        editedAt = at;
        for (const [id, run] of runs) runs.set(id, { ...run, editedSince: true });
      }
      const id = text(block, type === 'assistant' ? 'id' : 'tool_use_id');
      if (id === null) continue;
      const run =
        type === 'assistant' ? begun(block, at) : ended(runs.get(id) ?? known.get(id), block, at);
      if (run !== null) runs.set(id, { ...run, id });
    }
  }
  return { runs: [...runs.values()], editedAt };
}

function begun(block: Record<string, unknown>, at: number): Omit<TestRun, 'id'> | null {
  if (block.type !== 'tool_use' || block.name !== 'Bash') return null;
  const found = testCommand(text(record(block.input), 'command') ?? '');
  if (found === null) return null;
  return {
    command: oneLine(found.text, COMMAND_CHARACTERS),
    masked: found.masked,
    startedAt: at,
    endedAt: null,
    editedSince: false,
    ...{ outcome: 'unknown', passed: null, failed: null },
  };
}

function ended(
  run: TestRun | undefined,
  block: Record<string, unknown>,
  at: number,
): TestRun | null {
  if (run === undefined || block.type !== 'tool_result') return null;
  const { content } = block;
  const output =
    typeof content === 'string'
      ? content
      : list(content)
          .map((part) => text(record(part), 'text') ?? '')
          .join('\n');
  const result = testResult(output, { isError: block.is_error === true, masked: run.masked });
  return { ...run, ...result, endedAt: at };
}

/** Of each command the newest run that has ended, the newest first: what came later is what counts. */
export function newestRuns(runs: readonly TestRun[]): TestRun[] {
  const newest = new Map<string, TestRun>();
  for (const run of runs.toSorted((a, b) => a.startedAt - b.startedAt)) {
    if (run.endedAt !== null) newest.set(run.command, run);
  }
  return [...newest.values()].toSorted((a, b) => b.startedAt - a.startedAt);
}
