/** A colour of the screen: what has it, and what it is. */
export interface ColorEntry {
  /** What has this colour, for the page of settings. */
  readonly what: string;
  /** The meaning whose colour it takes where it has none of its own. */
  readonly like?: ColorName;
  readonly dark?: string;
  readonly light?: string;
}

/** Every colour that anything on the screen has, by the words that `[theme]` uses. */
export const COLORS: Readonly<Record<ColorName, ColorEntry>> = {
  accent: { what: 'what can be pressed or is chosen', dark: 'cyan', light: '#005f87' },
  good: { what: 'what went well', dark: 'green', light: '#116329' },
  warning: { what: 'what waits for somebody', dark: 'yellow', light: '#8a4600' },
  bad: { what: 'what went wrong', dark: 'red', light: '#a40e26' },
  info: { what: 'what leads elsewhere', dark: 'cyan', light: '#0550ae' },

  text_primary: { what: 'text; without it, the colour of the terminal' },
  text_secondary: { what: 'text beside it; without it, the same text dimmed' },
  text_accent: { what: 'headings inside of a panel', like: 'accent' },
  border_focused: { what: 'the border of the panel that has the keys', like: 'accent' },
  border_unfocused: { what: 'the other borders', dark: 'gray', light: 'gray' },
  selection_indicator: { what: 'the mark of the selected row', like: 'accent' },
  accent_primary: { what: 'the name at the top, and keys among the hints', like: 'accent' },
  accent_secondary: { what: 'how many need you', like: 'warning' },
  accent_tertiary: { what: 'the frame of a question', like: 'warning' },

  status_draft: { what: 'a draft', dark: 'cyan', light: '#005f87' },
  status_pending: { what: 'a pending task', dark: 'gray', light: 'gray' },
  status_working: { what: 'a task or Claude that works', like: 'good' },
  status_interrupted: { what: 'an interrupted task', dark: 'magenta', light: '#8250df' },
  status_in_review: { what: 'a task in review', like: 'warning' },
  status_conflict: { what: 'a task in conflict', dark: '#ffa500', light: '#953800' },
  status_ci_failed: { what: 'checks that failed', dark: 'redBright', light: '#cf222e' },
  status_ci_running: { what: 'checks that run', like: 'warning' },
  status_ci_passed: { what: 'checks that passed', like: 'good' },
  status_done: { what: 'a task that is done', dark: 'blue', light: 'blue' },
  status_error: { what: 'a task in error', like: 'bad' },
  status_paused: { what: 'a Claude that asks for a permission or shows a plan', like: 'warning' },
  status_waiting: { what: 'a Claude that asks a question', like: 'warning' },

  toast_info: { what: 'what is being done', like: 'accent' },
  toast_success: { what: 'a message that something went well', like: 'good' },
  toast_warning: { what: 'a message that something was refused', like: 'warning' },
  toast_error: { what: 'a message that something went wrong', like: 'bad' },
  usage_low: { what: 'a bar below 80 %', like: 'good' },
  usage_medium: { what: 'a bar from 80 %', like: 'warning' },
  usage_high: { what: 'a bar from 90 %', like: 'bad' },
  rate_limit_warning: { what: 'a Claude that waits for its usage limit', like: 'bad' },
  form_border_task: { what: 'the frame of the form of a task', like: 'border_focused' },
  form_border_project: { what: 'the frame of the form of a project', like: 'border_focused' },
  form_highlight: { what: 'the field that is typed into', like: 'accent' },
  form_dim: { what: 'the other fields', like: 'text_secondary' },
  tab_active: { what: 'the panel or session that is shown, among the tabs', like: 'text_primary' },
  tab_inactive: { what: 'the other tabs', like: 'text_secondary' },
  pr_link: { what: 'a pull request', like: 'info' },
  spinner: { what: 'what turns while Claude works', like: 'status_working' },
};

export type ColorName =
  | 'accent'
  | 'good'
  | 'warning'
  | 'bad'
  | 'info'
  | 'text_primary'
  | 'text_secondary'
  | 'text_accent'
  | 'border_focused'
  | 'border_unfocused'
  | 'selection_indicator'
  | 'accent_primary'
  | 'accent_secondary'
  | 'accent_tertiary'
  | `status_${'draft' | 'pending' | 'working' | 'interrupted' | 'in_review' | 'conflict' | 'done' | 'error'}`
  | `status_${'ci_failed' | 'ci_running' | 'ci_passed' | 'paused' | 'waiting'}`
  | `toast_${'info' | 'success' | 'warning' | 'error'}`
  | `usage_${'low' | 'medium' | 'high'}`
  | 'rate_limit_warning'
  | `form_${'border_task' | 'border_project' | 'highlight' | 'dim'}`
  | `tab_${'active' | 'inactive'}`
  | 'pr_link'
  | 'spinner';

/** Other words for the same: statuses as they are called everywhere else, and the borders in short. */
export const LOOKALIKES: Readonly<Record<string, ColorName>> = {
  focused: 'border_focused',
  unfocused: 'border_unfocused',
  draft: 'status_draft',
  pending: 'status_pending',
  working: 'status_working',
  interrupted: 'status_interrupted',
  in_review: 'status_in_review',
  conflict: 'status_conflict',
  ci_failed: 'status_ci_failed',
  done: 'status_done',
  error: 'status_error',
};
