import type { Binding } from './binding.ts';
import { CHECK_KEYS } from './checks.ts';
import { DIALOG_KEYS } from './dialogs.ts';
import { DIFF_KEYS } from './diff.ts';
import { EVERYWHERE_KEYS } from './everywhere.ts';
import { FORM_KEYS } from './forms.ts';
import { GRAPH_KEYS } from './graph.ts';
import { PROJECT_KEYS } from './projects.ts';
import { SESSION_KEYS } from './session.ts';
import { TASK_KEYS } from './tasks.ts';
import { WAITING_KEYS } from './waiting.ts';

/**
 * Every key of the dashboard. Dispatch, hints, help and the reference page are made of this list. One meaning is one action, also where
 * several contexts have keys for it: a person's own key for it then holds in all of them.
 */
export const KEYMAP = [
  ...TASK_KEYS,
  ...SESSION_KEYS,
  ...PROJECT_KEYS,
  ...EVERYWHERE_KEYS,
  ...WAITING_KEYS,
  ...CHECK_KEYS,
  ...GRAPH_KEYS,
  ...DIALOG_KEYS,
  ...DIFF_KEYS,
  ...FORM_KEYS,
] as const;

export type ActionId = (typeof KEYMAP)[number]['action'];

export type KeyBinding = Omit<Binding, 'action'> & { readonly action: ActionId };
