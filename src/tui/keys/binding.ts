/** Where a key means something. Contexts that are open at the same time are listed in SCOPES. */
export type Context =
  | 'everywhere'
  | 'projects'
  | 'tasks'
  | 'session'
  | 'filter'
  | 'confirm'
  | 'help'
  | 'details'
  | 'history'
  | 'checks'
  | 'graph'
  | 'subtasks'
  | 'waiting'
  | 'reason'
  | 'form'
  | 'diff'
  | 'comment'
  | 'search'
  | 'palette'
  | 'ask'
  | 'page';

export interface Binding {
  readonly context: Context;
  /** None for what only the palette offers, until somebody gives it one in `[keys]`. */
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
