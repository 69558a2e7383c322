import type { Binding } from './binding.ts';

/** Keys of the session panel; those of the queue mean its task there too. */
export const SESSION_KEYS = [
  { context: 'session', keys: ['left'], action: 'to_tasks', label: 'to the tasks' },
] as const satisfies readonly Binding[];
