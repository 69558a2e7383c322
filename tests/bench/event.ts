import { type Figure, percentile } from './figure.ts';
import { openScreen } from './screen.ts';
import { createWorld, event, MAIN, SELECT, SELECTED, seedSessions, seedTasks } from './world.ts';

const EVENTS = 60;

/** From the commit of another process to the end of the frame that shows it, with 10,000 tasks and 50 sessions. */
export async function benchEvent(): Promise<Figure[]> {
  const world = createWorld();
  try {
    const store = world.store();
    seedTasks(store, 10_000);
    seedSessions(store, 50);
    const screen = openScreen(process.execPath, [MAIN], { env: world.env });
    await screen.until('Task', { frame: true });
    screen.write(SELECT);
    await screen.until('[/Task 1:]', { frame: true });
    // The hands rest.
    await rest(4_000);
    const times: number[] = [];
    for (let index = 0; index < EVENTS; index += 1) {
      // Only what differs is written: the word differs from its first letter on.
      const word = `${'ab'[index % 2]}${index}.`;
      const title = `Task 1: ${word}`;
      screen.write('');
      const shown = screen.until(word, { frame: true });
      store.write(() => store.tasks.update(SELECTED, { title }, { ...event, at: `${index}` }));
      times.push(await shown);
      await rest(150 + (index % 7) * 20);
    }
    await screen.close();
    store.close();
    return [
      {
        name: 'commit of another process to screen, 95th percentile, 10,000 tasks',
        value: percentile(times, 0.95),
        limit: 100,
        unit: 'ms',
        note: `median ${percentile(times, 0.5).toFixed(0)} ms`,
      },
    ];
  } finally {
    world.close();
  }
}

function rest(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
