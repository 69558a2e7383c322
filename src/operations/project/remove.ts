import { z } from 'zod';
import { isRefusal, refuse } from '#domain/error.ts';
import { defineOperation } from '#operations/operation.ts';
import { findProject } from '#operations/task/find.ts';
import { moveToTrash } from '#operations/task/remove.ts';

interface Removed {
  name: string;
  path: string;
  tasks: number;
}

const input = z.object({ name: z.string() });

/** Forgets a project and its tasks. The repository stays as it is; open sessions must be ended first. */
export const removeProject = defineOperation({
  name: 'project.remove',
  summary: 'Forget a project and its tasks; the repository itself is not touched.',
  command: {
    usage: 'remove-project <name>',
    json: true,
    confirm: async ({ store }, { name }: z.infer<typeof input>) => {
      const project = findProject(store, name);
      if (isRefusal(project)) return project;
      const tasks = store.tasks.ofProject(project.id, null).length;
      return `Forget project "${name}" and its ${tasks} ${tasks === 1 ? 'task' : 'tasks'}? "${project.path}" stays as it is, and \`claustre restore\` brings single tasks back.`;
    },
  },
  input,
  describe: (removed: Removed) =>
    `Forgot project "${removed.name}" and ${removed.tasks} tasks. "${removed.path}" was not touched.`,
  async run(app, { name }) {
    const { store, clock } = app;
    return store.write(() => {
      const project = findProject(store, name);
      if (isRefusal(project)) return project;
      const tasks = store.tasks.ofProject(project.id, null);
      const open = tasks.filter((task) => store.sessions.openOf(task.id) !== null);
      if (open.length > 0) {
        return refuse(
          `Project "${name}" has open sessions: ${open.map((task) => `#${task.id}`).join(', ')}.`,
          'Finish them with `claustre done` or end them with `claustre kill` first.',
        );
      }
      const event = { source: 'person' as const, at: clock.iso() };
      const together = clock.uuid();
      for (const task of tasks) moveToTrash(app, task, project, undefined, together);
      const data = { project, together };
      store.projects.remove(project.id, { ...event, kind: 'project.remove', data });
      return { name, path: project.path, tasks: tasks.length };
    });
  },
});
