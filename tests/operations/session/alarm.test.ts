import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inboxEntries } from '#operations/notification/waiting.ts';
import { watchAlarms } from '#operations/session/alarm.ts';
import { addProject, addSession, addTask, fakeApp } from '../../support/fake-app.ts';

/** A Claude that works and called the same tool so many times. */
function stage(times: number, toml = '[alarm]\nsame_calls = 3\n') {
  const sent: string[] = [];
  const app = fakeApp({
    tmux: {
      sendKeys: async (_, keys) => void sent.push(...keys),
      closePane: async () => void sent.push('closed'),
      panes: async () => [],
    },
  });
  writeFileSync(app.paths.config, toml);
  const task = addTask(app, addProject(app), { status: 'working', mode: 'autonomous' });
  const now = app.clock.now();
  const activity = { name: 'working', source: 'hook', since: now, detail: null } as const;
  const session = addSession(app, task, { activity, promptedAt: now, transcriptPath: '/t' });
  const calls = (count: number): void => {
    const repeated = { key: 'k', text: 'Bash: ls', times: count, at: app.clock.now() };
    const read = { path: '/t', sessionId: session.id, readBytes: 1, recent: [], repeated };
    app.store.progress.setDoing(session.id, { text: 'Bash: ls', since: now });
    app.store.progress.setTranscript(read);
  };
  calls(times);
  const alarm = () => app.store.sessions.find(session.id)?.alarm ?? null;
  const events = () =>
    app.store.events.ofTask(task.id, 20).filter(({ kind }) => kind === 'session.alarm').length;
  return { app, id: task.id, sent, calls, alarm, events };
}

test('one that runs in circles is told once, and taken back when it changes its ways', async () => {
  const { app, id, calls, alarm, events } = stage(3);
  expect(await watchAlarms(app)).toBe(1);
  calls(4);
  await watchAlarms(app);
  expect(alarm()).toBe('the same call again and again: Bash: ls');
  expect(events()).toBe(1);
  expect(inboxEntries(app)).toMatchObject([{ kind: 'alarm', task: id }]);
  calls(1);
  await watchAlarms(app);
  expect([alarm(), events()]).toEqual([null, 2]);
  expect(inboxEntries(app)).toEqual([]);
});

test('where the settings say so its attempt is stopped, and a person lets it go on', async () => {
  const { app, id, sent } = stage(3, '[alarm]\nsame_calls = 3\naction = "stop"\n');
  await watchAlarms(app);
  expect(sent[0]).toBe('Escape');
  expect(app.store.tasks.find(id)).toMatchObject({
    ...{ status: 'interrupted', held: 'looped', errorCode: 'looped' },
    errorText: expect.stringContaining('Bash: ls'),
  });
  expect(inboxEntries(app)).toMatchObject([
    { kind: 'alarm', text: expect.stringContaining(`claustre launch ${id}`) },
  ]);
});
