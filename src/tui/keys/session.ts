import type { Binding } from './binding.ts';

/** Keys of the session panel; those of the queue mean its task there too. */
export const SESSION_KEYS = [
  { context: 'session', keys: ['left'], action: 'to_tasks', label: 'to the tasks' },
  { context: 'session', keys: ['|'], action: 'split_right', label: 'shell to the right' },
  { context: 'session', keys: ['_'], action: 'split_down', label: 'shell below' },
  { context: 'session', keys: ['X'], action: 'close_pane', label: 'close the focused pane' },
  { context: 'session', keys: ['Z'], action: 'zoom_pane', label: 'zoom the focused pane' },
  { context: 'session', keys: ['}'], action: 'next_pane', label: 'keys to the next pane' },
  { context: 'session', keys: ['{'], action: 'previous_pane', label: 'keys to the previous pane' },
] as const satisfies readonly Binding[];
