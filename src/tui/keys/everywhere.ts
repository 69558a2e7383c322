import type { Binding } from './binding.ts';

/** Keys that mean the same in every panel. */
export const EVERYWHERE_KEYS = [
  {
    context: 'everywhere',
    keys: ['a'],
    action: 'add_project',
    label: 'add a project',
    hint: 'add project',
  },
  {
    context: 'everywhere',
    keys: ['z'],
    action: 'undo',
    label: 'undo the last delete, kill, done, edit or move',
    hint: 'undo',
  },
  { context: 'everywhere', keys: ['/'], action: 'filter', label: 'filter', hint: 'filter' },
  {
    context: 'everywhere',
    keys: ['w'],
    action: 'next_waiting',
    label: 'what needs you, the oldest first',
    hint: 'needs you',
  },
  {
    context: 'everywhere',
    keys: ['H'],
    action: 'history',
    label: 'history: what is done',
    hint: 'history',
  },
  { context: 'everywhere', keys: ['up'], action: 'up', label: 'up' },
  { context: 'everywhere', keys: ['down', 'j'], action: 'down', label: 'down' },
  { context: 'everywhere', keys: ['home', '<'], action: 'top', label: 'first' },
  { context: 'everywhere', keys: ['G', 'end', '>'], action: 'bottom', label: 'last' },
  { context: 'everywhere', keys: ['ctrl+u', 'pageup'], action: 'page_up', label: 'half a page up' },
  {
    context: 'everywhere',
    keys: ['ctrl+d', 'pagedown'],
    action: 'page_down',
    label: 'half a page down',
  },
  {
    context: 'everywhere',
    keys: ['tab'],
    action: 'next_panel',
    label: 'next panel',
    hint: 'panel',
  },
  { context: 'everywhere', keys: ['shift+tab'], action: 'previous_panel', label: 'previous panel' },
  { context: 'everywhere', keys: ['1', 'h'], action: 'to_projects', label: 'to the projects' },
  { context: 'everywhere', keys: ['2'], action: 'to_tasks', label: 'to the tasks' },
  { context: 'everywhere', keys: ['3'], action: 'to_session', label: 'to the session' },
  { context: 'everywhere', keys: ['?'], action: 'help', label: 'help', hint: 'help' },
  {
    context: 'everywhere',
    keys: ['q', 'ctrl+c'],
    action: 'quit',
    label: 'quit; sessions go on',
    hint: 'quit',
  },
] as const satisfies readonly Binding[];
