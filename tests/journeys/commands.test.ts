import { chmodSync, mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { TaskView } from '#domain/task-view.ts';
import { type Journey, journey } from '../support/journey.ts';

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

test('a task is one JSON document of the same shape from every command', async () => {
  const { json, claustre, turnEnds, repo } = await journey({ remote: false });
  const added = await json(
    ...['add-task', 'app', 'A title', '-d', 'A prompt.', '-m', 'exploration', '--priority', '1'],
    ...['--subtask', 'one', '--subtask', 'two', '--base', 'main'],
  );
  expect(added).toEqual({
    id: 1,
    project: 'app',
    title: 'A title',
    prompt: 'A prompt.',
    status: 'pending',
    waits: null,
    waitsUntil: null,
    error: null,
    mode: 'exploration',
    base: 'main',
    branch: null,
    push: 'local',
    loop: false,
    fix: 'ask',
    priority: 1,
    after: [],
    afterUntil: {},
    notBefore: null,
    delaySecs: 0,
    every: null,
    nextId: null,
    subtasks: [
      { text: 'one', done: false },
      { text: 'two', done: false },
    ],
    criteria: [],
    session: null,
    pullRequest: null,
    proof: null,
    turn: null,
    usage: { inputTokens: null, outputTokens: null, costUsd: null, workedMs: null },
    createdAt: expect.stringMatching(ISO),
    startedAt: null,
    completedAt: null,
  });
  expect(await json('show', '#1')).toEqual(added);
  expect(await json('list-tasks', 'app')).toEqual([added]);
  expect(await json('next', 'app')).toEqual(added);
  const edited = await json('edit', '1', '--title', 'Another', '--loop');
  expect(edited).toEqual({ ...added, title: 'Another', loop: true, fix: 'automatic' });

  const launched = await json('launch', '1');
  expect(launched).toMatchObject({
    id: 1,
    status: 'working',
    startedAt: expect.stringMatching(ISO),
  });
  const idle = await turnEnds(1);
  // These two are read by another process, a moment later.
  const { work: _work, contextPercent: _context, ...session } = { ...idle.session };
  expect(session).toEqual({
    id: expect.any(String),
    activity: 'idle',
    runner: 'interactive',
    parked: false,
    detail: null,
    source: 'hook',
    since: expect.stringMatching(ISO),
    stackedOn: null,
    branch: expect.stringMatching(/^task\//),
    worktree: expect.stringContaining('/worktrees/app/'),
    port: expect.any(Number),
    portCount: 10,
    tmux: { socket: 'claustre', session: idle.session?.id },
    claudeSessionId: expect.any(String),
    doing: null,
    alarm: null,
    todos: [],
  });
  const project = { name: 'app', path: repo.path, defaultBranch: 'main', openSessions: 1 };
  expect(await json<unknown[]>('list-projects')).toMatchObject([project]);
  // Everything that is said to people goes elsewhere.
  const called = await claustre('list-tasks', 'app', '--json', '--status', 'working');
  expect(JSON.parse(called.stdout)).toHaveLength(1);
  expect(called.stderr).toBe('');
});

test('usage that is known is counted, and what is unknown stays null', async () => {
  const { json, until } = await journey({ remote: false });
  await json('add-task', 'app', 'Talk', '-d', 'Hello.', '--launch');
  const known = await until('its cost', 1, ({ usage }) => usage.costUsd !== null);
  expect(known.usage.costUsd).toBeGreaterThan(0);
});

test('the exit code says what kind of end it was', async () => {
  const { claustre, json, repo, claustreWith } = await journey();
  await json('add-task', 'app', 'A task');
  const codes = async (...args: string[]) => (await claustre(...args)).exitCode;
  expect(await codes('list-tasks', 'app')).toBe(0);
  expect(await codes('show', '99')).toBe(1);
  expect(await codes('add-project', 'nothing', join(repo.root, 'home'))).toBe(1);
  expect(await codes('add-project', 'other', repo.path)).toBe(1);
  expect(await codes('send', '1', 'x')).toBe(1);
  expect(await codes('merge', '1', '--yes')).toBe(1);
  expect(await codes('restore', '1')).toBe(1);
  expect(await codes('nonsense')).toBe(2);
  expect(await codes('show')).toBe(2);
  expect(await codes('show', 'abc')).toBe(2);
  expect(await codes('add-task', 'app', 'x', '-m', 'sideways')).toBe(2);
  expect(await codes('wait', '1', '--timeout', '0')).toBe(124);
  const text = await claustreWith(
    { input: 'from a pipe\n' },
    'add-task',
    'app',
    'Piped',
    '-d',
    '-',
  );
  expect(text.exitCode).toBe(0);
  expect(await json<TaskView>('show', '2')).toMatchObject({ prompt: 'from a pipe' });
});

test('what would ask refuses where nobody can be asked, and says what it would have asked', async () => {
  const { claustre, json, turnEnds } = await journey({ remote: false });
  await json('add-task', 'app', 'Work', '-d', 'Hello.', '--launch');
  const task = await turnEnds(1);
  for (const verb of ['kill', 'done', 'remove-task']) {
    const refused = await claustre(verb, '1');
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
    expect(refused.stderr).toMatch(/#1 "Work".*--yes/s);
  }
  expect(await json('show', '1')).toMatchObject({
    status: 'working',
    session: { id: task.session?.id },
  });
});

test('why, logs and doctor tell what is; attach needs a terminal', async () => {
  const { claustre, json, turnEnds } = await journey({ remote: false });
  await json('add-task', 'app', 'Work', '-d', 'Say hello to everybody.');
  expect((await claustre('why', '1')).stdout).toMatch(/^#1 .*launch/);
  await json('launch', '1');
  await turnEnds(1);
  expect((await claustre('why', '1')).stdout).toMatch(/^#1 is yours/);
  expect((await claustre('logs', '1')).stdout).toContain('Say hello to everybody.');
  const attach = await claustre('attach', '1');
  expect(attach.exitCode).not.toBe(0);
  expect(attach.stderr).toMatch(/terminal/);
  const doctor = await claustre('doctor');
  expect(doctor.stdout + doctor.stderr).toMatch(/2\.1\.197/);
});

/** A PATH with everything that is needed but one program. */
function pathWithout({ repo, env }: Journey, missing: string): string {
  const folder = join(repo.root, `without-${missing}`);
  mkdirSync(folder);
  for (const name of ['git', 'tmux', 'sh', 'env', 'claude', 'gh', 'node']) {
    const found = (env.PATH ?? '')
      .split(delimiter)
      .map((each) => join(each, name))
      .find((path) => statSync(path, { throwIfNoEntry: false }) !== undefined);
    if (name !== missing && found !== undefined) symlinkSync(found, join(folder, name));
  }
  return folder;
}

test.for(['git', 'tmux', 'claude'])(
  'a missing %s is one sentence with the remedy, and nothing is half done',
  async (tool) => {
    const world = await journey({ remote: false });
    const { json, claustreWith, branches } = world;
    await json('add-task', 'app', 'Work', '-d', 'Hello.');
    const refused = await claustreWith({ env: { PATH: pathWithout(world, tool) } }, 'launch', '1');
    expect(refused).toMatchObject({ exitCode: 3, stdout: '' });
    expect(refused.stderr).toContain(tool);
    expect(refused.stderr).not.toMatch(/^\s+at /m);
    expect(await json('show', '1')).toMatchObject({ status: 'pending', session: null });
    expect(branches()).toEqual(['main']);
    expect(await json('launch', '1')).toMatchObject({ status: 'working' });
  },
);

test('a mistake in config.toml is named with file, line and key, and nothing runs on', async () => {
  const { claustre, claustreHome } = await journey({ unregistered: true });
  mkdirSync(claustreHome, { recursive: true });
  const path = join(claustreHome, 'config.toml');
  const said = async (text: string): Promise<string> => {
    writeFileSync(path, text);
    const called = await claustre('list-projects');
    expect(called).toMatchObject({ exitCode: 3, stdout: '' });
    return called.stderr;
  };
  expect(await said('[claude]\nmodle = "opus"\n')).toMatch(/config\.toml.*2.*modle/s);
  expect(await said('[claude]\nmodel = 7\n')).toMatch(/config\.toml.*2.*model.*text/s);
  expect(await said('[claude\n')).toMatch(/config\.toml/);
  rmSync(path);
  expect((await claustre('list-projects')).exitCode).toBe(0);
});

test('a database of a newer claustre is left alone', async () => {
  const { claustre, claustreHome } = await journey();
  const path = join(claustreHome, 'claustre.db');
  const database = new Database(path);
  database.pragma('user_version = 99');
  database.close();
  const refused = await claustre('list-projects');
  expect(refused).toMatchObject({
    exitCode: 3,
    stdout: '',
    stderr: expect.stringContaining('newer'),
  });
  const again = new Database(path, { readonly: true });
  expect(again.pragma('user_version', { simple: true })).toBe(99);
  again.close();
});

test('a data directory that others could read becomes private', async () => {
  const { claustre, claustreHome } = await journey();
  chmodSync(claustreHome, 0o755);
  expect((await claustre('list-projects')).exitCode).toBe(0);
  expect(statSync(claustreHome).mode & 0o777).toBe(0o700);
});
