import { z } from 'zod';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import { mergeOf } from '#domain/pull-request/reading.ts';
import { defineOperation } from '#operations/operation.ts';
import { changeEvent, differences, follow } from './record.ts';

/**
 * Asks GitHub in its older way whether a pull request can be merged: that starts the computation
 * where it goes on saying that it is not known. An answer about other commits changes nothing.
 */
export const computeMerge = defineOperation({
  name: 'pull-request.compute-merge',
  summary: 'Make GitHub compute whether a pull request can be merged.',
  input: z.object({ id: z.number().int() }),
  async run(app, { id }): Promise<{ known: boolean } | Refusal> {
    const { store, gh, clock } = app;
    const asked = store.pullRequests.find(id);
    if (asked === null) return refuse('The pull request is gone.', undefined, 'not_found');
    const said = await gh.readMergeability(asked.host, asked.repository, asked.number);
    if (isRefusal(said)) return said;
    if (said.mergeable === null) return { known: false };
    return store.write(() => {
      const known = store.pullRequests.find(id);
      const task = known === null ? null : store.tasks.find(known.taskId);
      if (known === null || task === null || known.headCommit !== said.headCommit)
        return { known: false };
      const next = { ...known, ...mergeOf(known, said), baseCommit: said.baseCommit };
      const changes = differences(known, next);
      const at = clock.iso();
      if (Object.keys(changes).length > 0) {
        store.pullRequests.update(id, changes, changeEvent(known, changes, task, at));
      }
      follow(app, next, at);
      return { known: true };
    });
  },
});
