import { describe, expect, test } from 'vitest';
import type { Session } from '#domain/session.ts';
import { lookAtSessions } from '#operations/session/look.ts';
import { parkSession } from '#operations/session/park.ts';
import { recordHook } from '#operations/session/update.ts';
import { launchTask } from '#operations/task/launch.ts';
import { aRound } from '../../support/feedback.ts';
import { granted, launchedTask, refused, type Workshop, workshop } from '../../support/workshop.ts';

const WHY = 'the work is delivered';

/** A task whose Claude has ended a turn. */
async function resting() {
  const shop = workshop();
  const { app, tmux } = shop;
  const { id, session } = await launchedTask(shop);
  tmux.screen = '────\n❯ \n────';
  const now = (): Session => {
    const open = app.store.sessions.openOf(id);
    if (open === null) throw new Error('No session.');
    return open;
  };
  const set = (changes: Partial<Session>) =>
    app.store.write(() => app.store.sessions.update(session.id, changes, null));
  app.clock.advance(10_000);
  const at = app.clock.now();
  set({
    ...{ transcriptPath: '/t.jsonl', promptedAt: at - 5_000, turnEndedAt: at },
    activity: { name: 'idle', source: 'hook', since: at, detail: null },
  });
  app.clock.advance(60_000);
  const park = () => parkSession(app, session, WHY);
  return { shop, app, tmux, id, now, set, park };
}

function reports({ app }: Workshop, sessionId: string, event: string, more: object = {}): void {
  const at = app.clock.now();
  const payload = { hook_event_name: event, ...more };
  recordHook(app.store, { uid: `${event}${at}`, sessionId, at, payload });
}

describe('parking', () => {
  test('ends Claude and keeps everything else', async () => {
    const { shop, app, tmux, id, now, park } = await resting();
    const before = now();
    const parked = granted(await park());
    expect(parked).toMatchObject({ parkedAt: app.clock.now(), pid: null, state: 'open' });
    expect(now()).toEqual(parked);
    expect(now().activity).toMatchObject({ name: 'ended', source: 'claustre', detail: WHY });
    expect(now()).toMatchObject({ pane: before.pane, claudeSessionId: before.claudeSessionId });
    expect(tmux.panes.find(({ session }) => session === before.id)?.dead).toBe(true);
    expect(shop.task(id).status).toBe('working');
    expect(app.store.attempts.ofTask(id)).toMatchObject([{ outcome: WHY }]);
  });

  test('is no loss for whoever looks later, and for what Claude says as it leaves', async () => {
    const { shop, app, tmux, id, now, park } = await resting();
    granted(await park());
    const parked = now();
    app.clock.advance(1_000);
    reports(shop, parked.id, 'SessionEnd', { reason: 'other' });
    await lookAtSessions(app, null);
    tmux.panes = [];
    await lookAtSessions(app, null);
    expect(now().activity).toEqual(parked.activity);
    expect(shop.task(id).status).toBe('working');
  });

  test('is no loss either for whoever looks before it is written down', async () => {
    const { shop, app, tmux, id, now, set } = await resting();
    set({ parkedAt: app.clock.now() });
    reports(shop, now().id, 'SessionEnd', { reason: 'other' });
    tmux.kill(now().id);
    await lookAtSessions(app, null);
    expect(now()).toMatchObject({ pid: null, activity: { name: 'ended', source: 'claustre' } });
    expect(shop.task(id).status).toBe('working');
    expect(app.store.attempts.ofTask(id)).toMatchObject([{ outcome: 'parked' }]);
  });

  test('that was cut off is finished by the same call', async () => {
    const { app, now, set, park } = await resting();
    set({ parkedAt: app.clock.now() - 1_000 });
    granted(await park());
    expect(now().activity.name).toBe('ended');
    expect(granted(await park())).toEqual(now());
  });

  test('that was cut off is given up when somebody is at it by then', async () => {
    const { app, now, set, park } = await resting();
    set({
      parkedAt: app.clock.now() - 1_000,
      activity: { name: 'working', source: 'sessions_file', since: app.clock.now(), detail: null },
    });
    expect(refused(await park()).reason).toContain('not at its prompt');
    expect(now().parkedAt).toBeNull();
  });

  test('comes too late for a prompt that went in before Claude was ended', async () => {
    const { shop, app, now, set, tmux } = await resting();
    set({ parkedAt: app.clock.now() });
    app.clock.advance(5);
    reports(shop, now().id, 'UserPromptSubmit', { prompt: 'go on' });
    expect(now()).toMatchObject({ parkedAt: null, activity: { name: 'working' } });
    tmux.kill(now().id);
    await lookAtSessions(app, null);
    expect(shop.task(now().taskId).status).toBe('interrupted');
  });
});

describe('nothing is parked', () => {
  test('with a draft in the box, or a menu in its place', async () => {
    const { tmux, now, park } = await resting();
    tmux.screen = '────\n❯ rename the\n────';
    expect(refused(await park()).reason).toContain('Something is written');
    tmux.screen = 'Which one?\n 1. This';
    expect(refused(await park()).reason).toContain('not on the screen');
    expect(now()).toMatchObject({ parkedAt: null, activity: { name: 'idle' } });
  });

  test('while somebody is attached to it', async () => {
    const { app, now, park } = await resting();
    const client = { session: now().id, tty: '/dev/pts/1', focused: false };
    app.tmux = { ...app.tmux, clients: async () => [client] };
    expect(refused(await park()).reason).toContain('Somebody is in the session');
  });

  test('while a command of it runs beside, as its own file says', async () => {
    const { shop, app, now, park } = await resting();
    shop.files.set(now().pid ?? 0, {
      ...{ status: 'shell', statusUpdatedAt: app.clock.now(), waitingFor: null },
      claudeSessionId: 'c',
    });
    expect(refused(await park()).reason).toContain('not at rest');
  });

  test('whose conversation holds nothing to resume', async () => {
    const { app, park } = await resting();
    app.claude = { ...app.claude, hasConversation: () => false };
    expect(refused(await park()).reason).toContain('could not be resumed');
  });

  test('in the middle of a round', async () => {
    const { app, id, park } = await resting();
    const { id: _id, ...round } = aRound({
      taskId: id,
      kind: 'fix',
      pullRequestId: null,
      endedAt: null,
    });
    app.store.write(() => app.store.rounds.add(round, { kind: 'x', source: 'claustre', at: '' }));
    expect(refused(await park()).reason).toContain('round');
  });
});

describe('waking', () => {
  test('starts its conversation again, without a word', async () => {
    const { shop, app, tmux, id, now, park } = await resting();
    const { claudeSessionId } = now();
    granted(await park());
    const [launched] = granted(await launchTask.run(app, { task: [id] }));
    expect(launched?.says).toContain('Resumed');
    expect(tmux.started).toHaveLength(2);
    expect(now()).toMatchObject({ parkedAt: null, claudeSessionId, state: 'open' });
    expect(now().activity.name).toBe('starting');
    expect(shop.task(id).status).toBe('working');
    expect(app.store.attempts.ofTask(id)).toMatchObject([{ outcome: WHY }, { endedAt: null }]);
  });

  test('tells an autonomous Claude nothing either: it was not interrupted', async () => {
    const { shop, app, id, now, set, park } = await resting();
    app.store.write(() =>
      app.store.tasks.update(id, { mode: 'autonomous' }, { kind: 'x', source: 'person', at: '' }),
    );
    const prompts: (string | null)[] = [];
    const { prepare } = app.claude;
    app.claude = {
      ...app.claude,
      prepare: (launch) => {
        prompts.push(launch.prompt);
        return prepare(launch);
      },
    };
    granted(await park());
    await launchTask.run(app, { task: [id] });
    set({ activity: { name: 'ended', source: 'pane', since: app.clock.now(), detail: null } });
    expect(now().parkedAt).toBeNull();
    await launchTask.run(app, { task: [id] });
    expect(prompts).toEqual([null, expect.stringContaining('interrupted')]);
    expect(shop.task(id).status).toBe('working');
  });

  test('that fails leaves it parked', async () => {
    const { app, shop, tmux, id, now, park } = await resting();
    granted(await park());
    const parked = now();
    tmux.panes = [];
    tmux.broken = { refused: true, code: 'refused', reason: 'tmux is broken.' } as never;
    refused(await launchTask.run(app, { task: [id] }));
    expect(now()).toMatchObject({ parkedAt: parked.parkedAt, activity: parked.activity });
    expect(shop.task(id).status).toBe('working');
  });

  test('of one whose parking was cut off ends the Claude that lives first', async () => {
    const { app, tmux, id, now, set } = await resting();
    const ended: number[] = [];
    const { hangUp } = app.host;
    app.host = {
      ...app.host,
      hangUp: (pid) => {
        ended.push(pid);
        hangUp(pid);
      },
    };
    const { pid } = now();
    set({ parkedAt: app.clock.now() });
    granted(await launchTask.run(app, { task: [id] }));
    expect(ended).toEqual([pid]);
    expect(tmux.started).toHaveLength(2);
  });
});
