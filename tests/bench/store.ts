import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Figure } from './figure.ts';
import { createWorld, ROOT, seedTasks } from './world.ts';

const PROCESSES = 20;
const STEPS = 200;

/** Twenty processes with two hundred transitions each: none is lost and none meets "busy". Against one process that does them all. */
export async function benchStore(): Promise<Figure[]> {
  const world = createWorld();
  try {
    const store = world.store();
    seedTasks(store, 10);
    const positions = (): number =>
      [1, 2, 3]
        .flatMap((project) => store.tasks.ofProject(project, null))
        .reduce((sum, task) => sum + task.position, 0);
    const before = positions();
    const path = join(world.home, 'claustre.db');
    const alone = await time(() => worker(path, PROCESSES * STEPS));
    const together = await time(() =>
      Promise.all(Array.from({ length: PROCESSES }, () => worker(path, STEPS))),
    );
    const failed = together.result.filter((each) => !each).length;
    const lost = before + 2 * PROCESSES * STEPS - positions();
    store.close();
    return [
      { name: 'processes that met "busy" or failed, of 20', value: failed, limit: 0, unit: '' },
      { name: 'changes lost, of 4,000', value: lost, limit: 0, unit: '' },
      {
        name: '20 processes × 200 transitions',
        value: together.ms / alone.ms,
        limit: 10,
        unit: 'x',
        note: `of one process doing 4,000; ${together.ms.toFixed(0)} ms, starts of node included`,
      },
    ];
  } finally {
    world.close();
  }
}

async function worker(path: string, steps: number): Promise<boolean> {
  const script = join(ROOT, 'tests', 'store', 'transitions-worker.ts');
  try {
    await promisify(execFile)(process.execPath, [script, path, String(steps), '10']);
    return true;
  } catch {
    return false;
  }
}

async function time<T>(act: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const start = performance.now();
  const result = await act();
  return { ms: performance.now() - start, result };
}
