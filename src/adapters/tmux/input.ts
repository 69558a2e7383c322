import { randomUUID } from 'node:crypto';
import { ClaustreError, type Refusal, refuse } from '#domain/error.ts';
import { failure, type Server, saysNoTarget } from './server.ts';
import { paneTarget } from './sessions.ts';

/**
 * Pastes text as one bracketed paste, when the program asked for such. It goes through a buffer
 * from standard input: `send-keys -l` loses tabs and refuses long text. tmux sends line breaks as
 * carriage returns, as a terminal does. Throws `not_found` when the pane is gone.
 */
export async function paste(server: Server, pane: string, text: string): Promise<void> {
  const target = paneTarget(pane);
  // tmux makes no buffer of no text, and would then paste whatever buffer is the newest.
  if (text === '') return;
  const buffer = `claustre-${randomUUID()}`;
  const result = await server.call(
    [
      ['load-buffer', '-b', buffer, '-'],
      ['paste-buffer', '-p', '-d', '-b', buffer, '-t', target],
    ],
    text,
  );
  if (result.exitCode === 0) return;
  // The text may be private; it must not stay in the server. That it is not there is just as well.
  await server.call([['delete-buffer', '-b', buffer]]);
  throw problem(`paste into the pane ${pane}`, pane, result);
}

/** Sends named keys (`Enter`, `Escape`, `C-u`). Throws `not_found` when the pane is gone. */
export async function sendKeys(
  server: Server,
  pane: string,
  keys: readonly string[],
): Promise<void> {
  if (keys.length === 0) return;
  const result = await server.call([['send-keys', '-t', paneTarget(pane), '--', ...keys]]);
  if (result.exitCode !== 0) throw problem(`send keys to the pane ${pane}`, pane, result);
}

/**
 * Returns the last `lines` lines of a pane as plain text, history included: lines that the terminal
 * wrapped are whole, trailing spaces and the empty rows below the text are left out. Refuses when
 * the pane is gone.
 */
export async function readText(
  server: Server,
  pane: string,
  lines: number,
): Promise<string | Refusal> {
  const target = paneTarget(pane);
  const result = await server.call([['capture-pane', '-p', '-J', '-S', `-${lines}`, '-t', target]]);
  if (result.exitCode === 0) {
    const rows = result.stdout.split('\n').map((row) => row.trimEnd());
    while (rows.at(-1) === '') rows.pop();
    return rows.slice(-lines).join('\n');
  }
  if (saysNoTarget(result)) return refuse(goneSentence(pane), undefined, 'not_found');
  throw failure(`read the pane ${pane}`, result);
}

/** Returns the visible screen of a pane with its colours. Refuses when the pane is gone. */
export async function readStyled(server: Server, pane: string): Promise<string | Refusal> {
  const result = await server.call([['capture-pane', '-e', '-p', '-t', paneTarget(pane)]]);
  if (result.exitCode === 0) return result.stdout;
  if (saysNoTarget(result)) return refuse(goneSentence(pane), undefined, 'not_found');
  throw failure(`read the pane ${pane}`, result);
}

const goneSentence = (pane: string) => `The tmux pane ${pane} does not exist any more.`;

function problem(what: string, pane: string, result: Awaited<ReturnType<Server['call']>>): Error {
  return saysNoTarget(result)
    ? new ClaustreError('not_found', goneSentence(pane))
    : failure(what, result);
}
