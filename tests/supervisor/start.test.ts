import { describe, expect, test } from 'vitest';
import type { TmuxClient } from '#adapters/tmux/tmux.ts';
import { launchTask } from '#operations/task/launch.ts';
import { startSupervisor } from '#supervisor/start.ts';
import { waitFor } from '../support/wait-for.ts';
import { granted, type Workshop, workshop } from '../support/workshop.ts';

/** A shop whose control client tells the panes of its fake tmux, and whose waits pass by the real clock. */
function supervised(): { shop: Workshop; labels: Map<string, string>; stop: () => Promise<void> } {
  const shop = workshop();
  const labels = new Map<string, string>();
  const client: TmuxClient = {
    panes: async () => shop.tmux.panes,
    capture: async () => [],
    watch: () => () => undefined,
    setLabel: async (session, { text }) => void labels.set(session, text),
    setNeeds: async () => undefined,
    onClose: () => undefined,
    close: () => undefined,
  };
  const { tmux } = shop.app;
  shop.app.tmux = {
    ...tmux,
    socket: tmux.socket,
    panes: tmux.panes,
    createSession: tmux.createSession,
    endSession: tmux.endSession,
    connect: async () => client,
  };
  const ended = new AbortController();
  const running = startSupervisor(shop.app, ended.signal);
  return {
    shop,
    labels,
    stop: () => {
      ended.abort();
      return running;
    },
  };
}

describe('the supervisor', () => {
  test('sees a Claude that was killed, and keeps the labels of the panes true', async () => {
    const { shop, labels, stop } = supervised();
    const { id } = shop.addTask();
    granted(await launchTask.run(shop.app, { task: [id] }));
    const session = shop.app.store.sessions.openOf(id)?.id ?? '';
    await waitFor('the label of a start', () => labels.get(session)?.startsWith(`◔ #${id}`));
    shop.tmux.kill(session);
    await waitFor('the task to be interrupted', () => shop.task(id).status === 'interrupted');
    await waitFor('the label of an end', () => labels.get(session)?.startsWith(`□ #${id}`));
    await stop();
  });

  test('delivers a local task when its turn has ended', async () => {
    const { shop, stop } = supervised();
    const { id } = shop.addTask();
    granted(await launchTask.run(shop.app, { task: [id] }));
    const session = shop.app.store.sessions.openOf(id);
    shop.repo.commit({ 'a.txt': 'a' }, session?.worktree);
    shop.app.store.write(() =>
      shop.app.store.sessions.update(
        session?.id ?? '',
        { turnEndedAt: shop.app.clock.now() + 1 },
        null,
      ),
    );
    await waitFor('the task to be in review', () => shop.task(id).status === 'in_review');
    await stop();
  });

  test('writes nothing while nothing happens', async () => {
    const { shop, stop } = supervised();
    const { id } = shop.addTask();
    granted(await launchTask.run(shop.app, { task: [id] }));
    let panesRead = 0;
    const { panes } = shop.app.tmux;
    shop.app.tmux = { ...shop.app.tmux, panes };
    // A session that is new to it is measured once.
    await waitFor('the work to be measured', () => shop.app.store.snapshot().progress.size > 0);
    const before = shop.app.store.ownChanges();
    const session = shop.tmux.panes.at(-1);
    Object.defineProperty(session, 'command', {
      get: () => {
        panesRead += 1;
        return 'claude';
      },
    });
    await waitFor('three looks', () => panesRead >= 3);
    expect(shop.app.store.ownChanges()).toBe(before);
    await stop();
  });
});
