import type { Refusal } from '#domain/error.ts';
import type { PathCompletion } from '#operations/project/complete-path.ts';
import type { RepositoryLook } from '#operations/project/look.ts';
import { call } from '#tui/call.ts';
import type { Context } from '#tui/context.ts';
import { whenTypingRests } from '#tui/dialogs/later.ts';
import type { ProjectForm } from './form.ts';

const REST_MS = 200;

/** After a change of the path: what folders it could mean is asked at once, what is there once typing rests. Nothing waits for it. */
export function followPath(context: Context, before: ProjectForm | null): void {
  const { app, state } = context;
  const form = state.get().view.dialog;
  if (form?.kind !== 'project' || form.path.text === before?.path.text) return;
  const failed = (error: unknown): void =>
    app.log.error('A typed path could not be looked at.', error);
  if (form.path.text !== '' && form.settled !== form.path.text) {
    offerFolders(context, form.path.text).catch(failed);
  }
  whenTypingRests(context, before === null ? 0 : REST_MS, () => {
    lookThere(context, form.path.text.trim()).catch(failed);
  });
}

async function offerFolders(context: Context, text: string): Promise<void> {
  const { completePath } = await context.operations();
  const found = (await call(context.app, completePath, { text })) as PathCompletion;
  inForm(context, (form) =>
    form.path.text === text ? { ...form, offers: { ...found, text, selected: null } } : form,
  );
}

/** Looks at what is at the path; the answer stands in the form when the path is still the same. */
export async function lookThere(context: Context, path: string): Promise<RepositoryLook | Refusal> {
  const { lookAtRepository } = await context.operations();
  const input = path === '' ? {} : { path };
  const found = (await call(context.app, lookAtRepository, input)) as RepositoryLook | Refusal;
  inForm(context, (form) =>
    form.path.text.trim() === path ? { ...form, look: { path, found } } : form,
  );
  return found;
}

function inForm({ state }: Context, change: (form: ProjectForm) => ProjectForm): void {
  state.update((view) =>
    view.dialog?.kind === 'project' ? { ...view, dialog: change(view.dialog) } : view,
  );
}
