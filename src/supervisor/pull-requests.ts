import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import {
  addBudgets,
  budgetFactor,
  type HostState,
  type HostWord,
  hostAfter,
  pauseOf,
  savesUntil,
} from '#domain/pull-request/host.ts';
import {
  afterFailure,
  afterReading,
  COALESCE_MS,
  freshHistory,
  nextLookAt,
  nextReadAt,
  offlineWait,
  type ReadHistory,
  UNKNOWN_READS,
} from '#domain/pull-request/poll.ts';
import { awaitsPullRequest, type PullRequest } from '#domain/pull-request/pull-request.ts';
import { noteHost } from '#operations/host/note.ts';
import { computeMerge } from '#operations/pull-request/compute-merge.ts';
import { findPullRequests } from '#operations/pull-request/find.ts';
import { refreshPullRequests } from '#operations/pull-request/refresh.ts';
import type { Duty } from './duty.ts';
import { createLanes, PATIENCE_MS } from './lanes.ts';

/** The state of a host is written at most this often while nothing begins or ends: each write wakes every dashboard. */
const NOTE_MS = 60_000;
/** With nothing to read, a change in the database wakes the duty; this is only in case it was missed. */
const REST_MS = 60_000;

/** What the clock remembers of one host. It may be forgotten at any time: everything is then simply due. */
interface HostMemory {
  histories: Map<number, ReadHistory>;
  /** Look-ups of branches by session id: how many since its turn ended, and the last one's time. */
  looks: Map<string, { turnEndedAt: number; count: number; at: number }>;
  /** What was learned of it since it was written last, and when; null for nothing. */
  unwritten: { word: HostWord; at: number } | null;
  /** When it was written last; null before the first time. */
  written: number | null;
  /** When it wants to be asked again. */
  again: number;
  /** Requests in a row by which nothing was learned, and when the last was made. */
  failures: number;
  failedAt: number;
}

/** Reads all open pull requests, one request for up to 20 of a host, each as often as its state deserves; and looks up branches after turns. */
export function pullRequestsDuty(app: App, lanes = createLanes()): Duty {
  const hosts = new Map<string, HostMemory>();
  return {
    name: 'pull-requests',
    async run() {
      const names = new Set(app.store.projects.all().flatMap((each) => each.forge?.host ?? []));
      // A project may have got its remote later; its pull requests are known from their addresses.
      for (const { host } of app.store.pullRequests.followed()) names.add(host);
      const memories = [...names].map((host) => {
        const memory = hosts.get(host) ?? newMemory();
        hosts.set(host, memory);
        return { host, memory };
      });
      const work = memories.map(
        ({ host, memory }) => [host, () => askAllDue(app, host, memory)] as const,
      );
      const left = await lanes.run(new Map(work));
      const now = app.clock.now();
      const next = memories.map(({ memory }) => memory.again);
      const soon = now + (left ? PATIENCE_MS : REST_MS);
      return Math.max(250, Math.min(soon, ...next) - now);
    },
  };
}

async function askAllDue(app: App, host: string, memory: HostMemory): Promise<void> {
  // While it is asked it does not say when it wants to be.
  memory.again = Number.POSITIVE_INFINITY;
  memory.again = Math.min(await look(app, host, memory), await read(app, host, memory));
  await writeState(app, host, memory);
}

function newMemory(): HostMemory {
  return {
    histories: new Map(),
    looks: new Map(),
    unwritten: null,
    written: null,
    again: 0,
    failures: 0,
    failedAt: 0,
  };
}

/** Writes what is known of the host when it was asked: at once when trouble begins or ends. */
async function writeState(app: App, host: string, memory: HostMemory): Promise<void> {
  const { unwritten, written, again } = memory;
  if (unwritten === null) return;
  const now = app.clock.now();
  const trouble = stateOf(app, host, memory)?.trouble;
  // Another process may have written a trouble of its own.
  const shown = app.store.hosts.find(host)?.trouble;
  if (written !== null && shown === trouble && now - written < NOTE_MS) return;
  const nextAt = Number.isFinite(again) ? new Date(again).toISOString() : null;
  await noteHost.run(app, { host, ...unwritten, nextAt });
  memory.written = now;
  memory.unwritten = null;
}

/** What is known of a host: what is written, by whichever process, and what was learned since. */
function stateOf({ store }: App, host: string, { unwritten }: HostMemory): HostState | null {
  const written = store.hosts.find(host);
  return unwritten === null ? written : hostAfter(written, host, unwritten.word, unwritten.at);
}

/** Looks up the branches that are due; returns when the next one is. */
async function look(app: App, host: string, memory: HostMemory): Promise<number> {
  const { store, clock } = app;
  const now = clock.now();
  const rests = restsUntil(app, host, memory);
  if (now < rests) return rests;
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
  note(app, host, memory, { ...found, login: null });
  for (const id of [...found.looked.keys(), ...found.failed.keys()]) {
    const looked = memory.looks.get(id);
    if (looked !== undefined) memory.looks.set(id, { ...looked, count: looked.count + 1, at: now });
  }
  return found.trouble === null ? Math.min(next, now + COALESCE_MS) : restsUntil(app, host, memory);
}

/** Reads the pull requests that are due, and with them those that soon will be; returns when the next one is. */
async function read(app: App, host: string, memory: HostMemory): Promise<number> {
  const { store, clock } = app;
  const now = clock.now();
  const rests = restsUntil(app, host, memory);
  if (now < rests) return rests;
  const open = store.pullRequests.followed().filter((each) => each.host === host);
  forget(memory, open);
  const usual = nextOf(app, host, memory);
  const pushedAt = open.length === 0 ? new Map<number, number>() : store.rounds.pushedAt();
  const when = (each: PullRequest): number => {
    const next = usual(each);
    const triedAt = memory.histories.get(each.id)?.triedAt ?? 0;
    // A round that pushed has ended since: what is known is of another commit.
    return (pushedAt.get(each.id) ?? 0) > triedAt ? Math.min(next, now) : next;
  };
  if (!open.some((each) => when(each) <= now)) return Math.min(...open.map(when));
  const due = open.filter((each) => when(each) <= now + COALESCE_MS);
  const refreshed = await refreshPullRequests.run(app, { host, ids: due.map((each) => each.id) });
  if (isRefusal(refreshed)) return now + REST_MS;
  note(app, host, memory, refreshed);
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
  if (refreshed.trouble !== null) return restsUntil(app, host, memory);
  for (const { id } of due) {
    if (memory.histories.get(id)?.unknownReads !== UNKNOWN_READS) continue;
    const computed = await computeMerge.run(app, { id });
    if (isRefusal(computed)) app.log.info('A merge was not computed.', { reason: computed.reason });
  }
  const after = store.pullRequests.followed().filter((each) => each.host === host);
  return Math.min(...after.map(nextOf(app, host, memory)));
}

/** When a pull request of a host is to be read next; never is infinitely late. */
function nextOf(app: App, host: string, memory: HostMemory): (facts: PullRequest) => number {
  const now = app.clock.now();
  const { pollIntervalSecs } = app.config.settings.github;
  const factor = budgetFactor(stateOf(app, host, memory), now);
  return (facts) => {
    const history = memory.histories.get(facts.id) ?? freshHistory(facts, now);
    memory.histories.set(facts.id, history);
    // A clock that was set back: what was tried in its future says nothing of when to try again.
    if (history.triedAt > now) return now;
    return nextReadAt(facts, history, { pollIntervalSecs }, factor) ?? Number.POSITIVE_INFINITY;
  };
}

/** Takes in what a request told of the host, and whether anything could be learned at all. */
function note(app: App, host: string, memory: HostMemory, said: Omit<HostWord, 'budget'>): void {
  const now = app.clock.now();
  const before = memory.unwritten?.word;
  // All that this process has used, for reviews, merges and answers as well.
  const budget = addBudgets(before?.budget ?? null, app.gh.takeUsage(host).budget);
  const login = said.login ?? before?.login ?? null;
  memory.unwritten = { word: { login, budget, trouble: said.trouble }, at: now };
  if (said.trouble === null) {
    memory.failures = 0;
    return;
  }
  if (memory.failures === 0)
    app.log.info('GitHub could not be asked.', { reason: said.trouble.reason });
  memory.failures += 1;
  memory.failedAt = now;
}

/** Until when the host is not asked: after a failure, while it wants a pause, and to leave points to others. */
function restsUntil(app: App, host: string, memory: HostMemory): number {
  const now = app.clock.now();
  const { failures, failedAt } = memory;
  const failed = failures === 0 ? 0 : Math.min(failedAt, now) + offlineWait(failures);
  const state = stateOf(app, host, memory);
  return Math.max(failed, pauseOf(state, now)?.until ?? 0, savesUntil(state, now) ?? 0);
}

function forget(memory: HostMemory, open: readonly PullRequest[]): void {
  const ids = new Set(open.map((each) => each.id));
  for (const id of memory.histories.keys()) if (!ids.has(id)) memory.histories.delete(id);
}
