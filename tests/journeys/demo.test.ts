import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isAlive, journey } from '../support/journey.ts';
import { waitFor } from '../support/wait-for.ts';

async function place() {
  const world = await journey({ remote: false, unregistered: true });
  const tmp = join(world.repo.root, 'tmp');
  const home = join(world.repo.root, 'somebody');
  mkdirSync(tmp);
  mkdirSync(home);
  const env = { ...world.env, TMPDIR: tmp, HOME: home };
  const root = (): string => join(tmp, readdirSync(tmp)[0] ?? '');
  return { world, env, home, root };
}

test('the demo plays the main job through without a terminal, and git confirms it', async () => {
  const { world, env, home, root } = await place();
  const played = await world.claustreWith({ env }, 'demo');
  expect(played).toMatchObject({ exitCode: 0, stderr: '' });
  for (const id of [1, 2, 3]) {
    expect(played.stdout).toMatch(new RegExp(`#${id} .*pending → working`));
    expect(played.stdout).toMatch(new RegExp(`#${id} .*working → in_review`));
    expect(played.stdout).toMatch(new RegExp(`#${id} .*in_review → done`));
    expect(played.stdout).toMatch(new RegExp(`#${id} .*merged into main as [0-9a-f]{10}`));
  }
  expect(played.stdout).toMatch(/#3 .*in_review → conflict: menu\.txt/);
  const repository = join(root(), 'tea-house');
  expect(played.stdout).toContain(repository);
  const git = world.repo.in(repository);
  expect(git('rev-list', '--merges', '--first-parent', '--count', 'main')).toBe('3');
  expect(readFileSync(join(repository, 'menu.txt'), 'utf8')).toContain('Darjeeling or Oolong');
  expect(git('for-each-ref', '--format=%(refname)', 'refs/heads')).toBe('refs/heads/main');
  // Nothing of it is left over: no process, and nothing in the home of the person.
  const supervisor = Number(readFileSync(join(root(), 'claustre', 'supervisor.pid'), 'utf8'));
  expect(isAlive(supervisor)).toBe(false);
  expect(readdirSync(home)).toEqual([]);
  expect(existsSync(world.claustreHome)).toBe(false);
});

test('in a terminal the demo opens the dashboard on its place, and cleans up when that is closed', async () => {
  const { env, root } = await place();
  const tmux = (...args: string[]) => {
    const done = spawnSync('tmux', ['-u', '-L', 'terminal', ...args], { env, encoding: 'utf8' });
    return done.stdout;
  };
  const main = join(import.meta.dirname, '..', '..', 'dist', 'main.js');
  const size = ['-x', '140', '-y', '45'];
  const program = [process.execPath, main, 'demo'];
  tmux('-f', '/dev/null', 'new-session', '-d', '-s', 'demo', ...size, '--', ...program);
  tmux('set-option', '-g', 'remain-on-exit', 'on');
  const screen = (): string => tmux('capture-pane', '-p', '-t', 'demo:');
  try {
    await waitFor(
      'the dashboard',
      () => /Serve Oolong today/.test(screen()) && /in review/.test(screen()),
      25_000,
    );
    expect(screen()).toContain('tea-house');
    // Two of its agents ask; one list has both.
    await waitFor(
      'both to ask',
      () => /#4 .*permission: /.test(screen()) && /#5 .*question: /.test(screen()),
      25_000,
    );
    tmux('send-keys', '-t', 'demo:', 'w');
    await waitFor(
      'the list',
      () => /Which cake is it/.test(screen()) && /Bash: git rm .*y allow/.test(screen()),
    );
    tmux('send-keys', '-t', 'demo:', 'Escape');
    await waitFor('the queue', () => /Task Queue/.test(screen()));
    tmux('send-keys', '-t', 'demo:', 'q');
    await waitFor('the last words', () =>
      /rm -rf .*claustre-demo/.test(screen().replaceAll('\n', '')),
    );
    const supervisor = Number(readFileSync(join(root(), 'claustre', 'supervisor.pid'), 'utf8'));
    expect(isAlive(supervisor)).toBe(false);
  } finally {
    tmux('kill-server');
  }
});
