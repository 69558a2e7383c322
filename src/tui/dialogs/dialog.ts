import type { EventRow } from '#domain/event.ts';
import type { TaskView } from '#domain/task-view.ts';
import type { ActionId } from '#tui/keys/keymap.ts';
import type { TextState } from '#tui/widgets/text-edit.ts';
import type { ItemList } from './item-list.ts';
import type { ProjectForm } from './project/form.ts';
import type { TaskForm } from './task/form.ts';

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

export type Dialog =
  | TaskForm
  | ProjectForm
  | ConfirmDialog
  | HelpDialog
  | DetailsDialog
  | HistoryDialog
  | SubtasksDialog;
