import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { type Journey, journey } from '../support/journey.ts';
import { person } from '../support/person.ts';
import { waitFor } from '../support/wait-for.ts';

const ASKS = 'Do it.\n\n```sh ask\necho done > done.txt\n```';
const QUESTION = 'Do it.\n\n```question\nWhich db?\n- SQLite\n- Postgres\n```';
const PLAN = 'Do it.\n\n```plan\n1. do\n2. done\n```';

async function asking(prompt: string, kind: string): Promise<Journey> {
  const world = await journey({ remote: false });
  await world.json('add-task', 'app', 'Ask me', '-d', prompt, '--launch');
  await asks(world, 1, kind);
  return world;
}

function asks({ until }: Journey, task: number, kind: string) {
  return until(
    'it asks',
    task,
    ({ session }) => session?.activity === kind && session.source === 'hook',
  );
}

/** Process ids of the hooks that wait for an answer. */
function waiting({ claustreHome }: Journey): string[] {
  const listed = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' });
  return listed
    .split('\n')
    .filter((line) => line.includes(`hook-permission.cjs ${claustreHome}`))
    .map((line) => line.trim().split(' ')[0] ?? '');
}

test('a permission that is allowed by a command lets Claude go on, without anybody in its pane', async () => {
  const world = await asking(ASKS, 'permission');
  expect(waiting(world)).toHaveLength(1);
  expect(await world.json('answer', '1')).toEqual({
    behavior: 'allow',
    answered: [{ task: 1, kind: 'permission', text: 'Bash: echo done > done.txt' }],
    refused: [],
  });
  await world.turnEnds(1);
  expect(await world.screen(1)).toContain('Allowed by PermissionRequest hook');
  expect(waiting(world)).toEqual([]);
  expect(await world.claustre('answer', '1')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('Claude asks nothing in #1.'),
  });
});

test('a permission that is denied with a reason tells Claude the reason', async () => {
  const world = await asking(ASKS, 'permission');
  const denied = await world.claustre('answer', '1', '--deny', 'Write to src instead.');
  expect(denied).toMatchObject({
    exitCode: 0,
    stdout: 'Denied in #1: Bash: echo done > done.txt\n',
  });
  await world.turnEnds(1);
  expect(await world.screen(1)).toContain('Error: Write to src instead.');
});

test('a question is answered by a choice, and not without one', async () => {
  const world = await asking(QUESTION, 'question');
  expect(await world.claustre('answer', '1')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('1 SQLite, 2 Postgres'),
  });
  expect(await world.claustre('answer', '1', '--choice', '2')).toMatchObject({ exitCode: 0 });
  await world.turnEnds(1);
  expect(await world.screen(1)).toContain('Which db? → Postgres');
});

test('a plan is approved', async () => {
  const world = await asking(PLAN, 'plan');
  expect(await world.claustre('answer', '1')).toMatchObject({ exitCode: 0 });
  await world.turnEnds(1);
});

test('what is answered in the pane, with yes or no, leaves no hook behind', async () => {
  const world = await asking(ASKS, 'permission');
  await world.keys(1, 'Enter');
  await world.turnEnds(1);
  await waitFor('the hook to end', () => waiting(world).length === 0);
  await world.claustre('send', '1', ASKS);
  await asks(world, 1, 'permission');
  await world.keys(1, 'Escape');
  await waitFor('the hook to end', () => waiting(world).length === 0);
  expect(await world.claustre('answer', '1')).toMatchObject({ exitCode: 1 });
});

test('a Claude that is killed while it asks leaves no hook behind', async () => {
  const world = await asking(ASKS, 'permission');
  const { session } = await world.show(1);
  const pid = world.tmux('list-panes', '-t', `=${session?.id}:`, '-F', '#{pane_pid}');
  process.kill(Number(pid), 'SIGKILL');
  await waitFor('the hook to end', () => waiting(world).length === 0);
});

test('in the dashboard one key allows, one denies with a reason, a digit chooses, and equal requests are one', async () => {
  const world = await journey({ remote: false });
  const prompts = [ASKS, ASKS, ASKS.replace('done', 'other'), QUESTION];
  for (const [index, prompt] of prompts.entries()) {
    await world.json('add-task', 'app', `Ask ${index + 1}`, '-d', prompt, '--launch');
    await asks(world, index + 1, index === 3 ? 'question' : 'permission');
  }
  const { press, types, sees } = await person(world, { columns: 110, rows: 34 });
  await sees('4 need you');
  press('w');
  await sees(/▸ permission .*2 sessions: Bash: echo done > done.txt .*y allow/);
  press('y');
  await sees(/▸ ✓ .*2 sessions/);
  await sees('2 need you');
  for (const task of [1, 2]) {
    await world.turnEnds(task);
    expect(await world.screen(task)).toContain('Allowed by PermissionRequest hook');
  }
  press('w');
  await sees(/▸ permission .*#3 Bash: echo other/);
  press('n');
  await sees('Why not?');
  types('Not that file.');
  press('Enter');
  await world.turnEnds(3);
  expect(await world.screen(3)).toContain('Error: Not that file.');
  press('w');
  await sees(/▸ question .*#4 Which db\?/);
  press('2');
  await world.turnEnds(4);
  expect(await world.screen(4)).toContain('Which db? → Postgres');
  await sees('nothing needs you');
  press('w');
  await sees('Nothing else needs you right now.');
  press('Escape');
  await sees('Task Queue');
  expect(waiting(world)).toEqual([]);
});
