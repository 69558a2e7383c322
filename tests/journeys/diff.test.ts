import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Comment } from '#domain/review/comment.ts';
import { type Journey, journey, script } from '../support/journey.ts';
import { person } from '../support/person.ts';
import { waitFor } from '../support/wait-for.ts';

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
  return {
    ...world,
    worktree: idle.session?.worktree ?? '',
    user: await person(world, { rows: 30 }),
  };
}

test('the work of a task is read, searched, marked and commented, and Claude gets all comments as one prompt', async () => {
  const { user, json, show, transcript, until, claustre, worktree } = await atWork();
  await user.sees('Prices');
  user.press('D');
  await user.sees('Diff of #1');
  await user.sees('+three');
  user.press('/');
  user.types('two');
  await user.sees('/two');
  user.press('Enter', 'V', 'Down', 'c');
  await user.sees('Comment on prices.txt:2-3');
  user.types('Why two of them?');
  await user.sees('Why two of them?');
  user.press('Enter');
  await user.sees('1 draft');
  expect(await json<Comment[]>('comments', '1')).toMatchObject([
    { file: 'prices.txt', fromLine: 2, toLine: 3, quote: '+two\n+three', sentAt: null },
  ]);
  // The other one is said by a command.
  await json('comment', '1', 'notes.txt:1', 'Say more.');
  user.press('R');
  await user.sees('2 drafts');
  user.press('Space');
  await user.sees('1 viewed');

  user.press('s');
  await user.sees('Claude took 2 comments.');
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

  user.press('Escape');
  await user.sees('Enter session');
  user.press('D');
  await user.sees('1 viewed');
  writeFileSync(join(worktree, 'prices.txt'), 'one\n');
  user.press('R');
  await waitFor(
    'the mark to go',
    () => !user.reads().includes('viewed,') && !/✓/.test(user.reads()),
  );
});

test('E and g hand the terminal to the programs of the settings, and the dashboard comes back as it was', async () => {
  const { user, worktree } = await atWork();
  const before = await user.sees('Enter session');
  user.press('E');
  await user.sees(`my-editor in ${worktree} with +1 ${worktree}`.slice(0, 110));
  user.press('Enter');
  await user.sees('Enter session');
  user.press('g');
  await user.sees(`my-git in ${worktree} with --all`.slice(0, 110));
  user.press('Enter');
  const after = await user.sees('Enter session');
  expect(after[1]).toBe(before[1]);
  user.press('D');
  await user.sees('+two');
  user.press('/', 't', 'w', 'o', 'Enter', 'o');
  await user.sees('my-editor in');
  expect(user.reads().replaceAll('\n', '')).toContain(`+2 ${worktree}/prices.txt`);
  user.press('Enter');
  await user.sees('Diff of #1');
});

test('a program that is not there is refused with a way out, also by the command', async () => {
  const { user, claustre, claustreHome } = await atWork();
  await user.sees('Enter session');
  const config = join(claustreHome, 'config.toml');
  writeFileSync(config, readFileSync(config, 'utf8').replace('my-git', 'no-such-git'));
  user.press('g');
  await user.sees('"no-such-git" was not found');
  expect(await claustre('git', '1')).toMatchObject({
    exitCode: 3,
    stderr: expect.stringContaining('needs a terminal'),
  });
});
