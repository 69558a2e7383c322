import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { type Journey, journey } from '../support/journey.ts';
import { type Person, person } from '../support/person.ts';
import { waitFor } from '../support/wait-for.ts';

const said = (program: string, ...args: string[]): string =>
  spawnSync(program, args, { encoding: 'utf8' }).stdout.trim();

/** The clients of claustre's server, without that of the supervisor. */
function clientsOf(world: Journey): string[] {
  const pids = world.tmux('list-clients', '-F', '#{client_pid}').trim().split('\n');
  const parent = (pid: string) => Number(said('ps', '-o', 'ppid=', '-p', pid));
  return pids.filter((pid) => pid !== '' && parent(pid) !== world.supervisor());
}

/** Somebody whose dashboard shows a task with a session. */
async function watcher(): Promise<{ world: Journey; user: Person; dashboard: number }> {
  const world = await journey({ remote: false });
  await world.json('add-task', 'app', 'Talk', '-m', 'exploration', '--launch');
  await world.until('it is idle', 1, (task) => task.session?.activity === 'idle');
  const user = await person(world);
  await user.sees('idle');
  return { world, user, dashboard: Number(said('pgrep', '-P', user.asks('#{pane_pid}'))) };
}

const modes = (user: Person) =>
  user.asks('#{mouse_any_flag} #{bracket_paste_flag} #{cursor_flag} #{alternate_on}');

test.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
  ['SIGHUP', 129],
] as const)(
  'a dashboard that gets %s gives the terminal back and leaves no client',
  async (signal, code) => {
    const { world, user, dashboard } = await watcher();
    user.press('i');
    await user.sees('typing into #1');
    await waitFor('both clients', () => clientsOf(world).length === 2);
    process.kill(dashboard, signal);
    await user.sees(`ended with ${code}`);
    expect(modes(user)).toMatch(/^0 0? ?1 0$/);
    await waitFor('no client', () => clientsOf(world).length === 0);
  },
  60_000,
);

test('a dashboard that is killed leaves no client either', async () => {
  const { world, user, dashboard } = await watcher();
  user.press('i');
  await user.sees('typing into #1');
  await waitFor('both clients', () => clientsOf(world).length === 2);
  process.kill(dashboard, 'SIGKILL');
  await waitFor('no client', () => clientsOf(world).length === 0);
}, 60_000);

test('a dashboard that is ended while a session has the terminal takes it back first', async () => {
  const { world, user, dashboard } = await watcher();
  user.press('Enter');
  await user.sees('stand-in for Claude Code');
  await waitFor('both clients', () => clientsOf(world).length === 2);
  process.kill(dashboard, 'SIGINT');
  process.kill(dashboard, 'SIGTERM');
  await user.sees('ended with 143');
  expect(modes(user)).toMatch(/^0 0? ?1 0$/);
  await waitFor('no client', () => clientsOf(world).length === 0);
}, 60_000);
