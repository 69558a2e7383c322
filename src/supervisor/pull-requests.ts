import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import {
  budgetFactor,
  type HostState,
  type HostWord,
  hostAfter,
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

/** The state of a host is written at most this often while nothing begins or ends: each write wakes every dashboard. */
const NOTE_MS = 60_000;
/** With nothing to read, a change in the database wakes the duty; this is only in case it was missed. */
const REST_MS = 60_000;

/** What the clock remembers of one host. It may be forgotten at any time: everything is then simply due. */
interface HostMemory {
  histories: Map<number, ReadHistory>;
  /** Look-ups of branches by session id: how many since its turn ended, and the last one's time. */
  looks: Map<string, { turnEndedAt: number; count: number; at: number }>;
  state: HostState | null;
  /** What of it was written last, and when; null when it was not asked since then. */
  written: { at: number; trouble: string | null } | null;
  /** Whether it was asked since it was written. */
  asked: boolean;
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
        const memory = hosts.get(host) ?? newMemory(app.store.hosts.find(host));
        hosts.set(host, memory);
        const again = Math.min(await look(app, host, memory), await read(app, host, memory));
        await writeState(app, memory, again);
        next = Math.min(next, again);
      }
      return Math.max(250, next - app.clock.now());
    },
  };
}

function newMemory(state: HostState | null): HostMemory {
  return {
    histories: new Map(),
    looks: new Map(),
    state,
    written: null,
    asked: false,
    failures: 0,
    failedAt: 0,
  };
}

/** Writes what is known of the host when it was asked: at once when trouble begins or ends. */
async function writeState(app: App, memory: HostMemory, next: number): Promise<void> {
  const { state, written } = memory;
  if (state === null || !memory.asked) return;
  const now = app.clock.now();
  const { trouble } = state;
  if (written !== null && written.trouble === trouble && now - written.at < NOTE_MS) return;
  const nextAt = Number.isFinite(next) ? new Date(next).toISOString() : null;
  await noteHost.run(app, { state: { ...state, nextAt } });
  memory.written = { at: now, trouble };
  memory.asked = false;
}

/** Looks up the branches that are due; returns when the next one is. */
async function look(app: App, host: string, memory: HostMemory): Promise<number> {
  const { store, clock } = app;
  const now = clock.now();
  if (now < restsUntil(memory, now)) return restsUntil(memory, now);
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
  return found.trouble === null ? Math.min(next, now + COALESCE_MS) : restsUntil(memory, now);
}

/** Reads the pull requests that are due, and with them those that soon will be; returns when the next one is. */
async function read(app: App, host: string, memory: HostMemory): Promise<number> {
  const { store, clock } = app;
  const now = clock.now();
  if (now < restsUntil(memory, now)) return restsUntil(memory, now);
  const open = store.pullRequests.followed().filter((each) => each.host === host);
  forget(memory, open);
  const pushedAt = open.length === 0 ? new Map<number, number>() : store.rounds.pushedAt();
  const when = (each: PullRequest): number => {
    const next = nextOf(app, memory, each) ?? Number.POSITIVE_INFINITY;
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
  if (refreshed.trouble !== null) return restsUntil(memory, now);
  for (const { id } of due) {
    if (memory.histories.get(id)?.unknownReads !== UNKNOWN_READS) continue;
    const computed = await computeMerge.run(app, { id });
    if (isRefusal(computed)) app.log.info('A merge was not computed.', { reason: computed.reason });
  }
  const after = store.pullRequests.followed().filter((each) => each.host === host);
  return Math.min(...after.map(when));
}

function nextOf(app: App, memory: HostMemory, facts: PullRequest): number | null {
  const history = memory.histories.get(facts.id) ?? freshHistory(facts, app.clock.now());
  memory.histories.set(facts.id, history);
  const { pollIntervalSecs } = app.config.settings.github;
  const factor = budgetFactor(memory.state, app.clock.now());
  return nextReadAt(facts, history, { pollIntervalSecs }, factor);
}

/** Takes in what a request told of the host, and whether anything could be learned at all. */
function note(app: App, host: string, memory: HostMemory, said: HostWord): void {
  const now = app.clock.now();
  memory.state = hostAfter(memory.state, host, said, now);
  memory.asked = true;
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
function restsUntil(memory: HostMemory, now: number): number {
  const failed = memory.failures === 0 ? 0 : memory.failedAt + offlineWait(memory.failures);
  const { state } = memory;
  const pausedUntil = state?.pausedUntil ?? null;
  const paused = pausedUntil === null ? 0 : Date.parse(pausedUntil);
  return Math.max(failed, paused, savesUntil(state, now) ?? 0);
}

function forget(memory: HostMemory, open: readonly PullRequest[]): void {
  const ids = new Set(open.map((each) => each.id));
  for (const id of memory.histories.keys()) if (!ids.has(id)) memory.histories.delete(id);
}
