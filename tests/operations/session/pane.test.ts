import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createClock } from '#adapters/clock.ts';
import type { App } from '#app.ts';
import { changePanes } from '#operations/session/pane.ts';
import { killTask } from '#operations/task/kill.ts';
import { launchTask } from '#operations/task/launch.ts';
import { notExpected } from '../../support/fake-app.ts';
import { ownTmux } from '../../support/own-tmux.ts';
import { waitFor } from '../../support/wait-for.ts';
import { granted, refused, workshop } from '../../support/workshop.ts';

/** A shop over a real tmux, in which sleeping programs play Claude, its shells and the supervisor. */
async function stage(layout = '') {
  const shop = workshop();
  const own = ownTmux();
  const { app } = shop;
  app.tmux = own.tmux;
  app.claude = notExpected<App['claude']>('claude', {
    ...{ readLayers: () => null, isTrusted: () => true, forget: () => undefined },
    ...{ readEnvironment: () => ({}), readSessionsFile: () => null, hasConversation: () => true },
    prepare: async () => ({ argv: ['sleep', '60'], env: {} }),
    writeShell: () => ['sleep', '61'],
  });
  // Programs take their time to end.
  app.clock = { ...createClock(), advance: () => undefined };
  app.host = { ...app.host, isAlive: (pid) => isAlive(pid), kill: () => undefined };
  writeFileSync(join(app.paths.home, 'config.toml'), layout);
  await own.start('_supervisor', ['sleep', '62']);
  const { id } = shop.addTask();
  granted(await launchTask.run(app, { task: [id] }));
  const session = app.store.sessions.openOf(id);
  if (session === null) throw new Error('The launch left no session.');
  const panes = async () => (await own.tmux.panes()).filter((each) => each.session === session.id);
  return {
    ...{ shop, app, own, id, session, panes },
    pane: (action: Parameters<typeof changePanes.run>[1]['action']) =>
      changePanes.run(app, { task: id, action }),
    question: () => changePanes.command?.confirm?.(app, { task: id, action: 'close' }),
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('a split starts a shell in the worktree and gives it the keys', async () => {
  const { own, session, panes, pane } = await stage();
  granted(await pane('right'));
  granted(await pane('down'));
  const all = await panes();
  expect(all.map(({ beside }) => beside ?? false)).toEqual([false, true, true]);
  expect(await own.tmux.focusedPane(session.id)).toBe(all[2]?.pane);
  const where = own.ask('list-panes', '-t', `=${session.id}:`, '-F', '#{pane_start_path}');
  expect(new Set(where.trim().split('\n'))).toEqual(new Set([session.worktree]));
});

test('a shell is closed, the last pane is not', async () => {
  const { id, panes, pane, question } = await stage();
  expect(refused(await pane('close'))).toMatchObject({
    reason: `The last pane of #${id} stays.`,
    hint: `End the session: claustre kill ${id}`,
  });
  expect(refused(await question()).reason).toContain('stays');
  granted(await pane('right'));
  // A shell that runs something else is asked about.
  expect(await question()).toBe(`Close a pane of #${id}? "sleep" runs in it.`);
  expect(granted(await pane('close')).says).toBe(`Closed a shell of #${id}.`);
  expect(await panes()).toHaveLength(1);
});

test.each([
  ['zsh', null],
  ['ssh', '"ssh" runs in it'],
])('of a pane in which %s runs it is asked: %s', async (program, asked) => {
  const { app, own, panes, pane, question } = await stage();
  granted(await pane('right'));
  const shell = (await panes()).find(({ beside }) => beside)?.pane ?? '';
  const path = join(app.paths.home, program);
  symlinkSync('/bin/sleep', path);
  own.ask('respawn-pane', '-k', '-t', shell, path, '63');
  await waitFor('the program to run', async () =>
    (await panes()).some(({ command }) => command === program),
  );
  const said = await question();
  if (asked === null) expect(said).toBeNull();
  else expect(said).toContain(asked);
});

test("the end of Claude's own pane is asked for, interrupts the task, and a launch brings it back", async () => {
  const { app, shop, id, session, panes, pane, question } = await stage();
  granted(await pane('right'));
  expect(granted(await pane('next')).says).toContain('Claude');
  expect(await question()).toBe(`Close the pane of Claude in #${id}? Its turn ends.`);
  expect(granted(await pane('close')).says).toContain(`claustre launch ${id}`);
  expect(shop.task(id).status).toBe('interrupted');
  const [shell] = await panes();
  expect(shell).toMatchObject({ beside: true });
  granted(await launchTask.run(app, { task: [id] }));
  const now = app.store.sessions.openOf(id);
  const after = await panes();
  expect(after.map(({ pid }) => pid)).toContain(shell?.pid);
  expect(after.find((each) => each.pane === now?.pane)).toMatchObject({ pid: now?.pid });
  expect(now?.id).toBe(session.id);
  expect(shop.task(id).status).toBe('working');
});

test('shells that come and go change nothing of what is known of Claude', async () => {
  const { app, id, panes, pane } = await stage();
  granted(await pane('right'));
  const before = app.store.sessions.openOf(id);
  const shell = (await panes()).find(({ beside }) => beside);
  process.kill(shell?.pid ?? 0);
  await waitFor('the shell to go', async () => (await panes()).length === 1);
  expect(refused(await pane('next')).hint).toContain(`claustre pane ${id} right`);
  expect(app.store.sessions.openOf(id)).toEqual(before);
  granted(await pane('zoom'));
});

test('the end of the session ends all of its panes before its worktree is saved', async () => {
  const { app, id, session, panes, pane, own } = await stage();
  // A program that does not end at once when its terminal goes.
  const stubborn = join(app.paths.home, 'shell.sh');
  writeFileSync(stubborn, 'trap "" HUP\nsleep 0.5\n');
  app.claude = notExpected<App['claude']>('claude', {
    forget: () => undefined,
    writeShell: () => ['/bin/sh', stubborn],
    readEnvironment: () => ({}),
    readSessionsFile: () => null,
  });
  granted(await pane('right'));
  const pids = (await panes()).map(({ pid }) => pid);
  expect(pids).toHaveLength(2);
  let alive: number[] | undefined;
  const { saveWork } = app.git;
  app.git = notExpected<App['git']>('git', {
    ...app.git,
    saveWork: async (request) => {
      alive = pids.filter(isAlive);
      return saveWork(request);
    },
  });
  granted(await killTask.run(app, { task: id }));
  expect(alive).toEqual([]);
  expect((await own.tmux.panes()).map((each) => each.session)).toEqual(['_supervisor']);
  expect(app.store.sessions.find(session.id)?.state).toBe('closed');
});

test('a launch opens the panes of [layout], with the keys for Claude', async () => {
  const { own, app, id, session, panes } = await stage(
    '[layout]\nratio = 30\nfirst = "shell"\n[layout.second]\ntype = "split"\ndirection = "vertical"\nratio = 80\nfirst = "claude"\nsecond = { pane = "shell" }\n',
  );
  const all = await panes();
  expect(all).toHaveLength(3);
  const claude = all.find(({ beside }) => !beside);
  expect(claude?.pane).toBe(app.store.sessions.openOf(id)?.pane);
  expect(await own.tmux.focusedPane(session.id)).toBe(claude?.pane);
  // 200 × 50 cells, less a border each way.
  expect(claude?.width).toBeGreaterThan(135);
  expect(claude?.height).toBeGreaterThan(37);
  expect(
    all
      .filter(({ beside }) => beside)
      .map(({ width }) => width)
      .sort(),
  ).toEqual([claude?.width, 200 - 1 - (claude?.width ?? 0)]);
});
