import { z } from 'zod';
import { isRefusal } from '#domain/error.ts';
import { defineOperation } from '#operations/operation.ts';
import { findProject } from '#operations/task/find.ts';

/** How many tasks are looked through at once: people go back a few steps, not thousands. */
const WINDOW = 50;

/** The earlier prompts of a project, the newest first and none twice in a row; `before` is where the last ones ended. */
export const recallPrompts = defineOperation({
  name: 'prompt.recall',
  summary: 'Read the earlier prompts of a project.',
  input: z.object({ project: z.string(), before: z.number().nullable().default(null) }),
  async run({ store }, given) {
    const project = findProject(store, given.project);
    if (isRefusal(project)) return project;
    const found = store.tasks.prompts(project.id, given.before, WINDOW);
    const last = found.at(-1);
    return {
      prompts: found
        .map(({ prompt }) => prompt)
        .filter((prompt, index, all) => prompt !== all[index - 1]),
      /** Where older ones go on; null when these were all. */
      before: last !== undefined && found.length === WINDOW ? last.id : null,
    };
  },
});
