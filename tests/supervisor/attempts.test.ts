import { expect, test } from 'vitest';
import { attemptsDuty } from '#supervisor/attempts.ts';
import { createOpenSessions } from '#supervisor/open-sessions.ts';
import { startAlone } from '../support/start-alone.ts';

test('the clock is asked again when the next try is due, and then tells Claude to go on', async () => {
  const it = await startAlone();
  const duty = attemptsDuty(it.app, createOpenSessions(it.app));
  expect(await duty.run()).toBe(60_000);
  it.failTurn('server_error');
  await duty.run();
  expect(await duty.run()).toBe(30_000);
  it.app.clock.advance(30_000);
  await duty.run();
  expect(it.claude.told).toHaveLength(1);
});

test('one session that cannot be looked after holds up no other, and is told of once', async () => {
  const it = await startAlone();
  const open = createOpenSessions(it.app);
  const broken = { ...it.session(), id: 'broken', activity: null as never };
  const duty = attemptsDuty(it.app, { list: () => [broken, ...open.list()] });
  const logged: string[] = [];
  it.app.log = { ...it.app.log, error: (message) => void logged.push(message) };
  it.failTurn('server_error');
  await duty.run();
  await duty.run();
  expect(logged).toEqual(['The attempt of a session could not be looked after.']);
  expect(it.task().retryAt).not.toBeNull();
});
