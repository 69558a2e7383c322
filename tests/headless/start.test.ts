import { expect, test } from 'vitest';
import type { PrintResult } from '#domain/claude/print-result.ts';
import type { StreamPiece } from '#domain/claude/stream-message.ts';
import { refuse } from '#domain/error.ts';
import { startHeadless } from '#headless/start.ts';
import { launchedTask, workshop } from '../support/workshop.ts';

const RESULT: PrintResult = {
  ...{ claudeSessionId: null, output: '', failed: null, limited: false, denied: [] },
  ...{ costUsd: 0.25, inputTokens: 1, outputTokens: 1, durationMs: 12_000 },
};

/** A pane in which a turn is printed that says these pieces. */
async function pane(pieces: StreamPiece[], end: { exitCode: number | null; words?: string }) {
  const shop = workshop();
  const { app } = shop;
  const { id, session } = await launchedTask(shop);
  const stop = new AbortController();
  const seen = { stopped: 0, written: [] as string[] };
  const last = pieces.at(-1);
  const result = last?.kind === 'result' ? last.result : null;
  app.claude = {
    ...app.claude,
    runTurn(_session, _env, show) {
      const stop = (): void => {
        seen.stopped += 1;
      };
      for (const piece of pieces) show(piece);
      const ended = Promise.resolve({ words: '', ...end, result });
      return { ended, stop };
    },
  };
  const output = { columns: 100, write: (text: string) => seen.written.push(text) };
  const run = () => startHeadless(app, session.id, output, stop.signal);
  const text = (): string => seen.written.join('').replace(/\s+/g, ' ');
  return { app, id, run, seen, stop, text };
}

test('a turn is shown as it happens, with the ways on at its end, and its cost is kept', async () => {
  const said = { kind: 'says', text: 'All done.' } as const;
  const it = await pane([said, { kind: 'result', result: RESULT }], { exitCode: 0 });
  expect(await it.run()).toBe(0);
  expect(it.text()).toMatch(/● All done\.[\s\S]*The turn has ended[\s\S]*claustre send 1/);
  expect(it.app.store.attempts.usageOf(it.id).costUsd).toBe(0.25);
});

test('a Claude that ends without a result is shown with its last words and its code', async () => {
  const it = await pane([], { exitCode: 1, words: 'No conversation found\u001B[2J' });
  expect(await it.run()).toBe(1);
  expect(it.text()).toContain('Claude ended with exit code 1');
  expect(it.text()).toContain('No conversation found');
  expect(it.text()).not.toContain('\u001B');
});

test('the end of the pane ends the turn', async () => {
  const it = await pane([], { exitCode: null });
  it.stop.abort();
  expect(await it.run()).toBe(1);
  expect(it.seen.stopped).toBe(1);
});

test('without a turn it says what begins one', async () => {
  const it = await pane([], { exitCode: 0 });
  it.app.claude = { ...it.app.claude, runTurn: () => refuse('No turn.', 'Send it a text.') };
  expect(await it.run()).toBe(1);
  expect(it.text()).toContain('No turn. Send it a text.');
});
