import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Comment } from '#domain/review/comment.ts';
import { isAlive, type Journey, journey, script } from '../support/journey.ts';
import { waitFor } from '../support/wait-for.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'dist', 'main.js');

/** The dashboard in a tmux that plays the person's terminal. */
function openDashboard({ env }: Journey) {
  const terminal = (...args: string[]): string => {
    const done = spawnSync('tmux', ['-u', '-L', 'terminal', '-f', '/dev/null', ...args], {
      env,
      encoding: 'utf8',
    });
    if (done.status === 0) return done.stdout;
    throw new Error(`tmux ${args.join(' ')}: ${done.stderr}`);
  };
  terminal('new-session', '-d', '-s', 'screen', '-x', '120', '-y', '30', process.execPath, MAIN);
  const pid = Number(terminal('display-message', '-p', '-t', '=screen:', '#{pane_pid}'));
  onTestFinished(async () => {
    terminal('kill-server');
    await waitFor('the dashboard to end', () => !isAlive(pid));
  });
  const look = (): string => terminal('capture-pane', '-p', '-t', '=screen:');
  return {
    look,
    see: (words: string) =>
      waitFor(`"${words}" on the screen`, () => (look().includes(words) ? look() : null), 20_000),
    press: (...keys: string[]) => terminal('send-keys', '-t', '=screen:', ...keys),
  };
}

/** A program that says on the screen how it was called, and ends with a key. */
function program(world: Journey, name: string): string {
  const path = join(world.repo.root, 'bin', name);
  const lines = ['#!/bin/sh', `clear; echo "${name} in $(pwd) with $*"`, 'read -r line'];
  writeFileSync(path, `${lines.join('\n')}\n`);
  chmodSync(path, 0o755);
  return name;
}

async function atWork() {
  const world = await journey({ remote: false });
  program(world, 'my-editor');
  program(world, 'my-git');
  mkdirSync(world.claustreHome, { recursive: true });
  writeFileSync(
    join(world.claustreHome, 'config.toml'),
    '[tools]\neditor = "my-editor +{line} {file}"\ngit = "my-git --all"\n',
  );
  const text = 'one\\ntwo\\nthree\\nfour\\n';
  const work = `printf '${text}' > prices.txt && printf 'x\\n' > notes.txt && git add . && git commit -qm 'Prices'`;
  await world.json('add-task', 'app', 'Prices', '-d', script('Add prices.', work), '--launch');
  const idle = await world.turnEnds(1);
  return { ...world, worktree: idle.session?.worktree ?? '', screen: openDashboard(world) };
}

test('the work of a task is read, searched, marked and commented, and Claude gets all comments as one prompt', async () => {
  const { screen, json, show, transcript, until, claustre, worktree } = await atWork();
  await screen.see('Prices');
  screen.press('D');
  await screen.see('Diff of #1');
  await screen.see('+three');
  screen.press('/');
  screen.press('-l', 'two');
  await screen.see('/two');
  screen.press('Enter', 'V', 'Down', 'c');
  await screen.see('Comment on prices.txt:2-3');
  screen.press('-l', 'Why two of them?');
  await screen.see('Why two of them?');
  screen.press('Enter');
  await screen.see('1 draft');
  expect(await json<Comment[]>('comments', '1')).toMatchObject([
    { file: 'prices.txt', fromLine: 2, toLine: 3, quote: '+two\n+three', sentAt: null },
  ]);
  // The other one is said by a command.
  await json('comment', '1', 'notes.txt:1', 'Say more.');
  screen.press('R');
  await screen.see('2 drafts');
  screen.press('Space');
  await screen.see('1 viewed');

  screen.press('s');
  await screen.see('Claude took 2 comments.');
  await until('it has answered', 1, ({ session }) => session?.activity === 'idle');
  const prompts = transcript(await show(1)).flatMap(({ type, message }) =>
    type === 'user' && typeof message?.content === 'string' ? [message.content] : [],
  );
  const [, said, ...more] = prompts;
  expect(more).toEqual([]);
  expect(said).toContain('2 review comments');
  expect(said).toContain('prices.txt:2-3\n\n```diff\n+two\n+three\n```\n\nWhy two of them?');
  expect(said).toContain('notes.txt:1');
  const comments = await json<Comment[]>('comments', '1');
  expect(comments.map(({ sentAt }) => sentAt)).toEqual([expect.any(String), expect.any(String)]);
  expect(await claustre('send-comments', '1')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('no draft comments'),
  });

  screen.press('Escape');
  await screen.see('Enter session');
  screen.press('D');
  await screen.see('1 viewed');
  writeFileSync(join(worktree, 'prices.txt'), 'one\n');
  screen.press('R');
  await waitFor(
    'the mark to go',
    () => !screen.look().includes('viewed,') && !/✓/.test(screen.look()),
  );
});

test('E and g hand the terminal to the programs of the settings, and the dashboard comes back as it was', async () => {
  const { screen, worktree } = await atWork();
  const before = await screen.see('Enter session');
  screen.press('E');
  await screen.see(`my-editor in ${worktree} with +1 ${worktree}`.slice(0, 110));
  screen.press('Enter');
  await screen.see('Enter session');
  screen.press('g');
  await screen.see(`my-git in ${worktree} with --all`.slice(0, 110));
  screen.press('Enter');
  const after = await screen.see('Enter session');
  expect(after.split('\n')[1]).toBe(before.split('\n')[1]);
  screen.press('D');
  await screen.see('+two');
  screen.press('/', 't', 'w', 'o', 'Enter', 'o');
  await screen.see('my-editor in');
  expect(screen.look().replaceAll('\n', '')).toContain(`+2 ${worktree}/prices.txt`);
  screen.press('Enter');
  await screen.see('Diff of #1');
});

test('a program that is not there is refused with a way out, also by the command', async () => {
  const { screen, claustre, claustreHome } = await atWork();
  await screen.see('Enter session');
  const config = join(claustreHome, 'config.toml');
  writeFileSync(config, readFileSync(config, 'utf8').replace('my-git', 'no-such-git'));
  screen.press('g');
  await screen.see('"no-such-git" was not found');
  expect(await claustre('git', '1')).toMatchObject({
    exitCode: 3,
    stderr: expect.stringContaining('needs a terminal'),
  });
});
