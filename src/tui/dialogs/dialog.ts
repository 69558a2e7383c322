import type { EventRow } from '#domain/event.ts';
import type { GraphRow } from '#domain/queue/graph.ts';
import type { TaskView } from '#domain/task-view.ts';
import type { DependencyGraph } from '#operations/dependency/graph.ts';
import type { Context } from '#tui/keys/binding.ts';
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
  /** The contexts whose keys were in force: theirs come first. */
  readonly here: readonly Context[];
  /** What it opened over, and gives way to. */
  readonly back: Dialog | null;
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

/** The checks of the pull request of a task. */
export interface ChecksDialog {
  readonly kind: 'checks';
  readonly taskId: number;
  /** Key of the selected one; null for the first. */
  readonly selected: string | null;
  readonly top: number;
}

/** Which tasks wait for which. */
export interface GraphDialog {
  readonly kind: 'graph';
  /** The task that it was opened for. */
  readonly taskId: number;
  readonly graph: DependencyGraph;
  readonly rows: readonly GraphRow[];
  /** Place of the selected row. */
  readonly place: number;
  readonly top: number;
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

/** Every command, found by typing. */
export interface PaletteDialog {
  readonly kind: 'palette';
  readonly filter: TextState;
  /** Place among the commands that fit. */
  readonly selected: number;
}

/** One thing to say before an action is done with a task. */
export interface AskDialog {
  readonly kind: 'ask';
  readonly action: ActionId;
  readonly taskId: number;
  readonly title: string;
  /** What may be said. */
  readonly about: string;
  readonly multiline: boolean;
  readonly text: TextState;
  /** Why it was not accepted. */
  readonly refusal: string | null;
}

/** A text to read. */
export interface PageDialog {
  readonly kind: 'page';
  readonly title: string;
  readonly text: string;
  readonly top: number;
  /** What it opened over, and gives way to. */
  readonly back?: Dialog;
}

export type Dialog =
  | TaskForm
  | ProjectForm
  | ConfirmDialog
  | HelpDialog
  | DetailsDialog
  | HistoryDialog
  | ChecksDialog
  | GraphDialog
  | SubtasksDialog
  | WaitingDialog
  | ReasonDialog
  | DiffDialog
  | CommentDialog
  | SearchDialog
  | PaletteDialog
  | AskDialog
  | PageDialog;
