import { type Figure, percentile } from './figure.ts';
import { openScreen } from './screen.ts';
import { createWorld, MAIN, seedSessions, seedTasks } from './world.ts';

const PRESSES = 200;
const DOWN = '\u001b[B';

/** From a key to the end of the frame that it changes, with 10,000 tasks. */
export async function benchKeys(): Promise<Figure[]> {
  const world = createWorld();
  try {
    const store = world.store();
    seedTasks(store, 10_000);
    seedSessions(store, 50);
    store.close();
    const screen = openScreen(process.execPath, [MAIN], { env: world.env });
    await screen.until('Task', { frame: true });
    // What loads after the first frame must not be measured as the cost of a key.
    screen.write(DOWN);
    await screen.until('\u001b[?2026h', { frame: true });
    const times: number[] = [];
    for (let press = 0; press < PRESSES; press += 1) {
      screen.write(DOWN);
      times.push(await screen.until('\u001b[?2026h', { frame: true }));
      await new Promise((done) => setTimeout(done, 20));
    }
    await screen.close();
    return [
      {
        name: 'key to screen, 95th percentile, 10,000 tasks, 50 sessions',
        value: percentile(times, 0.95),
        limit: 16,
        unit: 'ms',
        note: `median ${percentile(times, 0.5).toFixed(1)} ms`,
      },
    ];
  } finally {
    world.close();
  }
}
