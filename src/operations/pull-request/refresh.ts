import { z } from 'zod';
import type { App, PullRequestRef } from '#app.ts';
import { isRefusal, type Refusal } from '#domain/error.ts';
import { runKey } from '#domain/pull-request/checks.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import { type PullRequestReading, withReading } from '#domain/pull-request/reading.ts';
import { defineOperation } from '#operations/operation.ts';
import { changeEvent, differences, follow, meaning, sameHost, underFreeAddress } from './record.ts';

/**
 * Pull requests in one request: one point of the hourly budget, and well below what GitHub can
 * compute in its ten seconds.
 */
const BATCH = 20;
/** A good reading without news is written at most this often: each write wakes every dashboard. */
const READ_AT_MS = 60_000;

export interface Refreshed {
  /**
   * What was read, by the id of its row: as GitHub said it, before it was laid over what was known.
   */
  read: Map<number, PullRequestReading>;
  /** Why single ones could not be read, by the id of their row. */
  failed: Map<number, string>;
  /** Why nothing more could be learned; null when all requests were answered. */
  trouble: Refusal | null;
  login: string | null;
}

/**
 * Reads pull requests of one host and lets their tasks follow. What could not be read changes
 * nothing but the reason that it is stale. Ids that are given are read whatever their state;
 * without them all open ones of tasks that are not done.
 */
export const refreshPullRequests = defineOperation({
  name: 'pull-request.refresh',
  summary: 'Read pull requests from GitHub and let their tasks follow.',
  input: z.object({ host: z.string(), ids: z.array(z.number().int()).optional() }),
  async run(app, { host, ids }): Promise<Refreshed> {
    const { store, gh } = app;
    const wanted =
      ids === undefined
        ? store.pullRequests.open()
        : ids.map((id) => store.pullRequests.find(id)).filter((found) => found !== null);
    const due = wanted.filter((each) => sameHost(each.host, host));
    const read = new Map<number, PullRequestReading>();
    const failed = new Map<number, string>();
    let trouble: Refusal | null = null;
    let login: string | null = null;
    for (let start = 0; start < due.length && trouble === null; start += BATCH) {
      const batch = due.slice(start, start + BATCH);
      const readings = await gh.readPullRequests(host, batch.map(toRef));
      if (isRefusal(readings)) {
        trouble = readings;
        const { reason } = readings;
        record(app, due.slice(start), () => reason);
        break;
      }
      login = readings.login ?? login;
      for (const [id, reading] of readings.found) read.set(id, reading);
      for (const [id, reason] of readings.failed) failed.set(id, reason);
      record(app, batch, ({ id }) => readings.found.get(id) ?? readings.failed.get(id) ?? null);
    }
    return { read, failed, trouble, login };
  },
});

function toRef({
  id,
  nodeId,
  repository,
  number,
  headCommit,
  headSeenAt,
  checkRuns,
}: PullRequest): PullRequestRef {
  const required = checkRuns.flatMap((check) =>
    check.required === null ? [] : [[runKey(check), check.required] as const],
  );
  const known =
    headCommit === null || headSeenAt === null ? null : { headCommit, headSeenAt, required };
  return { key: id, nodeId, repository, number, known };
}

/** What was learned of one: a reading, the sentence why there is none, or nothing. */
type Learned = PullRequestReading | string | null;

/**
 * Writes what was learned in one transaction, or takes no lock at all when there is nothing to
 * write.
 */
function record(
  app: App,
  batch: readonly PullRequest[],
  learned: (pullRequest: PullRequest) => Learned,
): void {
  const { store, clock } = app;
  const at = clock.iso();
  const isNews = (known: PullRequest): boolean => {
    const said = learned(known);
    const changes = decide(app, known, said, at);
    return changes !== null || (isReading(said) && meaning(app, known) !== null);
  };
  if (!batch.some(isNews)) return;
  store.write(() => {
    for (const { id } of batch) {
      // Read again inside the transaction: a hook or a person may have been faster.
      const known = store.pullRequests.find(id);
      const task = known === null ? null : store.tasks.find(known.taskId);
      if (known === null || task === null) continue;
      const said = learned(known);
      const changes = decide(app, known, said, at);
      if (changes !== null) {
        store.pullRequests.update(id, changes, changeEvent(known, changes, task, at));
      }
      if (isReading(said)) follow(app, { ...known, ...changes }, at);
    }
  });
}

function isReading(said: Learned): said is PullRequestReading {
  return said !== null && typeof said !== 'string';
}

/** The columns to write, or null for none. */
function decide(
  { store }: App,
  known: PullRequest,
  said: Learned,
  at: string,
): Partial<Omit<PullRequest, 'id' | 'taskId'>> | null {
  if (said === null) return null;
  if (typeof said === 'string') return known.staleReason === said ? null : { staleReason: said };
  const { readAt, ...changes } = differences(
    known,
    underFreeAddress(store, known, withReading(known, said, at)),
  );
  if (Object.keys(changes).length > 0) return { ...changes, readAt: at };
  const age =
    known.readAt === null ? Number.POSITIVE_INFINITY : Date.parse(at) - Date.parse(known.readAt);
  return readAt !== undefined && age >= READ_AT_MS ? { readAt } : null;
}
