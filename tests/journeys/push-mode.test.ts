import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commits, journey, script } from '../support/journey.ts';

test('a task in push mode is done as soon as the remote branch is what the worktree has', async () => {
  const { json, reaches, turnEnds, until, claustre, repo, branches } = await journey();
  const prompt = script('Add a page.', commits('page.txt', 'hello'));
  await json('add-task', 'app', 'Add a page', '-d', prompt, '--push', 'push', '--launch');
  const idle = await turnEnds(1);
  expect(idle.status).toBe('working');
  const { branch = '', worktree = '' } = idle.session ?? {};
  const head = repo.in(worktree)('rev-parse', 'HEAD');

  const sent = await claustre('send', '1', script('Push it.', 'git push -q -u origin HEAD'));
  expect(sent).toMatchObject({ exitCode: 0, stderr: '' });
  expect(await reaches(1, 'done')).toMatchObject({ pullRequest: null });
  await until('its session is gone', 1, ({ session }) => session === null);
  expect(repo.in(repo.remote)('rev-parse', branch)).toBe(head);
  expect(existsSync(worktree)).toBe(false);
  expect(branches()).toEqual(['main']);
});
