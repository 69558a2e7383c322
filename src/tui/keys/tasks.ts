import type { Binding } from './binding.ts';

/** Keys of the queue, and of the session panel where it has no meaning of its own for them. */
export const TASK_KEYS = [
  {
    context: 'tasks',
    keys: ['enter'],
    action: 'attach',
    label: 'go into the session',
    hint: 'session',
  },
  { context: 'tasks', keys: ['l'], action: 'launch', label: 'launch', hint: 'launch' },
  // It means the same in every panel; its hint belongs here.
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
  { context: 'tasks', keys: ['D'], action: 'diff', label: 'read the diff', hint: 'diff' },
  { context: 'tasks', keys: ['s'], action: 'subtasks', label: 'subtasks', hint: 'subtasks' },
  { context: 'tasks', keys: ['o'], action: 'open', label: 'open the pull request', hint: 'PR' },
  { context: 'tasks', keys: ['m'], action: 'merge', label: 'merge', hint: 'merge' },
  { context: 'tasks', keys: ['R'], action: 'retry', label: 'retry', hint: 'retry' },
  {
    context: 'tasks',
    keys: ['E'],
    action: 'editor',
    label: 'your editor in the worktree',
    hint: 'editor',
  },
  { context: 'tasks', keys: ['g'], action: 'git', label: 'your tool for git there', hint: 'git' },
  {
    context: 'tasks',
    keys: ['u'],
    action: 'restore',
    label: 'restore what the last kill or done of it saved',
  },
  { context: 'tasks', keys: ['d'], action: 'remove', label: 'delete the task', hint: 'delete' },
  { context: 'tasks', keys: ['J', 'shift+down'], action: 'move_down', label: 'move the task down' },
  { context: 'tasks', keys: ['K', 'shift+up'], action: 'move_up', label: 'move the task up' },
  { context: 'tasks', keys: ['+', '='], action: 'more_urgent', label: 'more urgent' },
  { context: 'tasks', keys: ['-'], action: 'less_urgent', label: 'less urgent' },
  { context: 'tasks', keys: ['right'], action: 'to_session', label: 'to the session' },
  { context: 'tasks', keys: ['left'], action: 'to_projects', label: 'to the projects' },
  { context: 'tasks', keys: ['esc'], action: 'clear_filter', label: 'show all tasks again' },
] as const satisfies readonly Binding[];
