import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApp } from '#create-app.ts';
import { isRefusal } from '#domain/error.ts';
import { addProject } from '#operations/project/add.ts';
import { addTask } from '#operations/task/add.ts';
import { launchTask } from '#operations/task/launch.ts';
import { type Figure, median } from './figure.ts';
import { createWorld, MAIN, type World } from './world.ts';

const RUNS = 8;
const FILES = 10_000;

/** `launch` in process, without fetch and setup, against the bare `git worktree add` and `tmux new-session` that it contains, in turn. */
export async function benchLaunch(): Promise<Figure[]> {
  const world = createWorld();
  try {
    const repository = makeRepository(world);
    const app = createApp({ environment: withClaude(world), main: MAIN, log: 'bench' });
    if (isRefusal(await addProject.run(app, { name: 'bench', path: repository })))
      throw new Error('no project');
    const bare: number[] = [];
    const own: number[] = [];
    for (let run = 0; run < RUNS + 1; run += 1) {
      const floor = bareLaunch(world, repository, run);
      const added = await addTask.run(app, {
        project: 'bench',
        title: `Task ${run}`,
        push: 'local',
      });
      if (isRefusal(added)) throw new Error(added.reason);
      const start = performance.now();
      const launched = await launchTask.run(app, { task: [added.id] });
      const ms = performance.now() - start;
      if (isRefusal(launched)) throw new Error(launched.reason);
      // The first of each starts servers and fills caches.
      if (run === 0) continue;
      bare.push(floor);
      own.push(ms);
    }
    app.close();
    return [
      {
        name: 'launch in a repository of 10,000 files',
        value: median(own) / median(bare),
        limit: 1.5,
        unit: 'x',
        note: `of git worktree add and tmux new-session; ${median(own).toFixed(0)} ms against ${median(bare).toFixed(0)} ms`,
      },
    ];
  } finally {
    world.close();
  }
}

/** An environment in which Claude is a program that rests. */
export function withClaude(world: World): Record<string, string> {
  const bin = join(world.dir, 'bin');
  mkdirSync(bin);
  const claude = join(bin, 'claude');
  const version = '[ "$1" = --version ] && { echo "2.1.197 (Claude Code)"; exit; }';
  writeFileSync(claude, `#!/bin/sh\n${version}\nexec sleep 600\n`);
  chmodSync(claude, 0o755);
  return { ...world.env, PATH: `${bin}:${world.env.PATH}` };
}

export function makeRepository(world: World): string {
  const repository = join(world.dir, 'repository');
  const git = (...args: string[]): void =>
    void execFileSync('git', args, { cwd: repository, env: world.env, stdio: 'pipe' });
  mkdirSync(repository);
  git('init', '-q', '-b', 'main');
  for (let index = 0; index < FILES; index += 1) {
    const folder = join(repository, `folder-${index % 100}`);
    if (index < 100) mkdirSync(folder);
    writeFileSync(join(folder, `file-${index}.txt`), `This is the content of file ${index}.\n`);
  }
  git('add', '.');
  git('commit', '-q', '-m', 'first');
  return repository;
}

export function bareLaunch(world: World, repository: string, run: number): number {
  const path = join(world.dir, 'bare', String(run));
  mkdirSync(join(world.dir, 'bare'), { recursive: true });
  const start = performance.now();
  execFileSync('git', ['worktree', 'add', '-q', '--no-track', '-b', `bare-${run}`, path, 'main'], {
    cwd: repository,
    env: world.env,
    stdio: 'pipe',
  });
  world.tmux('new-session', '-d', '-s', `bare-${run}`, '-c', path, 'sleep', '600');
  return performance.now() - start;
}
