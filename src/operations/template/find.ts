import type { App } from '#app.ts';
import { type Refusal, refuse } from '#domain/error.ts';
import type { Template } from '#domain/form/template.ts';
import { nearMiss } from '#domain/near-miss.ts';
import type { Project } from '#domain/project.ts';

/** The template of this name for a project, or the refusal that names those that there are. */
export function findTemplate(
  { config }: Pick<App, 'config'>,
  project: Pick<Project, 'path' | 'name'>,
  name: string,
): Template | Refusal {
  const { templates } = config.forProject(project.path);
  const found = templates.find((each) => each.name === name);
  if (found !== undefined) return found;
  const names = templates.map((each) => each.name);
  const near = nearMiss(name, names);
  if (near !== null) {
    return refuse(`There is no template "${name}".`, `Did you mean "${near}"?`, 'not_found');
  }
  return refuse(
    `There is no template "${name}".`,
    names.length === 0
      ? 'Write one into config.toml: [[templates]]'
      : `There are: ${names
          .slice(0, 10)
          .map((each) => `"${each}"`)
          .join(', ')}.`,
    'not_found',
  );
}
