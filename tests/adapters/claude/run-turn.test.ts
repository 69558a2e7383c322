import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runTurn, writeTurn } from '#adapters/claude/run-turn.ts';
import { sessionFiles } from '#adapters/claude/session-files.ts';
import type { StreamPiece } from '#domain/claude/stream-message.ts';
import { isRefusal } from '#domain/error.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { waitFor } from '../../support/wait-for.ts';

const PATH = process.env.PATH ?? '';

function place(program: string) {
  const dir = tempDir();
  const files = sessionFiles(dir, 's1');
  const shown: StreamPiece[] = [];
  writeTurn(files, { argv: ['/bin/sh', '-c', program], worktree: dir }, 'the prompt\n');
  const run = () => {
    const found = runTurn(files, { PATH, MARK: 'x' }, (piece) => shown.push(piece));
    if (isRefusal(found)) throw new Error(found.reason);
    return found;
  };
  return { dir, files, shown, run };
}

const line = (json: unknown): string => `printf '%s\\n' '${JSON.stringify(json)}'`;
const says = (text: string) => ({
  type: 'assistant',
  message: { content: [{ type: 'text', text }] },
});

test('the prompt goes in, and what is printed comes out piece by piece, with the result at the end', async () => {
  const result = { type: 'result', is_error: false, total_cost_usd: 0.5 };
  const program = `cat > got; echo "$MARK" >> got; echo noise; ${line(says('Hi.'))}; ${line(result)}`;
  const { dir, shown, run } = place(program);
  const ended = await run().ended;
  expect(ended).toMatchObject({ exitCode: 0, result: { costUsd: 0.5 }, words: '' });
  expect(shown.map(({ kind }) => kind)).toEqual(['says', 'result']);
  expect(readFileSync(join(dir, 'got'), 'utf8')).toBe('the prompt\nx\n');
});

test('a turn is run once: a pane that is started again by itself repeats no prompt', async () => {
  const { files, run } = place('true');
  await run().ended;
  expect(runTurn(files, { PATH }, () => undefined)).toMatchObject({ refused: true });
});

test('one that fails leaves its last words', async () => {
  const { run } = place('echo "No conversation found" >&2; exit 1');
  expect(await run().ended).toEqual({
    ...{ exitCode: 1, result: null, words: 'No conversation found\n' },
  });
});

test('one that is stopped is told to end', async () => {
  const { shown, run } = place(
    `trap 'exit 143' TERM; ${line(says('Hi.'))}; while :; do sleep 0.05; done`,
  );
  const turn = run();
  await waitFor('its first words', () => shown.length > 0);
  turn.stop();
  expect(await turn.ended).toMatchObject({ exitCode: 143, result: null });
});
