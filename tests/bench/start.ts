import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Figure, median } from './figure.ts';
import { openScreen } from './screen.ts';
import { createWorld, MAIN, ROOT, seedSessions, seedTasks } from './world.ts';

const RUNS = 8;
const TASKS = 10_000;
const SESSIONS = 50;
const PEER = 'ccmanager@4.2.3';

/** From the start of the process to the first full frame with many tasks, against ccmanager until its list of worktrees, in turn. */
export async function benchStart(): Promise<Figure[]> {
  const world = createWorld();
  try {
    const store = world.store();
    seedTasks(store, TASKS);
    seedSessions(store, SESSIONS);
    store.close();
    const peer = installPeer();
    const repository = join(world.dir, 'repository');
    execFileSync('git', ['init', '-q', '-b', 'main', repository], { env: world.env });
    execFileSync('git', ['commit', '-q', '--allow-empty', '-m', 'first'], {
      cwd: repository,
      env: world.env,
    });
    const own: number[] = [];
    const theirs: number[] = [];
    const floor: number[] = [];
    for (let run = 0; run < RUNS + 1; run += 1) {
      const times = {
        floor: await first('node', ['-e', 'console.log("READY")'], world.env, 'READY'),
        own: await first(process.execPath, [MAIN], world.env, ' quit'),
        theirs:
          peer === null
            ? Number.NaN
            : await first(process.execPath, [peer], world.env, 'main', repository),
      };
      // The first of each warms the file cache.
      if (run === 0) continue;
      floor.push(times.floor);
      own.push(times.own);
      theirs.push(times.theirs);
    }
    return [
      {
        name: `dashboard to its first full frame, ${TASKS} tasks and ${SESSIONS} sessions`,
        value: peer === null ? Number.NaN : median(own) / median(theirs),
        limit: 0.5,
        unit: 'x',
        note: `of ${PEER}; ${median(own).toFixed(0)} ms against ${median(theirs).toFixed(0)} ms, node alone ${median(floor).toFixed(0)} ms`,
      },
    ];
  } finally {
    world.close();
  }
}

async function first(
  program: string,
  args: string[],
  env: Record<string, string>,
  what: string,
  cwd?: string,
): Promise<number> {
  const start = performance.now();
  const screen = openScreen(program, args, { env, ...(cwd === undefined ? {} : { cwd }) });
  await screen.until(what);
  const ms = performance.now() - start;
  await screen.close();
  return ms;
}

/** Installs the peer once, outside the project's own dependencies; null when there is no registry to take it from. */
function installPeer(): string | null {
  const folder = join(ROOT, 'node_modules', '.cache', 'bench', PEER);
  const entry = join(folder, 'node_modules', 'ccmanager', 'dist', 'cli.js');
  if (existsSync(entry)) return entry;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  try {
    execFileSync('npm', ['install', '--no-audit', '--no-fund', PEER], {
      cwd: folder,
      stdio: 'pipe',
    });
  } catch {
    return null;
  }
  return existsSync(entry) ? entry : null;
}
