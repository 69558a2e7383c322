import type { EventRow } from '#domain/event.ts';
import type { TaskView } from '#domain/task-view.ts';
import type { ActionId } from '#tui/keys/keymap.ts';
import type { TextState } from '#tui/widgets/text-edit.ts';
import type { CommentDialog } from './diff/comment.ts';
import type { DiffDialog } from './diff/reader.ts';
import type { SearchDialog } from './diff/search-dialog.ts';
import type { ItemList } from './item-list.ts';
import type { ProjectForm } from './project/form.ts';
import type { TaskForm } from './task/form.ts';
import type { Picks } from './waiting/picks.ts';
import type { WaitingRow } from './waiting/rows.ts';

/** A question before something that removes or publishes. Yes runs the action's operation with this input. */
export interface ConfirmDialog {
  readonly kind: 'confirm';
  readonly action: ActionId;
  readonly input: Readonly<Record<string, unknown>>;
  readonly question: string;
}

export interface HelpDialog {
  readonly kind: 'help';
  readonly filter: TextState;
  readonly top: number;
}

export interface DetailsDialog {
  readonly kind: 'details';
  readonly taskId: number;
  readonly task: TaskView;
  readonly events: readonly EventRow[];
  readonly top: number;
  /** What lies below, and is shown again when it is closed. */
  readonly back: HistoryDialog | null;
}

/** The done tasks of a project. */
export interface HistoryDialog {
  readonly kind: 'history';
  readonly projectId: number;
  /** Place of the selected one among those that the filter finds. */
  readonly place: number;
  readonly top: number;
  readonly filter: TextState;
  /** The filter is being typed. */
  readonly filtering: boolean;
}

export interface SubtasksDialog {
  readonly kind: 'subtasks';
  readonly taskId: number;
  readonly list: ItemList;
  /** Why they cannot be changed. */
  readonly refusal: string | null;
}

/** Everything that needs a person. Rows stay in their places while it is open, also those that are over. */
export interface WaitingDialog {
  readonly kind: 'waiting';
  readonly rows: readonly WaitingRow[];
  readonly selected: string;
  /** How far what is asked is scrolled, in rows. */
  readonly top: number;
  readonly picks: Picks;
}

/** A no to the selected row, for which a reason is typed. */
export interface ReasonDialog {
  readonly kind: 'reason';
  readonly list: WaitingDialog;
  readonly input: TextState;
}

export type Dialog =
  | TaskForm
  | ProjectForm
  | ConfirmDialog
  | HelpDialog
  | DetailsDialog
  | HistoryDialog
  | SubtasksDialog
  | WaitingDialog
  | ReasonDialog
  | DiffDialog
  | CommentDialog
  | SearchDialog;
