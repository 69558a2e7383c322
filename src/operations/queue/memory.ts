import type { App } from '#app.ts';
import { isNewMemory, shortMemory } from '#domain/queue/memory.ts';

/** Looks how much memory is free, and keeps what is worth it, so that whoever shows a task can say that it waits for memory. */
export async function noteMemory({ store, config, host }: App): Promise<void> {
  const { minFreeMb } = config.settings.sessions;
  const short = minFreeMb === 0 ? null : shortMemory(await host.freeMemoryMb(), minFreeMb);
  if (!isNewMemory(store.queue.shortMemory(), short)) return;
  store.write(() => store.queue.setShortMemory(short));
}
