import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { journey, script } from '../support/journey.ts';

test('each worktree has ports of its own, and its setup, its Claude and its shells know them', async () => {
  const setup = 'echo \\"$CLAUSTRE_PORT $CLAUSTRE_TASK\\" > setup.env';
  const world = await journey({
    remote: false,
    config: `[worktree]\nsetup = "${setup}"\nports = 2\nfirst_port = 41000\n`,
  });
  const { json, turnEnds } = world;
  const env = 'env | grep ^CLAUSTRE_ | sort > claude.env';
  await json('add-task', 'app', 'One', '-d', script('Look.', env), '-m', 'exploration', '--launch');
  await json('add-task', 'app', 'Two', '-d', script('Look.', env), '-m', 'exploration', '--launch');
  const [one, two] = [await turnEnds(1), await turnEnds(2)];
  const [first, second] = [one.session?.port ?? 0, two.session?.port ?? 0];
  expect(one.session).toMatchObject({ portCount: 2 });
  expect(Math.abs(first - second)).toBeGreaterThanOrEqual(2);

  const read = (name: string): string =>
    readFileSync(join(two.session?.worktree ?? '', name), 'utf8');
  expect(read('setup.env')).toBe(`${second} 2\n`);
  expect(read('claude.env').split('\n')).toEqual(
    expect.arrayContaining([
      `CLAUSTRE_PORT=${second}`,
      `CLAUSTRE_PORT_1=${second + 1}`,
      `CLAUSTRE_SESSION_ID=${two.session?.id}`,
      `CLAUSTRE_SLUG=${two.session?.worktree.split('/').at(-1)}`,
      'CLAUSTRE_TASK=2',
      `CLAUSTRE_WORKTREE=${two.session?.worktree}`,
    ]),
  );
  const shell = readFileSync(
    join(world.claustreHome, 'sessions', `${two.session?.id}`, 'shell.sh'),
  );
  expect(shell.toString()).toContain(`export CLAUSTRE_PORT='${second}'`);
  expect((await world.claustre('show', '2')).stdout).toContain(`${second}–${second + 1}`);
}, 60_000);
