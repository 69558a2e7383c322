import { expect, test } from 'vitest';
import { journey } from '../support/journey.ts';

test('of two launches at the same moment one starts the task and the other says that it is under way', async () => {
  const { claustre, json, turnEnds, repo, tmux } = await journey({ remote: false });
  await json('add-task', 'app', 'Once', '-d', 'Hello.');
  const both = await Promise.all([claustre('launch', '1'), claustre('launch', '1')]);
  const started = both.filter(({ stdout }) => stdout.includes('Launched #1'));
  const other = both.filter(({ stdout }) => !stdout.includes('Launched #1'));
  expect(started).toHaveLength(1);
  expect(started[0]).toMatchObject({ exitCode: 0 });
  const said = other.map(({ exitCode, stdout, stderr }) => `${exitCode} ${stdout}${stderr}`);
  expect(said).toEqual([expect.stringMatching(/^(0 #1 already works|1 #1 is being launched)/)]);
  const task = await turnEnds(1);
  expect(repo.git('worktree', 'list', '--porcelain').match(/^worktree /gm)).toHaveLength(2);
  const sessions = tmux('list-sessions', '-F', '#{session_name}').split('\n');
  expect(sessions.filter((name) => /^[0-9a-f]/.test(name))).toEqual([task.session?.id]);

  const again = await claustre('launch', '1');
  expect(again).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('already works') });
});

test('a task that waits for another is not launched before that one is done', async () => {
  const { claustre, json } = await journey({ remote: false });
  await json('add-task', 'app', 'First', '-d', 'Hello.');
  const second = await json('add-task', 'app', 'Second', '-d', 'Hello.', '--after', '1');
  expect(second).toMatchObject({ waits: 'after #1', after: [1] });
  expect(await claustre('launch', '2')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('waits for #1'),
  });
  expect((await claustre('edit', '1', '--after', '2')).exitCode).toBe(1);
  expect((await claustre('done', '1', '--yes')).exitCode).toBe(0);
  expect(await json('launch', '2')).toMatchObject({ id: 2, status: 'working', waits: null });
});
