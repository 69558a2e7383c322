import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import { isInTrouble } from '#domain/pull-request/host.ts';
import { landingWait } from '#domain/pull-request/landing.ts';
import { landPullRequest } from '#operations/pull-request/land.ts';
import type { Duty } from './duty.ts';

const REST_MS = 60_000;
/** Whoever merges through claustre lands it at once, and GitHub deletes a branch by itself a moment later. */
const FIRST_MS = 5_000;
/** What belongs to a host in trouble is looked at again after this. */
const TROUBLED_MS = 5_000;

/** What a merge leaves to do, whoever merged, and whatever was cut off of it: retargeted pull requests, a deleted branch. */
export function landingsDuty(app: App): Duty {
  /** Tries that were not finished, by pull request. It may be forgotten: then it is simply tried again. */
  const tries = new Map<number, { failures: number; at: number }>();
  return {
    name: 'landings',
    async run() {
      let next = REST_MS;
      for (const { id, taskId, host, mergedAt } of app.store.pullRequests.unlanded()) {
        const now = app.clock.now();
        const last = tries.get(id);
        const first = mergedAt === null ? now : Date.parse(mergedAt) + FIRST_MS;
        const due = last === undefined ? first : last.at + landingWait(last.failures);
        if (due > now) {
          next = Math.min(next, due - now);
          continue;
        }
        // A host in trouble is left alone; the poll finds out when it is well again.
        const state = app.store.hosts.find(host);
        if (state !== null && isInTrouble(state, now)) {
          next = Math.min(next, TROUBLED_MS);
          continue;
        }
        const landed = await landPullRequest.run(app, { id, source: 'supervisor' });
        if (!isRefusal(landed)) {
          tries.delete(id);
          continue;
        }
        const failures = (last?.failures ?? 0) + 1;
        tries.set(id, { failures, at: now });
        next = Math.min(next, landingWait(failures));
        app.log.info('A merged pull request has not landed yet.', {
          task: taskId,
          reason: landed.reason,
        });
      }
      return next;
    },
  };
}
