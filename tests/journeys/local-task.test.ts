import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { TaskView } from '#domain/task-view.ts';
import { commits, journey, script } from '../support/journey.ts';

test('a local task goes from a prompt to a merge commit on main', async () => {
  const { claustre, json, reaches, until, repo, branches } = await journey({ remote: false });
  const prompt = script('Add a page.', commits('page.txt', 'hello page'));
  const added = await json('add-task', 'app', 'Add a page', '-d', prompt, '-m', 'autonomous');
  expect(added).toMatchObject({ id: 1, status: 'pending', push: 'local', session: null });

  await claustre('launch', '1');
  const reviewed = await reaches(1, 'in_review');
  const { branch, worktree } = reviewed.session ?? {};
  expect(branch).toMatch(/^task\/add-a-page-[0-9a-f]{8}$/);
  // What it was launched for is delivered: its Claude is ended, and its worktree stays.
  await until('its Claude to be ended', 1, ({ session }) => session?.activity === 'ended');
  expect(repo.git('rev-parse', '--abbrev-ref', 'HEAD')).toBe('main');
  expect(existsSync(join(repo.path, 'page.txt'))).toBe(false);

  const diff = await claustre('diff', '1');
  expect(diff).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('+hello page') });
  expect(await json<unknown[]>('inbox')).toMatchObject([{ kind: 'ready_to_merge', task: 1 }]);

  const asked = await claustre('merge', '1');
  expect(asked).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('--yes') });
  const merged = await json<{ commit: string }>('merge', '1', '--yes');
  expect(repo.git('rev-parse', 'main')).toBe(merged.commit);
  expect(repo.git('rev-list', '--parents', '-1', 'main').split(' ')).toHaveLength(3);
  expect(readFileSync(join(repo.path, 'page.txt'), 'utf8')).toBe('hello page\n');
  expect(repo.git('status', '--porcelain')).toBe('');

  const done = await json<TaskView>('show', '1');
  expect(done).toMatchObject({ status: 'done', session: null });
  expect(done.completedAt).not.toBeNull();
  expect(done.usage.costUsd).toBeGreaterThan(0);
  expect(existsSync(worktree ?? '')).toBe(false);
  expect(branches()).toEqual(['main']);
  expect(await json('inbox')).toEqual([]);
});

test('of two tasks that change the same line the second is shown as a conflict with its file, and merges once it is resolved', async () => {
  const { claustre, json, reaches, repo, until } = await journey({ remote: false });
  for (const word of ['red', 'blue']) {
    const prompt = script(`Make it ${word}.`, commits('color.txt', word));
    await json('add-task', 'app', `Make it ${word}`, '-d', prompt, '--launch');
  }
  await reaches(1, 'in_review');
  await reaches(2, 'in_review');
  expect((await claustre('merge', '1', '--yes')).exitCode).toBe(0);
  await reaches(2, 'conflict');
  expect(await json<unknown[]>('inbox')).toMatchObject([{ kind: 'conflict', task: 2 }]);
  const before = repo.git('rev-parse', 'main');
  const refused = await claustre('merge', '2', '--yes');
  expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('color.txt') });
  expect(repo.git('rev-parse', 'main')).toBe(before);

  const resolve = script(
    'Merge main.',
    'git merge -q main || true',
    "printf 'red and blue\\n' > color.txt; git add . && git commit -q -m 'Merge main'",
  );
  expect(await claustre('send', '2', resolve)).toMatchObject({ exitCode: 0 });
  await until('it is in review again', 2, ({ status }) => status === 'in_review');
  expect((await claustre('merge', '2', '--yes')).exitCode).toBe(0);
  expect(repo.git('show', 'main:color.txt')).toBe('red and blue');
});
