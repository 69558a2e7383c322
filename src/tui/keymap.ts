/** Where a key means something. Contexts that are open at the same time are listed in SCOPES. */
export type Context =
  | 'everywhere'
  | 'projects'
  | 'tasks'
  | 'filter'
  | 'confirm'
  | 'help'
  | 'details'
  | 'subtasks'
  | 'form';

interface Binding {
  readonly context: Context;
  readonly keys: readonly string[];
  readonly action: string;
  readonly label: string;
  /** Its word among the hints at the bottom, which stand in the order of this list; absent where help alone tells of it. */
  readonly hint?: string;
  /** The hint names all of its keys, not the first alone. */
  readonly pair?: true;
  /** Part of how a dialog works; not for `[keys]`. */
  readonly fixed?: true;
}

/**
 * Every key of the dashboard. Dispatch, hints, help and the reference page are made of this list. One meaning is one action, also where
 * several contexts have keys for it: a person's own key for it then holds in all of them.
 */
export const KEYMAP = [
  {
    context: 'tasks',
    keys: ['enter'],
    action: 'attach',
    label: 'go into the session',
    hint: 'session',
  },
  { context: 'tasks', keys: ['l'], action: 'launch', label: 'launch', hint: 'launch' },
  { context: 'everywhere', keys: ['n'], action: 'new', label: 'new task', hint: 'new' },
  { context: 'tasks', keys: ['r'], action: 'done', label: 'reviewed and done', hint: 'done' },
  {
    context: 'tasks',
    keys: ['k'],
    action: 'kill',
    label: 'kill: save, end, back to pending',
    hint: 'kill',
  },
  { context: 'tasks', keys: ['e'], action: 'edit', label: 'edit', hint: 'edit' },
  { context: 'tasks', keys: ['v'], action: 'details', label: 'details', hint: 'details' },
  { context: 'tasks', keys: ['s'], action: 'subtasks', label: 'subtasks', hint: 'subtasks' },
  { context: 'tasks', keys: ['o'], action: 'open', label: 'open the pull request', hint: 'PR' },
  { context: 'tasks', keys: ['m'], action: 'merge', label: 'merge', hint: 'merge' },
  { context: 'tasks', keys: ['R'], action: 'retry', label: 'retry', hint: 'retry' },
  {
    context: 'tasks',
    keys: ['u'],
    action: 'restore',
    label: 'undo: restore what was removed',
    hint: 'undo',
  },
  { context: 'tasks', keys: ['d'], action: 'remove', label: 'delete the task', hint: 'delete' },
  { context: 'tasks', keys: ['J', 'shift+down'], action: 'move_down', label: 'move the task down' },
  { context: 'tasks', keys: ['K', 'shift+up'], action: 'move_up', label: 'move the task up' },
  { context: 'tasks', keys: ['right'], action: 'to_session', label: 'to the session' },
  { context: 'tasks', keys: ['left'], action: 'to_projects', label: 'to the projects' },
  { context: 'tasks', keys: ['esc'], action: 'clear_filter', label: 'show all tasks again' },

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

  {
    context: 'everywhere',
    keys: ['a'],
    action: 'add_project',
    label: 'add a project',
    hint: 'add project',
  },
  { context: 'everywhere', keys: ['/'], action: 'filter', label: 'filter', hint: 'filter' },
  {
    context: 'everywhere',
    keys: ['w'],
    action: 'next_waiting',
    label: 'next one that needs you',
    hint: 'next for you',
  },
  { context: 'everywhere', keys: ['up'], action: 'up', label: 'up' },
  { context: 'everywhere', keys: ['down', 'j'], action: 'down', label: 'down' },
  { context: 'everywhere', keys: ['g', 'home'], action: 'top', label: 'first' },
  { context: 'everywhere', keys: ['G', 'end'], action: 'bottom', label: 'last' },
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

  {
    context: 'filter',
    keys: ['enter'],
    action: 'keep_filter',
    label: 'keep',
    hint: 'keep',
    fixed: true,
  },
  {
    context: 'filter',
    keys: ['esc'],
    action: 'clear_filter',
    label: 'show all again',
    hint: 'show all',
    fixed: true,
  },

  {
    context: 'confirm',
    keys: ['y', 'Y', 'enter'],
    action: 'yes',
    label: 'yes',
    hint: 'yes',
    fixed: true,
  },
  {
    context: 'confirm',
    keys: ['n', 'N', 'esc', 'q'],
    action: 'close',
    label: 'no',
    hint: 'no',
    fixed: true,
  },

  { context: 'help', keys: ['esc'], action: 'close', label: 'close', hint: 'close', fixed: true },
  { context: 'help', keys: ['up', 'ctrl+p'], action: 'scroll_up', label: 'up', fixed: true },
  { context: 'help', keys: ['down', 'ctrl+n'], action: 'scroll_down', label: 'down', fixed: true },

  {
    context: 'details',
    keys: ['esc', 'v', 'q'],
    action: 'close',
    label: 'close',
    hint: 'close',
    fixed: true,
  },
  { context: 'details', keys: ['up', 'k'], action: 'scroll_up', label: 'up', fixed: true },
  {
    context: 'details',
    keys: ['down', 'j'],
    action: 'scroll_down',
    label: 'down',
    hint: 'scroll',
    fixed: true,
  },
  {
    context: 'details',
    keys: ['pageup', 'ctrl+u'],
    action: 'scroll_page_up',
    label: 'page up',
    fixed: true,
  },
  {
    context: 'details',
    keys: ['pagedown', 'ctrl+d', 'space'],
    action: 'scroll_page_down',
    label: 'page down',
    fixed: true,
  },
  { context: 'details', keys: ['g', 'home'], action: 'scroll_top', label: 'top', fixed: true },
  { context: 'details', keys: ['G', 'end'], action: 'scroll_bottom', label: 'bottom', fixed: true },

  {
    context: 'subtasks',
    keys: ['enter'],
    action: 'item',
    label: 'add, or edit the selected',
    hint: 'add or edit',
    fixed: true,
  },
  {
    context: 'subtasks',
    keys: ['up', 'down'],
    action: 'item',
    label: 'select',
    hint: 'select',
    pair: true,
    fixed: true,
  },
  {
    context: 'subtasks',
    keys: ['ctrl+d', 'delete'],
    action: 'item',
    label: 'delete the selected',
    hint: 'delete',
    fixed: true,
  },
  {
    context: 'subtasks',
    keys: ['esc'],
    action: 'close',
    label: 'close',
    hint: 'close',
    fixed: true,
  },

  {
    context: 'form',
    keys: ['enter', 'ctrl+s'],
    action: 'submit',
    label: 'save',
    hint: 'save',
    fixed: true,
  },
  {
    context: 'form',
    keys: ['enter'],
    action: 'item',
    label: 'in the subtasks: add, or edit the selected',
    hint: 'add step',
    fixed: true,
  },
  {
    context: 'form',
    keys: ['left', 'right'],
    action: 'choice',
    label: 'another choice',
    hint: 'choose',
    pair: true,
    fixed: true,
  },
  {
    context: 'form',
    keys: ['tab', 'shift+tab'],
    action: 'field',
    label: 'next field',
    hint: 'next field',
    fixed: true,
  },
  {
    context: 'form',
    keys: ['alt+enter', 'ctrl+j'],
    action: 'line',
    label: 'new line',
    hint: 'new line',
    fixed: true,
  },
  { context: 'form', keys: ['esc'], action: 'leave', label: 'leave', hint: 'leave', fixed: true },
] as const satisfies readonly Binding[];

export type ActionId = (typeof KEYMAP)[number]['action'];

export type KeyBinding = Omit<Binding, 'action'> & { readonly action: ActionId };
