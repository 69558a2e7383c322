import { z } from 'zod';
import { defineOperation } from '#operations/operation.ts';

/** Opening the store has made everything already; this only says where it is. */
export const initHome = defineOperation({
  name: 'doctor.init',
  summary: 'Make the data directory. Never needed: every command does it.',
  command: { usage: 'init', json: true },
  input: z.object({}),
  describe: (made: { home: string }) => `claustre keeps its data in ${made.home}.`,
  async run({ paths }) {
    return { home: paths.home, config: paths.config };
  },
});
