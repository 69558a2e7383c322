import type { Binding } from './binding.ts';

/** Keys of the checks of a task. */
export const CHECK_KEYS = [
  {
    context: 'checks',
    keys: ['enter', 'o'],
    action: 'open_check',
    label: 'open in the browser',
    hint: 'open',
    fixed: true,
  },
  {
    context: 'checks',
    keys: ['L', 'l'],
    action: 'check_log',
    label: 'the end of its log',
    hint: 'log',
    fixed: true,
  },
  {
    context: 'checks',
    keys: ['esc', 'c', 'q'],
    action: 'close',
    label: 'close',
    hint: 'close',
    fixed: true,
  },
  { context: 'checks', keys: ['up', 'k'], action: 'scroll_up', label: 'up', fixed: true },
  { context: 'checks', keys: ['down', 'j'], action: 'scroll_down', label: 'down', fixed: true },
  {
    context: 'checks',
    keys: ['pageup', 'ctrl+u'],
    action: 'scroll_page_up',
    label: 'page up',
    fixed: true,
  },
  {
    context: 'checks',
    keys: ['pagedown', 'ctrl+d', 'space'],
    action: 'scroll_page_down',
    label: 'page down',
    fixed: true,
  },
  { context: 'checks', keys: ['g', 'home'], action: 'scroll_top', label: 'first', fixed: true },
  { context: 'checks', keys: ['G', 'end'], action: 'scroll_bottom', label: 'last', fixed: true },
] as const satisfies readonly Binding[];
