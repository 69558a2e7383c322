import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { journey, script } from '../support/journey.ts';

test('the setup of a project runs before the agent, with a log', async () => {
  const config = '[worktree]\nsetup = "echo preparing; pwd > prepared.txt"\n';
  const { json, turnEnds, claustre, screen } = await journey({ remote: false, config });
  await json('add-task', 'app', 'Use it', '-d', script('Look.', 'cat prepared.txt'), '--launch');
  const idle = await turnEnds(1);
  const log = await claustre('logs', '1', '--setup');
  expect(log).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('preparing') });
  expect(await screen(1)).toContain(idle.session?.worktree);
});

test('a setup that fails leaves the task pending with its log and worktree, and retry runs it again', async () => {
  const config = '[worktree]\nsetup = "echo checking the licence; test -e ../../../../licence"\n';
  const world = await journey({ remote: false, config });
  const { json, until, turnEnds, claustre, repo } = world;
  const launched = await claustre('add-task', 'app', 'Use it', '-d', 'Hello.', '--launch');
  expect(launched).toMatchObject({ exitCode: 0 });
  const failed = await until('its setup failed', 1, ({ waits }) => waits === 'setup failed');
  expect(failed).toMatchObject({ status: 'pending' });
  expect(await json<unknown[]>('inbox')).toMatchObject([{ kind: 'setup_failed', task: 1 }]);
  const log = await claustre('logs', '1', '--setup');
  expect(log.stdout).toContain('checking the licence');
  const worktree = failed.session?.worktree ?? '';
  expect(existsSync(worktree)).toBe(true);

  const licence = join(worktree, '..', '..', '..', '..', 'licence');
  expect(licence.startsWith(repo.root)).toBe(true);
  writeFileSync(licence, '');
  expect(await claustre('retry', '1')).toMatchObject({ exitCode: 0, stderr: '' });
  const idle = await turnEnds(1);
  expect(idle).toMatchObject({ status: 'working', waits: null, session: { worktree } });
  expect(await json('inbox')).toEqual([]);
});
