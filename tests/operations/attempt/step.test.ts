import { rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { startAlone } from '../../support/start-alone.ts';

describe('a turn that failed', () => {
  test('by the service is told to go on after a while, and costs no attempt', async () => {
    const it = await startAlone();
    it.failTurn('server_error', 'API Error: 529 Overloaded.');
    await it.step();
    const failed = it.task();
    expect(failed).toMatchObject({ status: 'working', failures: 0 });
    expect(Date.parse(failed.retryAt ?? '') - it.app.clock.now()).toBe(30_000);
    expect((await it.step()).until).toBe(Date.parse(failed.retryAt ?? ''));
    expect(it.claude.told).toEqual([]);
    it.app.clock.advance(30_000);
    await it.step();
    expect(it.claude.told[0]).toContain('go on with the task');
    expect(it.task().retryAt).toBeNull();
    expect(it.session()).toMatchObject({ failure: null, activity: { name: 'working' } });
    expect([it.codes(), it.charged()]).toEqual([['server_error', null], 0]);
  });

  test('again waits twice as long', async () => {
    const it = await startAlone();
    for (const wait of [30_000, 60_000, 120_000]) {
      it.failTurn('server_error');
      await it.step();
      expect(Date.parse(it.task().retryAt ?? '') - it.app.clock.now()).toBe(wait);
      it.app.clock.advance(wait);
      await it.step();
    }
  });

  test('of a kind that counts is given up after so many, and `retry` begins anew', async () => {
    const it = await startAlone({}, '[attempts]\nmax = 2\n');
    it.failTurn('a new word', 'API Error: 400 what is that');
    await it.step();
    it.app.clock.advance(60_000);
    await it.step();
    it.failTurn('a new word', 'API Error: 400 what is that');
    await it.step();
    expect(it.task()).toMatchObject({ status: 'error', errorCode: 'unknown', failures: 2 });
    expect(it.task().errorText).toBe('Claude failed: API Error: 400 what is that (tried 2 times)');
    expect(it.charged()).toBe(2);
  });

  test('for want of a login ends the task and pauses the queue: every other would meet it', async () => {
    const it = await startAlone();
    it.failTurn('authentication_failed', 'Invalid API key');
    await it.step();
    expect(it.task()).toMatchObject({ status: 'error', errorCode: 'authentication_failed' });
    expect(it.app.store.queue.read().pauseReason).toBe(`Claude is not logged in (#${it.id})`);
    expect(it.charged()).toBe(0);
  });

  test('is not told to go on while somebody sits before it', async () => {
    const it = await startAlone();
    it.failTurn('server_error');
    await it.step();
    it.app.clock.advance(30_000);
    const client = { focused: true, session: it.session().id };
    Object.assign(it.app.tmux, { clients: async () => [client] });
    expect(await it.step()).toMatchObject({ reason: 'somebody is in its session' });
    expect(it.claude.told).toEqual([]);
  });
});

describe('a Claude that is over', () => {
  test('by its own fault is started again with its conversation, and counts', async () => {
    const it = await startAlone();
    await it.dies({ exitStatus: 1 });
    await it.step();
    expect(it.task()).toMatchObject({ status: 'interrupted', failures: 1 });
    it.app.clock.advance(5_000);
    await it.step();
    expect(it.task()).toMatchObject({ status: 'working', retryAt: null, failures: 1 });
    expect(it.session()).toMatchObject({ failure: null, state: 'open' });
    expect(it.tmux.started).toHaveLength(2);
    expect(it.codes()).toEqual(['exited', null]);
  });

  test('because it was killed counts only when that happens again', async () => {
    const it = await startAlone();
    for (const failures of [0, 1]) {
      await it.dies({ signal: 9 });
      await it.step();
      expect(it.task().failures).toBe(failures);
      it.app.clock.advance(60_000);
      await it.step();
      it.prompted('Go on.');
    }
  });

  test('because a person left it stays as it is', async () => {
    const it = await startAlone();
    it.report({ hook_event_name: 'SessionEnd', reason: 'prompt_input_exit' });
    await it.step();
    expect(it.task()).toMatchObject({ status: 'interrupted', retryAt: null });
    expect(it.codes()).toEqual([null]);
  });

  test('and whose worktree is gone ends in error with the reason', async () => {
    const it = await startAlone({}, '[attempts]\nmax = 2\n');
    await it.dies({ exitStatus: 1 });
    rmSync(it.session().worktree, { recursive: true });
    await it.step();
    it.app.clock.advance(60_000);
    await it.step();
    expect(it.task()).toMatchObject({ status: 'error', errorCode: 'launch_failed' });
    expect(it.task().errorText).toContain('cannot be used');
  });
});

test('a person’s Escape is not fought: it is left to them', async () => {
  const it = await startAlone();
  it.app.clock.advance(60_000);
  const { pid } = it.session();
  it.files.set(pid ?? 0, {
    ...{ status: 'idle', waitingFor: null, claudeSessionId: it.session().claudeSessionId },
    statusUpdatedAt: it.app.clock.now() - 20_000,
  });
  const { lookAtSessions } = await import('#operations/session/look.ts');
  await lookAtSessions(it.app, [it.id]);
  expect(it.session().activity.name).toBe('idle');
  it.app.clock.advance(11_000);
  await it.step();
  expect(it.session().failure).toBe('interrupted');
  expect(it.task()).toMatchObject({ status: 'working', retryAt: null });
  await it.step();
  expect(it.codes()).toEqual(['interrupted']);
  expect(it.claude.told).toEqual([]);
});

test('an attempt that takes too long is interrupted, and told to go on', async () => {
  const it = await startAlone({}, '[attempts]\nminutes = 1\n');
  expect((await it.step()).until).toBe(it.session().activity.since + 60_000);
  it.app.clock.advance(60_000);
  await it.step();
  expect(it.task()).toMatchObject({ status: 'working', failures: 1 });
  expect(it.session().failure).toBe('timed_out');
  await it.step();
  expect(it.tmux.sent).toContain('Escape');
});
