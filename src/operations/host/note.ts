import { z } from 'zod';
import type { App } from '#app.ts';
import { type HostWord, hostAfter, hostSpent } from '#domain/pull-request/host.ts';
import { defineOperation } from '#operations/operation.ts';

/** Writes what was learned of a host. It is a reading: no event tells of it. */
export const noteHost = defineOperation({
  name: 'host.note',
  summary: 'Write what was learned of a GitHub host.',
  input: z.object({
    host: z.string(),
    word: z.custom<HostWord>(),
    /** When it was learned. */
    at: z.number(),
    /** ISO time at which it is asked next. */
    nextAt: z.string().nullable(),
  }),
  async run({ store }, { host, word, at, nextAt }): Promise<{ host: string }> {
    store.write(() => {
      // Read in here: another process may have written what it has used.
      store.hosts.set({ ...hostAfter(store.hosts.find(host), host, word, at), nextAt });
    });
    return { host };
  },
});

/**
 * Writes what this process has used of a host, and the limit that it met, so that all others count
 * it and keep to it. For processes beside the supervisor, when they have done what they asked for.
 */
export function noteUsage(
  { store, gh, clock }: Pick<App, 'store' | 'gh' | 'clock'>,
  host: string,
): void {
  const { budget, limit } = gh.takeUsage(host);
  if (budget === null && limit === null) return;
  const now = clock.now();
  store.write(() => {
    const known = store.hosts.find(host);
    if (limit !== null) {
      const { nextAt = null } = known ?? {};
      const word = { login: null, budget, trouble: limit };
      store.hosts.set({ ...hostAfter(known, host, word, now), nextAt });
    } else if (budget !== null) store.hosts.set(hostSpent(known, host, budget, now));
  });
}
