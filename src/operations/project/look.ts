import { z } from 'zod';
import { isRefusal, refuse } from '#domain/error.ts';
import { lastPart } from '#domain/form/path-completion.ts';
import type { Project } from '#domain/project.ts';
import { defineOperation } from '#operations/operation.ts';
import { expandHome } from './path.ts';

/** What would be registered. */
export interface RepositoryLook {
  readonly path: string;
  /** What it would be called when nobody says it. */
  readonly name: string;
  readonly remote: string | null;
  readonly forge: Project['forge'];
  readonly defaultBranch: string;
}

/** Looks at a repository as `project.add` would, and changes nothing. Refuses what that would refuse. */
export const lookAtRepository = defineOperation({
  name: 'project.look',
  summary: 'Look at a repository before it is registered.',
  input: z.object({ path: z.string().default('.') }),
  async run({ store, git, host }, given) {
    const repository = await git.inspectRepository(expandHome(given.path, host.environment));
    if (isRefusal(repository)) return repository;
    const known = store.projects.findByPath(repository.path);
    if (known !== null) {
      return refuse(`"${repository.path}" is the project "${known.name}" already.`);
    }
    const { path, remote, forge, defaultBranch } = repository;
    return {
      path,
      name: lastPart(path),
      remote,
      forge:
        forge === null ? null : { host: forge.host, repository: `${forge.owner}/${forge.name}` },
      defaultBranch,
    } satisfies RepositoryLook;
  },
});
