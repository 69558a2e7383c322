import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import { plainLine } from '#format/text.ts';
import { wrap } from '#format/wrap.ts';
import { endTurn } from '#operations/attempt/end-turn.ts';
import { linesOf } from './lines.ts';

/** The terminal of the pane, or what stands in for one. */
export interface Output {
  write(text: string): unknown;
  columns?: number;
}

/** Width of what is no terminal. */
const COLUMNS = 80;

/**
 * Runs the turn that was prepared for a session, with a Claude that prints, and shows what it says. Returns Claude's exit code; `stop` ends it
 * before its time. What comes of the turn is reported by Claude's hooks, as in its own screen; its cost and a missed end are recorded here.
 */
export async function startHeadless(
  app: App,
  sessionId: string,
  output: Output,
  stop: AbortSignal,
): Promise<number> {
  const columns = (): number => Math.max(20, output.columns ?? COLUMNS);
  const say = (lines: readonly string[]): void => void output.write(`${lines.join('\n')}\n`);
  const run = app.claude.runTurn(sessionId, app.host.environment, (piece) => {
    say(linesOf(piece, columns()));
  });
  if (isRefusal(run)) {
    say(wrap(`${run.reason} ${run.hint ?? ''}`, columns()));
    return 1;
  }
  const end = (): void => run.stop();
  stop.addEventListener('abort', end);
  if (stop.aborted) end();
  const ended = await run.ended;
  stop.removeEventListener('abort', end);
  const task = endTurn(app, sessionId, ended);
  if (ended.result === null) say(['', ...wrap(whyNoResult(ended), columns())]);
  if (task !== null) say(['', ...wrap(waysOn(task), columns())]);
  return ended.exitCode ?? 1;
}

function whyNoResult({ exitCode, words }: { exitCode: number | null; words: string }): string {
  const how = exitCode === null ? 'was ended' : `ended with exit code ${exitCode}`;
  return `Claude ${how} before its turn did. ${plainLine(words)}`.trim();
}

function waysOn(task: number): string {
  return `claustre send ${task} tells it more. claustre launch ${task} --interactive goes on in Claude's own screen.`;
}
