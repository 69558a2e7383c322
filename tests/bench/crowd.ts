import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApp } from '#create-app.ts';
import { isRefusal } from '#domain/error.ts';
import { isLive } from '#domain/parking/choose.ts';
import { addProject } from '#operations/project/add.ts';
import { addTask } from '#operations/task/add.ts';
import { launchTask } from '#operations/task/launch.ts';
import type { Figure } from './figure.ts';
import { countSpawned } from './processes.ts';
import { openScreen } from './screen.ts';
import { createWorld, MAIN, ROOT, type World } from './world.ts';

const SESSIONS = 20;
const MAX_LIVE = 8;
const PATIENCE_MS = 120_000;
/** The work of what was parked last is measured by then. */
const SETTLE_MS = 40_000;
const WINDOW_MS = 30_000;
const TICK_MS = 10;

/** Twenty sessions on this machine: all but `max_live` of their Claudes are parked, and what is left costs next to nothing. */
export async function benchCrowd(): Promise<Figure[]> {
  const world = createWorld();
  const config = join(world.home, 'config.toml');
  const limits = `[sessions]\nmax_live = ${MAX_LIVE}\nmin_free_mb = 0\n`;
  writeFileSync(config, `${readFileSync(config, 'utf8')}${limits}`);
  const environment = { ...world.env, PATH: `${agentFolder(world)}:${world.env.PATH}` };
  const app = createApp({ environment, main: MAIN, log: 'bench' });
  try {
    const repository = makeRepository(world);
    const added = await addProject.run(app, { name: 'bench', path: repository });
    if (isRefusal(added)) throw new Error(added.reason);
    for (let each = 0; each < SESSIONS; each += 1) await launchOne(app);
    const screen = openScreen(process.execPath, [MAIN], { env: world.env });
    await screen.until('Task', { frame: true });
    const live = (): number => app.store.sessions.open().filter(isLive).length;
    const deadline = performance.now() + PATIENCE_MS;
    while (live() > MAX_LIVE && performance.now() < deadline) await rest(200);
    await rest(SETTLE_MS);
    const supervisor = Number(readFileSync(app.paths.heartbeat, 'utf8'));
    const pids = [screen.pid, supervisor];
    const before = pids.map(cpuMs);
    const spawned = countSpawned(pids);
    await rest(WINDOW_MS);
    const started = spawned();
    const percent = pids.map((pid, index) => {
      return (100 * (cpuMs(pid) - (before[index] ?? 0))) / WINDOW_MS;
    });
    const alive = live();
    await screen.close();
    const note = `${SESSIONS} sessions, max_live ${MAX_LIVE}`;
    return [
      { name: 'Claudes that live', value: alive, limit: MAX_LIVE, unit: '', note },
      { name: 'processes started while all rest', value: started, limit: 0, unit: '', note },
      { name: 'CPU of the dashboard', value: percent[0] ?? 0, limit: 0.5, unit: '%', note },
      { name: 'CPU of the supervisor', value: percent[1] ?? 0, limit: 1, unit: '%', note },
    ];
  } finally {
    app.close();
    world.close();
  }
}

async function launchOne(app: Parameters<typeof launchTask.run>[0]): Promise<void> {
  const added = await addTask.run(app, {
    ...{ project: 'bench', title: 'Talk', description: 'Hello.' },
    ...{ mode: 'exploration', push: 'local' },
  });
  if (isRefusal(added)) throw new Error(added.reason);
  const launched = await launchTask.run(app, { task: [added.id] });
  if (isRefusal(launched)) throw new Error(launched.reason);
}

/** A folder in which `claude` is the stand-in. */
function agentFolder(world: World): string {
  const bin = join(world.dir, 'bin');
  mkdirSync(bin);
  const claude = join(bin, 'claude');
  const agent = join(ROOT, 'dist', 'agent.js');
  writeFileSync(claude, `#!/bin/sh\nexec '${process.execPath}' '${agent}' "$@"\n`);
  chmodSync(claude, 0o755);
  return bin;
}

function makeRepository(world: World): string {
  const repository = join(world.dir, 'repository');
  mkdirSync(repository);
  const git = (...args: string[]): void =>
    void execFileSync('git', args, { cwd: repository, env: world.env, stdio: 'pipe' });
  git('init', '-q', '-b', 'main');
  git('commit', '-q', '--allow-empty', '-m', 'first');
  const trusted = { projects: { [repository]: { hasTrustDialogAccepted: true } } };
  writeFileSync(join(world.dir, '.claude.json'), JSON.stringify(trusted));
  return repository;
}

function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

function rest(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
