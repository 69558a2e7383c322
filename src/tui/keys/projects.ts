import type { Binding } from './binding.ts';

/** Keys of the list of projects. */
export const PROJECT_KEYS = [
  { context: 'projects', keys: ['k'], action: 'up', label: 'previous project' },
  {
    context: 'projects',
    keys: ['enter', 'l', 'right'],
    action: 'enter_project',
    label: 'to its tasks',
    hint: 'tasks',
  },
  {
    context: 'projects',
    keys: ['d'],
    action: 'remove_project',
    label: 'forget the project',
    hint: 'forget',
  },
] as const satisfies readonly Binding[];
