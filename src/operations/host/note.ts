import { z } from 'zod';
import type { HostState } from '#domain/pull-request/host.ts';
import { defineOperation } from '#operations/operation.ts';

/** Writes what is known of a host. It is a reading: no event tells of it. */
export const noteHost = defineOperation({
  name: 'host.note',
  summary: 'Write what is known of a GitHub host.',
  input: z.object({ state: z.custom<HostState>() }),
  async run({ store }, { state }): Promise<{ host: string }> {
    store.write(() => store.hosts.set(state));
    return { host: state.host };
  },
});
