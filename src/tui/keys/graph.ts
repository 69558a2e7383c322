import type { Binding } from './binding.ts';

/** Keys of the graph of dependencies. */
export const GRAPH_KEYS = [
  {
    context: 'graph',
    keys: ['enter'],
    action: 'go_to_task',
    label: 'go to the task',
    hint: 'go there',
    fixed: true,
  },
  {
    context: 'graph',
    keys: ['t', 'tab'],
    action: 'graph',
    label: 'the whole project, or the task alone',
    hint: 'task or project',
    fixed: true,
  },
  {
    context: 'graph',
    keys: ['esc', 'q'],
    action: 'close',
    label: 'close',
    hint: 'close',
    fixed: true,
  },
  { context: 'graph', keys: ['up', 'k'], action: 'scroll_up', label: 'up', fixed: true },
  { context: 'graph', keys: ['down', 'j'], action: 'scroll_down', label: 'down', fixed: true },
  {
    context: 'graph',
    keys: ['pageup', 'ctrl+u'],
    action: 'scroll_page_up',
    label: 'page up',
    fixed: true,
  },
  {
    context: 'graph',
    keys: ['pagedown', 'ctrl+d', 'space'],
    action: 'scroll_page_down',
    label: 'page down',
    fixed: true,
  },
  { context: 'graph', keys: ['g', 'home'], action: 'scroll_top', label: 'first', fixed: true },
  { context: 'graph', keys: ['G', 'end'], action: 'scroll_bottom', label: 'last', fixed: true },
] as const satisfies readonly Binding[];
