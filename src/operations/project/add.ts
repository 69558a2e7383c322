import { z } from 'zod';
import { isRefusal, refuse } from '#domain/error.ts';
import { type Project, whyNotName } from '#domain/project.ts';
import { defineOperation } from '#operations/operation.ts';
import { expandHome } from './path.ts';

/** Registers a repository. Adding the same name and path again returns what is there. */
export const addProject = defineOperation({
  name: 'project.add',
  summary: 'Register a git repository as a project.',
  command: { usage: 'add-project <name> [path]', json: true },
  input: z.object({ name: z.string(), path: z.string().default('.') }),
  describe: (project: Project) =>
    `Added project "${project.name}": ${project.path}, base branch ${project.defaultBranch}${project.remote === null ? ', no remote' : ''}.`,
  async run({ store, git, clock, host }, { name, path }) {
    const wrong = whyNotName(name);
    if (wrong !== undefined) return wrong;
    const repository = await git.inspectRepository(expandHome(path, host.environment));
    if (isRefusal(repository)) return repository;
    return store.write(() => {
      const known = store.projects.findByPath(repository.path);
      if (known !== null) {
        if (known.name === name) return known;
        return refuse(`"${repository.path}" is the project "${known.name}" already.`);
      }
      if (store.projects.findByName(name) !== null) {
        return refuse(`There is a project "${name}" already.`, 'Choose another name.');
      }
      const at = clock.iso();
      const event = { source: 'person' as const, at, data: { name, path: repository.path } };
      const removed = store.projects.findRemoved(repository.path);
      if (removed !== null) {
        store.projects.revive(removed.id, name, { ...event, kind: 'project.revive' });
        return { ...removed, name };
      }
      return store.projects.add(
        {
          uuid: clock.uuid(),
          name,
          path: repository.path,
          defaultBranch: repository.defaultBranch,
          remote: repository.remote,
          forge:
            repository.forge === null
              ? null
              : {
                  host: repository.forge.host,
                  repository: `${repository.forge.owner}/${repository.forge.name}`,
                },
          queue: 'rests',
          createdAt: at,
        },
        { ...event, kind: 'project.add' },
      );
    });
  },
});
