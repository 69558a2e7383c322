import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commits, type Journey, journey, script } from '../support/journey.ts';

/** Every file below a folder with its bytes and rights; `skip` leaves out what git itself writes while it works. */
function contents(folder: string, skip: RegExp): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const kept = files.filter((file) => !skip.test(file.slice(folder.length)));
  const facts = kept.map((file) => {
    const { mode } = statSync(file);
    return [file.slice(folder.length), `${mode.toString(8)} ${readFileSync(file, 'latin1')}`];
  });
  return Object.fromEntries(facts.sort());
}

function write(path: string, text: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
}

/** A person who has set up everything: Claude, tmux, git hooks, excludes, branches, work in progress. */
function settleIn({ repo, home }: Journey): void {
  write(join(home, '.claude', 'settings.json'), '{ "model": "opus", "hooks": {}, "odd":  1 }\n');
  write(join(home, '.claude', 'CLAUDE.md'), 'Be brief.\n');
  write(
    join(home, '.tmux.conf'),
    'set -g prefix C-a\nset -g default-command "touch /nonexistent/x"\n',
  );
  write(join(home, '.config', 'tmux', 'tmux.conf'), 'set -g status off\n');
  write(join(repo.path, '.git', 'info', 'exclude'), 'private/\n');
  write(join(repo.path, '.git', 'hooks', 'post-checkout'), '#!/bin/sh\nexit 0\n');
  chmodSync(join(repo.path, '.git', 'hooks', 'post-checkout'), 0o755);
  write(join(repo.path, 'README.md'), 'changed and not committed\n');
  write(join(repo.path, 'draft.txt'), 'not added\n');
  write(join(repo.path, 'private', 'notes.txt'), 'ignored\n');
  write(join(repo.path, 'staged.txt'), 'staged\n');
  repo.git('add', 'staged.txt');
  repo.git('branch', 'mine');
  repo.git('config', 'branch.mine.description', 'an odd   description');
}

/** Git keeps objects, logs and lists of worktrees of its own; everything else in the repository is the person's. */
const OF_GIT =
  /^\/\.git\/(objects|logs|worktrees|refs\/claustre|refs\/remotes|packed-refs|FETCH_HEAD|gc\.log)/;
/** What claustre and Claude keep for themselves. */
const OF_OTHERS = /^\/(\.claustre|\.claude\/(sessions|projects)|gitconfig)/;

test('after a whole life of tasks everything of the person is byte for byte as before', async () => {
  const world = await journey();
  const { json, claustre, repo, home, env, turnEnds } = world;
  settleIn(world);
  const theirs = { ...env, TMUX_TMPDIR: env.TMUX_TMPDIR ?? '' };
  const tmux = (...args: string[]): string =>
    execFileSync('tmux', ['-L', 'default', ...args], { env: theirs, encoding: 'utf8' });
  tmux('-f', '/dev/null', 'new-session', '-d', '-s', 'theirs', 'cat');
  const picture = () => ({
    repository: contents(repo.path, OF_GIT),
    home: contents(home, OF_OTHERS),
    status: repo.git('status', '--porcelain=v2', '--branch'),
    index: repo.git('ls-files', '--stage'),
    branches: repo.git('for-each-ref', 'refs/heads', 'refs/tags'),
    tmux: tmux('list-panes', '-a') + tmux('show-options', '-g') + tmux('list-keys'),
  });
  const before = picture();
  try {
    for (const push of ['pr', 'push', 'local']) {
      const prompt = script('Add a page.', commits(`${push}.txt`, 'x'), 'touch left.txt');
      await json('add-task', 'app', push, '-d', prompt, '--push', push, '--launch');
    }
    for (const id of [1, 2, 3]) await turnEnds(id);
    expect((await claustre('kill', '1', '--yes')).exitCode).toBe(0);
    expect((await claustre('restore', '1')).exitCode).toBe(0);
    expect((await claustre('launch', '1')).exitCode).toBe(0);
    for (const id of [1, 2, 3]) expect((await claustre('done', `${id}`, '--yes')).exitCode).toBe(0);
    expect(picture()).toEqual(before);
    const modes = readdirSync(join(home, '.claustre'), { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isSymbolicLink() && !entry.isSocket())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => (statSync(path).mode & 0o077) !== 0);
    expect(modes).toEqual([]);
  } finally {
    tmux('kill-server');
  }
});
