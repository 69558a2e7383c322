import { expect, test } from 'vitest';
import type { ActivityName } from '#domain/activity.ts';
import type { PrintResult } from '#domain/claude/print-result.ts';
import { endTurn } from '#operations/attempt/end-turn.ts';
import { launchedTask, workshop } from '../../support/workshop.ts';

const RESULT: PrintResult = {
  ...{ claudeSessionId: null, output: '', failed: null, limited: false, denied: [] },
  ...{ costUsd: 0.25, inputTokens: 1, outputTokens: 1, durationMs: 12_000 },
};

async function printing(name: ActivityName) {
  const shop = workshop();
  const { app } = shop;
  const { id, session } = await launchedTask(shop);
  const activity = { name, source: 'hook', since: app.clock.now(), detail: null } as const;
  app.store.write(() => app.store.sessions.update(session.id, { activity }, null));
  app.clock.advance(1_000);
  const end = (result: PrintResult | null) => endTurn(app, session.id, { result });
  return { shop, app, id, end, now: () => app.store.sessions.openOf(id) };
}

test('each run adds its own cost', async () => {
  const { app, id, end } = await printing('idle');
  expect(end(RESULT)).toBe(id);
  end({ ...RESULT, costUsd: 0.5 });
  end({ ...RESULT, costUsd: null });
  expect(app.store.attempts.usageOf(id).costUsd).toBe(0.75);
});

test('an end that hooks told of is left as they told it', async () => {
  const { end, now } = await printing('idle');
  const before = now();
  end(RESULT);
  expect(now()).toEqual(before);
});

test('an end that no hook told of is recorded', async () => {
  const { app, end, now } = await printing('working');
  end(RESULT);
  expect(now()).toMatchObject({
    turnEndedAt: app.clock.now(),
    activity: { name: 'idle', source: 'claustre', detail: null },
  });
});

test('a turn that failed has not ended the work', async () => {
  const { end, now } = await printing('working');
  end({ ...RESULT, failed: 'Overloaded' });
  expect(now()).toMatchObject({
    turnEndedAt: null,
    activity: { name: 'idle', detail: 'Overloaded' },
  });
});

test('a limit of the account is told as one', async () => {
  const { end, now } = await printing('starting');
  end({ ...RESULT, failed: 'limit', limited: true });
  expect(now()?.activity.name).toBe('limited');
});

test('a run without a result is left to whoever finds its process gone', async () => {
  const { id, end, now } = await printing('working');
  expect(end(null)).toBe(id);
  expect(now()?.activity.name).toBe('working');
});
