import type { Context } from '#tui/context.ts';
import { showDialog } from '#tui/dialogs/kind.ts';
import { projectForm } from './form.ts';
import { followPath } from './path.ts';

/** Opens the form for a new project, with what is known of the folder that claustre was started in. */
export function openProjectForm(context: Context): void {
  showDialog(context, projectForm());
  followPath(context, null);
}
