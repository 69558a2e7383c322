import type { View } from '#tui/view.ts';
import type { Context } from './binding.ts';

/** Where keys are looked up while no dialog is open, the first of which wins. */
export function contextsOf({ focus }: Pick<View, 'focus'>): readonly Context[] {
  if (focus === 'projects') return ['projects', 'everywhere'];
  return focus === 'session' ? ['session', 'tasks', 'everywhere'] : ['tasks', 'everywhere'];
}
