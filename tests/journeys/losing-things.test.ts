import { spawnSync } from 'node:child_process';
import { copyFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isAlive, type Journey, journey } from '../support/journey.ts';
import { waitFor } from '../support/wait-for.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'dist', 'main.js');
const PATIENCE_MS = 20_000;

/** The dashboard in a tmux of its own, beside claustre's; returns how its screen is looked at. */
function openDashboard({ env }: Journey) {
  const outer = (...args: string[]): string => {
    const done = spawnSync('tmux', ['-L', 'outer', '-f', '/dev/null', ...args], {
      env,
      encoding: 'utf8',
    });
    if (done.status === 0) return done.stdout;
    throw new Error(`tmux ${args.join(' ')}: ${done.stderr}`);
  };
  outer('new-session', '-d', '-s', 'screen', '-x', '120', '-y', '40', process.execPath, MAIN);
  const pid = Number(outer('display-message', '-p', '-t', '=screen:', '#{pane_pid}'));
  onTestFinished(async () => {
    outer('kill-server');
    await waitFor('the dashboard to end', () => !isAlive(pid));
  });
  const look = (): string => outer('capture-pane', '-p', '-t', '=screen:');
  const see = (words: string): Promise<string> =>
    waitFor(
      `"${words}" on the screen`,
      () => (look().includes(words) ? look() : null),
      PATIENCE_MS,
    );
  return { see, look, keys: (...keys: string[]) => outer('send-keys', '-t', '=screen:', ...keys) };
}

async function atWork() {
  const world = await journey({ remote: false });
  await world.json('add-task', 'app', 'Tidy up', '-d', 'Hello.', '--launch');
  await world.turnEnds(1);
  const screen = openDashboard(world);
  await screen.see('Tidy up');
  return { ...world, ...screen, database: join(world.claustreHome, 'claustre.db') };
}

test('a database that goes away is said for as long as it is away; nothing is written into the void', async () => {
  const { database, see, look, keys, claustre } = await atWork();
  renameSync(database, `${database}.away`);
  await see('is gone');
  expect(look()).toContain('Tidy up');
  keys('J');
  renameSync(`${database}.away`, database);
  await waitFor('the sentence to go', () => !look().includes('is gone'), PATIENCE_MS);
  expect((await claustre('add-task', 'app', 'After the fright', '-d', 'x')).exitCode).toBe(0);
  await see('After the fright');
});

test('a database that is damaged is said; a good one in its place is read again', async () => {
  const { database, see, claustre } = await atWork();
  copyFileSync(database, `${database}.good`);
  writeFileSync(`${database}.bad`, 'no database '.repeat(2_000));
  renameSync(`${database}.bad`, database);
  await see('is damaged');
  for (const ending of ['-wal', '-shm']) rmSync(`${database}${ending}`, { force: true });
  renameSync(`${database}.good`, database);
  expect((await claustre('list-tasks', 'app')).exitCode).toBe(0);
  await claustre('add-task', 'app', 'Back again', '-d', 'x');
  await see('Back again');
});

test('a tmux server that is killed shows what it took along, and the supervisor comes back with another', async () => {
  const { see, tmux, supervisor } = await atWork();
  const first = await waitFor('the supervisor', () => supervisor());
  tmux('kill-server');
  await see('interrupted');
  await see('The pane of this session is gone.');
  const second = await waitFor(
    'another supervisor',
    () => {
      const pid = supervisor();
      return pid !== first && pid !== null && isAlive(pid) && pid;
    },
    PATIENCE_MS,
  );
  expect(second).not.toBe(first);
});

test('a supervisor that is ended with its pane is started again within seconds', async () => {
  const { see, tmux, supervisor } = await atWork();
  const first = await waitFor('the supervisor', () => supervisor());
  tmux('kill-session', '-t', '=_supervisor');
  await waitFor('its end', () => !isAlive(first));
  await waitFor(
    'another supervisor',
    () => {
      const pid = supervisor();
      return pid !== first && pid !== null && isAlive(pid);
    },
    PATIENCE_MS,
  );
  await see('Tidy up');
});
