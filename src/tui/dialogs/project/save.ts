import { inSentences, isRefusal } from '#domain/error.ts';
import { call, describeOutput } from '#tui/call.ts';
import type { Context } from '#tui/context.ts';
import { nameOf, type ProjectForm } from './form.ts';
import { lookThere } from './path.ts';

/** Adds the project; what is refused keeps the form open, with the reason. */
export async function submitProjectForm(context: Context, form: ProjectForm): Promise<void> {
  const { app, busy, operations, state, toasts } = context;
  const refuseForm = (reason: string): void =>
    state.update((view) =>
      view.dialog?.kind === 'project'
        ? { ...view, dialog: { ...view.dialog, refusal: reason } }
        : view,
    );
  const path = form.path.text.trim();
  try {
    await busy.run('adding …', async () => {
      const { addProject } = await operations();
      let name = nameOf(form);
      if (name === '') {
        const found = await lookThere(context, path);
        if (isRefusal(found)) {
          refuseForm(inSentences(found));
          return;
        }
        name = found.name;
      }
      const input = { name, ...(path === '' ? {} : { path }) };
      const output = await call(app, addProject, input);
      if (isRefusal(output)) {
        refuseForm(inSentences(output));
        return;
      }
      context.refresh();
      state.update((view, snapshot) => ({
        ...view,
        dialog: null,
        focus: 'tasks',
        projectId: snapshot.projects.find((project) => project.name === name)?.id ?? view.projectId,
      }));
      toasts.show(describeOutput(addProject, output), 'good');
    });
  } catch (error) {
    refuseForm(error instanceof Error ? error.message : String(error));
    toasts.fail(error);
  }
}
