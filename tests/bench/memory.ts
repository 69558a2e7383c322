import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '#store/store.ts';
import type { Figure } from './figure.ts';
import { openScreen } from './screen.ts';
import { createWorld, event, MAIN, seedSessions, seedTasks } from './world.ts';

/** A busy day. */
const EVENTS = 100_000;
const PER_COMMIT = 100;
const SIGNAL = 'SIGUSR2';

/** What the dashboard holds on to over a day of events: the size of its heap after garbage was collected, before and after. */
export async function benchMemory(): Promise<Figure[]> {
  const world = createWorld();
  try {
    const store = world.store();
    seedTasks(store, 500);
    const working = seedSessions(store, 50);
    const args = [`--heapsnapshot-signal=${SIGNAL}`, MAIN];
    const screen = openScreen(process.execPath, args, { env: world.env, cwd: world.dir });
    await screen.until('Task', { frame: true });
    // Caches fill first.
    await live(store, working, EVENTS / 5);
    const before = await heapMb(world.dir, screen.pid, 1);
    await live(store, working, EVENTS);
    const after = await heapMb(world.dir, screen.pid, 2);
    await screen.close();
    store.close();
    return [
      {
        name: 'megabytes of heap that the dashboard grew by over 100,000 events',
        value: after - before,
        limit: 1,
        unit: '',
        note: `its snapshots have ${before.toFixed(1)} MB before and ${after.toFixed(1)} MB after`,
      },
    ];
  } finally {
    world.close();
  }
}

/** Sessions that go to and fro, as hooks report them, with pauses in which the screen follows. */
async function live(store: Store, tasks: readonly number[], events: number): Promise<void> {
  for (let done = 0; done < events; done += PER_COMMIT) {
    store.write(() => {
      for (let index = 0; index < PER_COMMIT; index += 1) {
        const id = tasks[(done + index) % tasks.length] ?? 1;
        store.tasks.update(id, { title: `Task ${id} after ${done + index} events` }, event);
      }
    });
    await rest(25);
  }
  await rest(2_000);
}

/** The size of a snapshot of the heap, for which garbage is collected; it is written into the folder in which the process runs. */
async function heapMb(folder: string, pid: number, count: number): Promise<number> {
  process.kill(pid, SIGNAL);
  let last = -1;
  for (;;) {
    await rest(1_000);
    const files = readdirSync(folder).filter((name) => name.endsWith('.heapsnapshot'));
    const newest = files.sort().at(-1);
    const size = newest === undefined ? 0 : statSync(join(folder, newest)).size;
    if (files.length === count && size > 0 && size === last) return size / 1e6;
    last = size;
  }
}

function rest(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
