import { expect, test } from 'vitest';
import { restingSessions, restSession } from '#operations/attempt/rest.ts';
import { startAlone } from '../../support/start-alone.ts';

const resting = (it: Awaited<ReturnType<typeof startAlone>>) =>
  restingSessions(it.app).map(({ id }) => id);

test('a Claude whose work is delivered is ended, and its attempt with it', async () => {
  const it = await startAlone({ push: 'local' });
  it.commit();
  it.endTurn();
  expect(resting(it)).toEqual([]);
  await it.judge();
  expect(resting(it)).toEqual([it.session().id]);
  const { pid, id } = it.session();
  expect(await restSession(it.app, it.session())).toBe(true);
  expect(it.tmux.panes.find(({ session }) => session === id)).toMatchObject({ pid, dead: true });
  expect(it.session().parkedAt).not.toBeNull();
  expect(it.app.store.attempts.currentOf(it.session().id)).toBeNull();
  expect(resting(it)).toEqual([]);
});

test('nobody is cut off who sits before it', async () => {
  const it = await startAlone({ push: 'local' });
  it.commit();
  it.endTurn();
  await it.judge();
  const client = { focused: true, session: it.session().id };
  Object.assign(it.app.tmux, { clients: async () => [client] });
  expect(await restSession(it.app, it.session())).toBe(false);
  expect(it.session().parkedAt).toBeNull();
});

test('who started it again after that, or told it something, keeps it', async () => {
  const it = await startAlone({ push: 'local' });
  it.commit();
  it.endTurn();
  await it.judge();
  const movedAt = it.app.clock.now() + 1;
  const { state } = it.session();
  const event = { kind: 'session.resume', source: 'claustre' as const, at: it.app.clock.iso() };
  it.app.store.write(() => it.app.store.sessions.move(it.session(), { state, movedAt }, event));
  expect(resting(it)).toEqual([]);
});

test('a task that was given up in the middle of a turn is interrupted first', async () => {
  const it = await startAlone({ push: 'local' }, '[attempts]\nmax = 1\nminutes = 1\n');
  it.app.clock.advance(60_000);
  await it.step();
  expect(it.task().status).toBe('error');
  expect(resting(it)).toEqual([it.session().id]);
  expect(await restSession(it.app, it.session())).toBe(false);
  expect(it.tmux.sent).toContain('Escape');
});

test('a person’s own task keeps its Claude', async () => {
  const it = await startAlone({ push: 'local', mode: 'supervised' });
  it.commit();
  it.endTurn();
  await it.judge();
  expect(it.task().status).toBe('in_review');
  expect(resting(it)).toEqual([]);
});
