import { expect, test } from 'vitest';
import type { App, TmuxClient } from '#app.ts';
import { foldActivity } from '#domain/activity.ts';
import type { Session } from '#domain/session.ts';
import { sessionsDuty } from '#supervisor/sessions.ts';
import { fakeApp, notExpected } from '../support/fake-app.ts';

/** A duty with one session that needs no look, and a tmux whose connection comes when it is let in. */
function stage() {
  const connection = Promise.withResolvers<TmuxClient>();
  const seen = { connects: 0, closed: 0, looks: 0 };
  const client = notExpected<TmuxClient>('client', {
    panes: async () => {
      seen.looks += 1;
      return [];
    },
    setNeeds: async () => undefined,
    onClose: () => undefined,
    close: () => {
      seen.closed += 1;
    },
  });
  const tmux: Partial<App['tmux']> = {
    connect: () => {
      seen.connects += 1;
      return connection.promise;
    },
    panes: async () => [],
  };
  const activity = foldActivity(null, { kind: 'launched', at: 0 });
  const session = { state: 'closing', activity } as Session;
  const duty = sessionsDuty(fakeApp({ tmux }), { list: () => [session] });
  return { duty, seen, letIn: () => connection.resolve(client) };
}

test('one connection serves every look, and is closed with the duty', async () => {
  const { duty, seen, letIn } = stage();
  letIn();
  await duty.run();
  await duty.run();
  duty.close();
  expect(seen).toEqual({ connects: 1, closed: 1, looks: 2 });
});

test('a connection that arrives after the end is closed again, and no other is asked for', async () => {
  const { duty, seen, letIn } = stage();
  const running = duty.run();
  duty.close();
  letIn();
  await running;
  await duty.run();
  expect(seen).toEqual({ connects: 1, closed: 1, looks: 0 });
});
