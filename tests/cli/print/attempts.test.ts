import { expect, test } from 'vitest';
import { printAttempts } from '#cli/print/attempts.ts';
import { createPaint } from '#cli/style.ts';
import type { AttemptView } from '#operations/attempt/list.ts';

const sheet = { width: null, paint: createPaint(false), now: Date.parse('2026-01-02T12:00:00Z') };
const attempt = (changes: Partial<AttemptView>): AttemptView => ({
  ...{ nth: 1, id: 1, purpose: 'work', session: 's', model: 'opus', charged: false },
  ...{ startedAt: '2026-01-02T11:00:00Z', endedAt: null, outcome: null, errorCode: null },
  ...{ inputTokens: null, outputTokens: 1_500, costUsd: 1.25, workedMs: 65_000 },
  ...changes,
});

test('each attempt has a line: what it was for, what it used, how it ended', () => {
  const failed = {
    endedAt: '2026-01-02T11:30:00Z',
    outcome: 'API Error',
    errorCode: 'server_error',
  };
  const lines = printAttempts(
    [attempt(failed), attempt({ nth: 2, model: null, charged: true, errorCode: 'exited' })],
    sheet,
  ).split('\n');
  expect(lines[0]).toMatch(/^# +BEGAN +FOR +MODEL +WORKED +IN +OUT +COST +CODE +ENDED$/);
  expect(lines[1]).toMatch(/work +opus +1m.* +\$1\.25 +server_error \(not counted\) +API Error$/);
  expect(lines[2]).toMatch(/work +– .* exited +runs$/);
});

test('a task that was never launched says so', () => {
  expect(printAttempts([], sheet)).toBe('There were no attempts yet.');
});
