import { copyFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isAlive, journey } from '../support/journey.ts';
import { person } from '../support/person.ts';
import { waitFor } from '../support/wait-for.ts';

const PATIENCE_MS = 20_000;

async function atWork() {
  const world = await journey({ remote: false });
  await world.json('add-task', 'app', 'Tidy up', '-d', 'Hello.', '--launch');
  await world.turnEnds(1);
  const { sees, reads, press } = await person(world);
  await sees('Tidy up');
  return { ...world, sees, reads, press, database: join(world.claustreHome, 'claustre.db') };
}

test('a database that goes away is said for as long as it is away; nothing is written into the void', async () => {
  const { database, sees, reads, press, claustre } = await atWork();
  renameSync(database, `${database}.away`);
  await sees('is gone');
  expect(reads()).toContain('Tidy up');
  press('J');
  renameSync(`${database}.away`, database);
  await waitFor('the sentence to go', () => !reads().includes('is gone'), PATIENCE_MS);
  expect((await claustre('add-task', 'app', 'After the fright', '-d', 'x')).exitCode).toBe(0);
  await sees('After the fright');
});

test('a database that is damaged is said; a good one in its place is read again', async () => {
  const { database, sees, claustre } = await atWork();
  copyFileSync(database, `${database}.good`);
  writeFileSync(`${database}.bad`, 'no database '.repeat(2_000));
  renameSync(`${database}.bad`, database);
  await sees('is damaged');
  for (const ending of ['-wal', '-shm']) rmSync(`${database}${ending}`, { force: true });
  renameSync(`${database}.good`, database);
  expect((await claustre('list-tasks', 'app')).exitCode).toBe(0);
  await claustre('add-task', 'app', 'Back again', '-d', 'x');
  await sees('Back again');
});

test('a tmux server that is killed shows what it took along, and the supervisor comes back with another', async () => {
  const { sees, tmux, supervisor } = await atWork();
  const first = await waitFor('the supervisor', () => supervisor());
  tmux('kill-server');
  await sees('interrupted');
  await sees('The pane of this session is gone.');
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
  const { sees, tmux, supervisor } = await atWork();
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
  await sees('Tidy up');
});
