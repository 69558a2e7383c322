import { z } from 'zod';
import { matchingNames, splitTypedPath } from '#domain/form/path-completion.ts';
import { defineOperation } from '#operations/operation.ts';
import { expandHome } from './path.ts';

/** More are not offered: who has so many types another letter. */
const MOST = 100;

export interface FolderOffer {
  /** The path as it was typed, led on to this folder, with a slash at its end. */
  readonly path: string;
  readonly name: string;
  readonly isRepository: boolean;
}

export interface PathCompletion {
  readonly folders: readonly FolderOffer[];
  /** How many more there are. */
  readonly more: number;
  /** The folder that was typed so far does not exist, or cannot be looked into. */
  readonly nowhere: boolean;
}

/** The folders that a path that is being typed could mean. */
export const completePath = defineOperation({
  name: 'project.complete-path',
  summary: 'List the folders that a typed path could mean.',
  input: z.object({ text: z.string() }),
  async run({ host }, { text }): Promise<PathCompletion> {
    const { folder, start } = splitTypedPath(text);
    const looked = folder === '' ? '.' : expandHome(folder, host.environment);
    const names = await host.folders.list(looked);
    if (names === null) return { folders: [], more: 0, nowhere: true };
    const found = matchingNames(names, start);
    const folders = await Promise.all(
      found.slice(0, MOST).map(async (name) => ({
        path: `${folder}${name}/`,
        name,
        isRepository: await host.folders.isRepository(`${looked}/${name}`),
      })),
    );
    return { folders, more: Math.max(0, found.length - MOST), nowhere: false };
  },
});
