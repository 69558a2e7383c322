import { describe, expect, test } from 'vitest';
import type { SessionsFileReading } from '#domain/activity.ts';
import type { Session } from '#domain/session.ts';
import { lookAtSessions } from '#operations/session/look.ts';
import { launchTask } from '#operations/task/launch.ts';
import { moveSession } from '../../support/builders.ts';
import { granted, type Workshop, workshop } from '../../support/workshop.ts';

async function launched(shop: Workshop) {
  const task = shop.addTask();
  granted(await launchTask.run(shop.app, { task: [task.id] }));
  const now = (): Session => {
    const session = shop.app.store.sessions.openOf(task.id);
    if (session === null) throw new Error('No session.');
    return session;
  };
  return {
    id: task.id,
    now,
    set: (changes: Partial<Session>) =>
      shop.app.store.write(() => shop.app.store.sessions.update(now().id, changes, null)),
  };
}

const reading = (
  status: SessionsFileReading['status'],
  statusUpdatedAt: number,
  waitingFor: string | null = null,
): SessionsFileReading => ({ status, statusUpdatedAt, waitingFor, claudeSessionId: 'c' });

describe('a look at what is really there', () => {
  test('sees an interrupted turn, which no hook tells', async () => {
    const shop = workshop();
    const { now, set } = await launched(shop);
    const at = shop.app.clock.now();
    set({ activity: { name: 'working', source: 'hook', since: at, detail: null } });
    shop.files.set(now().pid ?? 0, reading('idle', at + 500));
    shop.app.clock.advance(1000);
    await lookAtSessions(shop.app, null);
    expect(now().activity).toMatchObject({
      name: 'idle',
      source: 'sessions_file',
      since: at + 500,
    });
  });

  test('sees a killed Claude as ended and its task as interrupted', async () => {
    const shop = workshop();
    const { id, now } = await launched(shop);
    shop.tmux.kill(now().id);
    await lookAtSessions(shop.app, [id]);
    expect(now().activity).toMatchObject({
      name: 'ended',
      source: 'pane',
      detail: 'ended by signal 9',
    });
    expect(shop.task(id).status).toBe('interrupted');
  });

  test('sees a pane that is gone, or that belongs to another server, as lost', async () => {
    const shop = workshop();
    const { id, now } = await launched(shop);
    const [pane] = shop.tmux.panes.filter((each) => each.session === now().id);
    Object.assign(pane ?? {}, { serverPid: 2 });
    await lookAtSessions(shop.app, [id]);
    expect(now().activity.name).toBe('lost');
  });

  test('leaves a task in review there when its Claude ends', async () => {
    const shop = workshop();
    const { id, now } = await launched(shop);
    const event = { kind: 'x', source: 'person', at: '' } as const;
    shop.app.store.write(() =>
      shop.app.store.tasks.setStatus(id, 'working', 'in_review', {}, event),
    );
    shop.tmux.kill(now().id);
    await lookAtSessions(shop.app, null);
    expect(now().activity.name).toBe('ended');
    expect(shop.task(id).status).toBe('in_review');
  });

  test('takes a silent start for a dialog, but only when Claude itself runs', async () => {
    const shop = workshop();
    const { now } = await launched(shop);
    const [pane] = shop.tmux.panes.filter((each) => each.session === now().id);
    Object.assign(pane ?? {}, { command: 'npm' });
    shop.app.clock.advance(60_000);
    await lookAtSessions(shop.app, null);
    expect(now().activity.name).toBe('starting');
    Object.assign(pane ?? {}, { command: 'claude' });
    await lookAtSessions(shop.app, null);
    expect(now().activity).toMatchObject({ name: 'question', source: 'pane' });
  });

  test('writes nothing when nothing differs', async () => {
    const shop = workshop();
    const { now } = await launched(shop);
    shop.files.set(now().pid ?? 0, reading('busy', shop.app.clock.now() + 1));
    await lookAtSessions(shop.app, null);
    const changes = shop.app.store.ownChanges();
    await lookAtSessions(shop.app, null);
    expect(shop.app.store.ownChanges()).toBe(changes);
  });

  test('counts a death once when the resume after it was cut off', async () => {
    const shop = workshop();
    const { id, now } = await launched(shop);
    shop.tmux.kill(now().id);
    await lookAtSessions(shop.app, null);
    expect(now().activity.name).toBe('ended');
    const activity = { ...now().activity, name: 'starting' as const };
    moveSession(shop.app.store, now().id, { state: 'opening', movedBy: 424_242, activity });
    shop.app.clock.advance(60_000);
    for (const _ of [1, 2]) await lookAtSessions(shop.app, null);
    const detail = 'the launch was cut off';
    expect(now()).toMatchObject({ state: 'open', activity: { name: 'lost', detail } });
    expect(shop.task(id).status).toBe('interrupted');
  });

  test('takes over an opening whose process died after the pane had started', async () => {
    const shop = workshop();
    const { now } = await launched(shop);
    moveSession(shop.app.store, now().id, { state: 'opening', pane: null, movedBy: 424_242 });
    shop.app.clock.advance(60_000);
    await lookAtSessions(shop.app, null);
    expect(now()).toMatchObject({ state: 'open', pane: shop.tmux.panes.at(-1)?.pane });
  });
});
