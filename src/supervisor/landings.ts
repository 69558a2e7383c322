import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import { isInTrouble } from '#domain/pull-request/host.ts';
import { landingWait } from '#domain/pull-request/landing.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import { landPullRequest } from '#operations/pull-request/land.ts';
import type { Duty } from './duty.ts';
import { createLanes, PATIENCE_MS } from './lanes.ts';

const REST_MS = 60_000;
/** Whoever merges through claustre lands it at once, and GitHub deletes a branch by itself a moment later. */
const FIRST_MS = 5_000;
/** What belongs to a host in trouble is looked at again after this. */
const TROUBLED_MS = 5_000;

/** Tries that were not finished, by pull request. It may be forgotten: then it is simply tried again. */
type Tries = Map<number, { failures: number; at: number }>;

/**
 * What a merge leaves to do, whoever merged, and whatever was cut off of it: retargeted pull requests, a deleted branch. Hosts beside each
 * other: one that is silent holds up no other.
 */
export function landingsDuty(app: App, lanes = createLanes()): Duty {
  const tries: Tries = new Map();
  return {
    name: 'landings',
    async run() {
      const hosts = Map.groupBy(due(app, tries), ({ host }) => host);
      const work = [...hosts].map(([host, all]) => [host, () => landAll(app, all, tries)] as const);
      if (await lanes.run(new Map(work))) return PATIENCE_MS;
      const now = app.clock.now();
      const waits = app.store.pullRequests.unlanded().map((each) => waitMs(app, each, tries, now));
      return Math.max(250, Math.min(REST_MS, ...waits));
    },
  };
}

function due(app: App, tries: Tries): PullRequest[] {
  const now = app.clock.now();
  return app.store.pullRequests.unlanded().filter((each) => waitMs(app, each, tries, now) <= 0);
}

/** How long it is left alone yet. */
function waitMs(
  { store }: App,
  { id, host, mergedAt }: PullRequest,
  tries: Tries,
  now: number,
): number {
  const last = tries.get(id);
  const first = mergedAt === null ? now : Date.parse(mergedAt) + FIRST_MS;
  const wait = (last === undefined ? first : last.at + landingWait(last.failures)) - now;
  if (wait > 0) return wait;
  // A host in trouble is left alone; the poll finds out when it is well again.
  const state = store.hosts.find(host);
  return state !== null && isInTrouble(state, now) ? TROUBLED_MS : 0;
}

async function landAll(app: App, all: readonly PullRequest[], tries: Tries): Promise<void> {
  for (const { id, taskId } of all) {
    const landed = await landPullRequest.run(app, { id, source: 'supervisor' });
    if (!isRefusal(landed)) {
      tries.delete(id);
      continue;
    }
    tries.set(id, { failures: (tries.get(id)?.failures ?? 0) + 1, at: app.clock.now() });
    app.log.info('A merged pull request has not landed yet.', {
      task: taskId,
      reason: landed.reason,
    });
  }
}
