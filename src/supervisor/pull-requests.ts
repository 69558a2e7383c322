import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import {
  afterFailure,
  afterReading,
  type Budget,
  COALESCE_MS,
  freshHistory,
  nextLookAt,
  nextReadAt,
  offlineWait,
  type ReadHistory,
} from '#domain/pull-request/poll.ts';
import { awaitsPullRequest, type PullRequest } from '#domain/pull-request/pull-request.ts';
import { findPullRequests } from '#operations/pull-request/find.ts';
import { refreshPullRequests } from '#operations/pull-request/refresh.ts';
import type { Duty } from './duty.ts';

/** With nothing to read, a change in the database wakes the duty; this is only in case it was missed. */
const REST_MS = 60_000;

/** What the clock remembers of one host. It may be forgotten at any time: everything is then simply due. */
interface HostMemory {
  histories: Map<number, ReadHistory>;
  /** Look-ups of branches by session id: how many since its turn ended, and the last one's time. */
  looks: Map<string, { turnEndedAt: number; count: number; at: number }>;
  budget: Budget | null;
  /** Requests in a row by which nothing was learned, and when the last was made. */
  failures: number;
  failedAt: number;
}

/** Reads all open pull requests, one request for up to 20 of a host, each as often as its state deserves; and looks up branches after turns. */
export function pullRequestsDuty(app: App): Duty {
  const hosts = new Map<string, HostMemory>();
  return {
    name: 'pull-requests',
    async run() {
      const names = new Set(app.store.projects.all().flatMap((each) => each.forge?.host ?? []));
      // A project may have got its remote later; its pull requests are known from their addresses.
      for (const { host } of app.store.pullRequests.followed()) names.add(host);
      let next = app.clock.now() + REST_MS;
      for (const host of names) {
        const memory = hosts.get(host) ?? newMemory();
        hosts.set(host, memory);
        next = Math.min(next, await look(app, host, memory), await read(app, host, memory));
      }
      return Math.max(250, next - app.clock.now());
    },
  };
}

function newMemory(): HostMemory {
  return { histories: new Map(), looks: new Map(), budget: null, failures: 0, failedAt: 0 };
}

/** Looks up the branches that are due; returns when the next one is. */
async function look(app: App, host: string, memory: HostMemory): Promise<number> {
  const { store, clock } = app;
  const now = clock.now();
  if (now < retryAt(memory)) return retryAt(memory);
  let next = Number.POSITIVE_INFINITY;
  const due: string[] = [];
  for (const session of store.sessions.open()) {
    const { turnEndedAt } = session;
    const task = store.tasks.find(session.taskId);
    if (turnEndedAt === null || task === null) continue;
    if (!awaitsPullRequest(task, session, () => store.pullRequests.of(task.id))) continue;
    if (store.projects.find(task.projectId)?.forge?.host !== host) continue;
    if ((session.promptedAt ?? 0) > turnEndedAt) continue;
    const known = memory.looks.get(session.id);
    const looked = known?.turnEndedAt === turnEndedAt ? known : { turnEndedAt, count: 0, at: 0 };
    memory.looks.set(session.id, looked);
    const at = nextLookAt(turnEndedAt, looked.count, looked.at);
    if (at <= now) due.push(session.id);
    else next = Math.min(next, at);
  }
  if (due.length === 0) return next;
  const found = await findPullRequests.run(app, { host, again: due });
  if (isRefusal(found)) return now + REST_MS;
  note(app, memory, found);
  for (const id of [...found.looked.keys(), ...found.failed.keys()]) {
    const looked = memory.looks.get(id);
    if (looked !== undefined) memory.looks.set(id, { ...looked, count: looked.count + 1, at: now });
  }
  return found.trouble === null ? Math.min(next, now + COALESCE_MS) : retryAt(memory);
}

/** Reads the pull requests that are due, and with them those that soon will be; returns when the next one is. */
async function read(app: App, host: string, memory: HostMemory): Promise<number> {
  const { store, clock } = app;
  const now = clock.now();
  if (now < retryAt(memory)) return retryAt(memory);
  const open = store.pullRequests.followed().filter((each) => each.host === host);
  forget(memory, open);
  const when = (each: PullRequest): number => nextOf(app, memory, each) ?? Number.POSITIVE_INFINITY;
  if (!open.some((each) => when(each) <= now)) return Math.min(...open.map(when));
  const due = open.filter((each) => when(each) <= now + COALESCE_MS);
  const refreshed = await refreshPullRequests.run(app, { host, ids: due.map((each) => each.id) });
  if (isRefusal(refreshed)) return now + REST_MS;
  note(app, memory, refreshed);
  for (const before of due) {
    const history = memory.histories.get(before.id) ?? freshHistory(before, now);
    const said = refreshed.read.get(before.id);
    const after = store.pullRequests.find(before.id) ?? before;
    memory.histories.set(
      before.id,
      said === undefined
        ? afterFailure(history, now)
        : afterReading(history, before, after, said, now),
    );
  }
  if (refreshed.trouble !== null) return retryAt(memory);
  const after = store.pullRequests.followed().filter((each) => each.host === host);
  return Math.min(...after.map(when));
}

function nextOf(app: App, memory: HostMemory, facts: PullRequest): number | null {
  const history = memory.histories.get(facts.id) ?? freshHistory(facts, app.clock.now());
  memory.histories.set(facts.id, history);
  const { pollIntervalSecs } = app.config.settings.github;
  return nextReadAt(facts, history, { pollIntervalSecs }, memory.budget);
}

/** Takes in what a request told of the budget, and whether anything could be learned at all. */
function note(
  app: App,
  memory: HostMemory,
  said: { trouble: { reason: string } | null; budget: Budget | null },
): void {
  memory.budget = said.budget ?? memory.budget;
  if (said.trouble === null) {
    memory.failures = 0;
    return;
  }
  if (memory.failures === 0)
    app.log.info('GitHub could not be asked.', { reason: said.trouble.reason });
  memory.failures += 1;
  memory.failedAt = app.clock.now();
}

function retryAt(memory: HostMemory): number {
  return memory.failures === 0 ? 0 : memory.failedAt + offlineWait(memory.failures);
}

function forget(memory: HostMemory, open: readonly PullRequest[]): void {
  const ids = new Set(open.map((each) => each.id));
  for (const id of memory.histories.keys()) if (!ids.has(id)) memory.histories.delete(id);
}
