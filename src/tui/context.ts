import type { App } from '#app.ts';
import type { Busy } from './busy.ts';
import type { DashboardOperations } from './call.ts';
import type { Keymap } from './keys/own-keys.ts';
import type { State } from './state.ts';
import type { Toasts } from './toasts.ts';
import type { Typing } from './typing/typing.ts';

/** What the screen lends to actions. */
export interface Terminal {
  /** Hands the terminal to another program while `work` runs. */
  lend(work: () => Promise<void>): Promise<void>;
  exit(): void;
}

/** What actions, forms and panels of the dashboard work with. */
export interface Context {
  readonly app: App;
  readonly keymap: Keymap;
  readonly state: State;
  readonly busy: Busy;
  readonly toasts: Toasts;
  readonly operations: () => Promise<DashboardOperations>;
  readonly terminal: Terminal;
  readonly typing: Typing;
  /** Reads the database again without waiting to be told. */
  readonly refresh: () => void;
}
