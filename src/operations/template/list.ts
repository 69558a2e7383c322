import { z } from 'zod';
import { isRefusal } from '#domain/error.ts';
import type { Template } from '#domain/form/template.ts';
import { titleFrom } from '#domain/prompt.ts';
import { defineOperation } from '#operations/operation.ts';
import { findProject } from '#operations/task/find.ts';

export const listTemplates = defineOperation({
  name: 'template.list',
  summary: 'List the templates for tasks of a project.',
  command: { usage: 'list-templates <project>', json: true },
  input: z.object({ project: z.string() }),
  describe: (templates: readonly Template[]) =>
    templates.length === 0
      ? 'There is no template. Write one into config.toml: [[templates]]'
      : templates
          .map(({ name, prompt }) => (prompt === null ? name : `${name}: ${titleFrom(prompt)}`))
          .join('\n'),
  async run({ store, config }, given) {
    const project = findProject(store, given.project);
    return isRefusal(project) ? project : config.forProject(project.path).templates;
  },
});
