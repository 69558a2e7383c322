import { expect, test } from 'vitest';
import type { ActivityName } from '#domain/activity.ts';
import { sendToSession } from '#operations/session/send.ts';
import { recordHook } from '#operations/session/update.ts';
import { launchTask } from '#operations/task/launch.ts';
import { granted, launchedTask, refused, workshop } from '../../support/workshop.ts';

/** A session of a Claude that prints, whose last turn left it so. */
async function printing(name: ActivityName) {
  const shop = workshop();
  const { app, tmux } = shop;
  const { id, session } = await launchedTask(shop, { mode: 'autonomous' });
  app.clock.advance(1_000);
  const at = app.clock.now();
  const activity = { name, source: 'hook', since: at, detail: null } as const;
  const turn = { promptedAt: at - 5, turnEndedAt: at, transcriptPath: '/t.jsonl' };
  app.store.write(() =>
    app.store.sessions.update(session.id, { activity, runner: 'headless', ...turn }, null),
  );
  if (name !== 'working') tmux.kill(session.id);
  const prompts: (string | null)[] = [];
  const { prepare } = app.claude;
  app.claude = {
    ...app.claude,
    prepare: async (launch) => {
      prompts.push(launch.prompt);
      app.clock.advance(10);
      const { prompt } = launch;
      const payload = { hook_event_name: 'UserPromptSubmit', prompt };
      const report = { uid: `p${app.clock.now()}`, sessionId: session.id, at: app.clock.now() };
      const prepared = await prepare(launch);
      queueMicrotask(() => recordHook(app.store, { ...report, at: report.at + 5, payload }));
      return prepared;
    },
  };
  const now = () => app.store.sessions.openOf(id);
  return { shop, app, tmux, id, now, prompts };
}

test.each<ActivityName>(['idle', 'ended', 'limited'])(
  'between two turns (%s) a text begins the next one',
  async (name) => {
    const { app, tmux, id, now, prompts } = await printing(name);
    granted(await sendToSession.run(app, { task: id, text: 'Go on, please.' }));
    expect(prompts).toEqual(['Go on, please.\n']);
    expect(tmux.started).toHaveLength(2);
    expect(now()).toMatchObject({ runner: 'headless', parkedAt: null, state: 'open' });
  },
);

test('while it works nothing is told', async () => {
  const { app, id, prompts } = await printing('working');
  expect(refused(await sendToSession.run(app, { task: id, text: 'x' })).reason).toContain(
    'Claude works',
  );
  expect(prompts).toEqual([]);
});

test('a launch between two turns begins none, but opens the screen of Claude where that is wanted', async () => {
  const { app, id, now, prompts } = await printing('idle');
  const [rests] = granted(await launchTask.run(app, { task: [id] }));
  expect(rests?.says).toContain('between two turns');
  expect(prompts).toEqual([]);
  granted(await launchTask.run(app, { task: [id], interactive: true }));
  expect(prompts).toEqual([null]);
  expect(now()?.runner).toBe('interactive');
});

test.each(['open', 'opening'] as const)(
  'the screen of Claude cannot be opened while it works (%s)',
  async (state) => {
    const { app, id, now, prompts } = await printing('working');
    const event = { kind: 'test', source: 'claustre', at: app.clock.iso() } as const;
    const session = now();
    if (session === null) throw new Error('It has no session.');
    app.store.write(() =>
      app.store.sessions.move(session, { ...session, state, movedBy: app.host.pid }, event),
    );
    const no = refused(await launchTask.run(app, { task: [id], interactive: true }));
    expect(no.reason).toContain('Claude works');
    expect(prompts).toEqual([]);
  },
);
