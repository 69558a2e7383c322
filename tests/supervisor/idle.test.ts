import { expect, test } from 'vitest';
import { unreadPullRequest } from '#domain/pull-request/pull-request.ts';
import { idleDuty } from '#supervisor/idle.ts';
import { addProject, addTask, fakeApp } from '../support/fake-app.ts';

const MINUTE = 60_000;

/** A supervisor with nothing to do, which is asked whether it has ended. */
function idle() {
  const app = fakeApp({ host: { beat: () => undefined } });
  const project = addProject(app);
  const duty = idleDuty(app, { isNeeded: () => false });
  let ended = false;
  void duty.ended.then(() => {
    ended = true;
  });
  return {
    app,
    /** Merged now, and not landed. */
    merged() {
      const task = addTask(app, project, { status: 'done' });
      const url = 'https://github.com/acme/app/pull/1';
      const address = { host: 'github.com', repository: 'acme/app', number: 1, url };
      const at = app.clock.iso();
      const row = unreadPullRequest({ taskId: task.id, ...address, createdAt: at });
      return app.store.write(() =>
        app.store.pullRequests.add(
          { ...row, state: 'merged', mergedAt: at },
          { kind: 'pull_request.add', source: 'supervisor', at },
        ),
      );
    },
    async endsAfter(ms: number): Promise<boolean> {
      app.clock.advance(ms);
      await duty.run();
      return ended;
    },
  };
}

test('with nothing to supervise it ends itself after a minute', async () => {
  const { endsAfter } = idle();
  expect(await endsAfter(MINUTE)).toBe(false);
  expect(await endsAfter(1)).toBe(true);
});

test('it stays until a merged pull request has landed', async () => {
  const { app, merged, endsAfter } = idle();
  const { id } = merged();
  expect(await endsAfter(2 * MINUTE)).toBe(false);
  app.store.write(() => app.store.pullRequests.update(id, { landedAt: app.clock.iso() }, null));
  expect(await endsAfter(2 * MINUTE)).toBe(true);
});

test('a landing that is stuck does not keep it for ever', async () => {
  const { merged, endsAfter } = idle();
  merged();
  expect(await endsAfter(23 * 60 * MINUTE)).toBe(false);
  expect(await endsAfter(2 * 60 * MINUTE)).toBe(true);
});
