import type { Store } from '#app.ts';
import { type Activity, foldActivity, HOOK_TRUST_MS } from '#domain/activity.ts';
import { type HookEvent, readHookEvent } from '#domain/hook-event.ts';
import {
  isDelivered,
  lossEvent,
  type PullRequest,
  parsePullRequestUrl,
  unreadPullRequest,
} from '#domain/pull-request/pull-request.ts';
import { readLimitWords } from '#domain/queue/limit-words.ts';
import type { Session } from '#domain/session.ts';
import { isReviewed, nextStatus, type Task, type TaskEvent } from '#domain/task.ts';
import { withTodo } from '#domain/todo.ts';
import type { Limit } from '#domain/usage.ts';
import { applyTaskEvent } from '#operations/task/apply.ts';
import { commitRequests, decideRequests, type RequestChanges } from './update-requests.ts';

/** What came from inside a pane: a hook's payload or a status line's. */
export interface Report {
  /** Makes it count once, however often it is handed in. */
  uid: string;
  sessionId: string;
  /** Milliseconds since 1970, of the moment that it was made. */
  at: number;
  payload: unknown;
  /** Process id of the hook that stays for an answer. */
  waiter?: number;
}

type Stores = Pick<
  Store,
  'sessions' | 'requests' | 'tasks' | 'projects' | 'pullRequests' | 'attempts' | 'events' | 'write'
>;

/** Characters of a prompt that its event keeps: enough to tell that a sent text arrived. */
const MAX_PROMPT = 8_000;

type SessionChanges = Partial<Omit<Session, 'id' | 'taskId' | 'createdAt'>>;

/** What a report leads to; everything is decided before anything is written. */
interface Outcome {
  session: SessionChanges;
  requests: RequestChanges;
  task: Task | null;
  taskEvent: TaskEvent | null;
  created: NonNullable<ReturnType<typeof parsePullRequestUrl>> | null;
  createdUrl: string | null;
  /** A pull request whose failed checks a new prompt answers. */
  answered: PullRequest | null;
  /** The limit of the account that ended the turn. */
  limit: Limit | null;
}

/**
 * Records what a hook reports: the session's activity and conversation, its task's status, a pull request that a tool made. Returns
 * whether anything was written: a report that says nothing new, of a session that is unknown or closed, or that was counted already
 * leaves the database alone. Throws `environment` when the database stays busy.
 */
export function recordHook(store: Stores, report: Report): boolean {
  const event = readHookEvent(report.payload);
  if (event === null) return false;
  // Most reports come from tools of a turn that is known to run; they must not even take the write lock.
  if (decide(store, event, report) === null) return false;
  return store.write(() => {
    if (store.events.has(report.uid)) return false;
    const outcome = decide(store, event, report);
    if (outcome === null) return false;
    commit(store, event, report, outcome);
    return true;
  });
}

function decide(store: Stores, event: HookEvent, report: Report): Outcome | null {
  const { sessionId, at } = report;
  const session = store.sessions.find(sessionId);
  if (session === null || session.state === 'closed') return null;
  const task = session.state === 'closing' ? null : store.tasks.find(session.taskId);
  const folded = foldEvent(session, event, at);
  const requests = decideRequests(store, session, event, report, folded);
  const activity = requests.activity;
  const changes: SessionChanges = {
    ...(activity === session.activity ? {} : { activity }),
    ...conversation(session, event, at),
    ...turn(session, event, at, activity),
  };
  if (event.todo !== null) {
    const before = changes.todos ?? session.todos;
    const todos = withTodo(before, event.todo);
    if (todos !== before) changes.todos = todos;
  }
  const created = task === null ? null : newPullRequest(store, task, event.pullRequestUrl);
  // Asked only when it matters: most reports are of turns that begin or tools that end.
  const followed = (): PullRequest | null =>
    task === null ? null : store.pullRequests.of(task.id);
  const taskEvent =
    task === null ? null : leadsTo(task, session, event, at, { changes, activity, followed });
  const own = event.name === 'SetupFailed' || event.name === 'SetupDone';
  const silent = Object.keys(changes).length === 0 && taskEvent === null && created === null;
  if (silent && !requests.changed && (own || session.reportedAt !== null)) return null;
  if (!own) changes.reportedAt = Math.max(at, session.reportedAt ?? 0);
  const reviewed = task !== null && taskEvent === 'prompt' && isReviewed(task.status);
  const answered = reviewed ? withFailedChecks(followed()) : null;
  const createdUrl = event.pullRequestUrl;
  // Told anew, also by a session that was known to be limited: an earlier end may have passed.
  const limit = event.meaning === 'limited' ? readLimitWords(event.detail ?? '', at) : null;
  return { session: changes, requests, task, taskEvent, created, createdUrl, answered, limit };
}

function withFailedChecks(pullRequest: PullRequest | null): PullRequest | null {
  return pullRequest?.checks === 'failed' ? pullRequest : null;
}

/** The farewell of one that is being parked, or that prints and says it after every turn, is no news. */
function isExpectedEnd({ parkedAt, runner }: Session): boolean {
  return parkedAt !== null || runner === 'headless';
}

function foldEvent(session: Session, event: HookEvent, at: number): Activity {
  const current = session.activity;
  if (event.processEnded && isExpectedEnd(session)) return current;
  // The setup of the project is over: from here on Claude itself starts, and what waits for its first report counts from now.
  if (event.name === 'SetupDone' && current.name === 'starting' && at > current.since) {
    return foldActivity(current, { kind: 'launched', at });
  }
  if (event.meaning === null) return current;
  return foldActivity(current, { kind: 'hook', at, event: event.meaning, detail: event.detail });
}

/** /clear and /resume go on under another conversation in the same process. Its farewell still names the old one. */
function conversation(session: Session, event: HookEvent, at: number): SessionChanges {
  if (event.claudeSessionId === null || event.name === 'SessionEnd') return {};
  if (at < (session.reportedAt ?? 0)) return {};
  const path =
    event.transcriptPath === null || event.transcriptPath === session.transcriptPath
      ? {}
      : { transcriptPath: event.transcriptPath };
  if (event.claudeSessionId === session.claudeSessionId) return path;
  return { claudeSessionId: event.claudeSessionId, todos: [], contextPercent: null, ...path };
}

/** When the last prompt went in and the last turn ended. A turn that failed did not end the work. */
function turn(session: Session, event: HookEvent, at: number, activity: Activity): SessionChanges {
  if (event.meaning === 'prompted') {
    if (at <= (session.promptedAt ?? 0)) return {};
    // Whoever was just parking it came too late.
    const late = session.parkedAt !== null && at > session.parkedAt;
    return { promptedAt: at, failure: null, ...(late ? { parkedAt: null } : {}) };
  }
  if (event.failure !== null) {
    return at < (session.promptedAt ?? 0) || event.failure === session.failure
      ? {}
      : { failure: event.failure };
  }
  const missedEnd = event.meaning === 'awaits' && activity !== session.activity;
  const ended = event.turnEnd === 'clean' || event.turnEnd === 'behind' || missedEnd;
  // The end of a turn that arrives after the next prompt says nothing about the turn that runs now.
  if (!ended || at < (session.promptedAt ?? 0) || at <= (session.turnEndedAt ?? 0)) return {};
  return { turnEndedAt: at, turnBehind: event.turnEnd === 'behind', failure: null };
}

/** The pull request that a tool's output names, unless it is known or belongs to another repository than the project's. */
function newPullRequest(store: Stores, task: Task, url: string | null): Outcome['created'] {
  const parsed = url === null ? null : parsePullRequestUrl(url);
  if (parsed === null) return null;
  const forge = store.projects.find(task.projectId)?.forge ?? null;
  const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
  if (
    forge !== null &&
    !(same(forge.host, parsed.host) && same(forge.repository, parsed.repository))
  ) {
    return null;
  }
  return store.pullRequests.named(task.id, parsed) === null ? parsed : null;
}

/** What happens to the task, or null when nothing does. */
function leadsTo(
  task: Task,
  session: Session,
  event: HookEvent,
  at: number,
  known: { changes: SessionChanges; activity: Activity; followed: () => PullRequest | null },
): TaskEvent | null {
  const applies = (taskEvent: TaskEvent): TaskEvent | null =>
    nextStatus(task.status, taskEvent) === null ? null : taskEvent;
  if (event.name === 'SetupFailed') return isOvertaken(session, at) ? null : applies('setup_fail');
  if (event.meaning === 'prompted') {
    // A prompt that was parked while its turn ran and ended is no news for the task.
    return at < (session.turnEndedAt ?? 0) ? null : applies('prompt');
  }
  // What has to be proved waits for whoever proves it.
  if (known.changes.turnEndedAt !== undefined && task.push === 'pr' && !session.mustProve) {
    if (applies('deliver') !== null && isDelivered(known.followed(), session)) return 'deliver';
  }
  // Claude said farewell by itself: nobody works on the task any more until it is resumed.
  if (event.processEnded && known.activity.name === 'ended' && !isExpectedEnd(session)) {
    if (at < session.activity.since) return null;
    return applies(lossEvent(task, known.followed, session));
  }
  // Claude sends that one by its clock, a minute after anything happened.
  if (task.status !== 'interrupted' || event.meaning === 'awaits') return null;
  // It was stopped on purpose: the last reports of what was interrupted do not bring it back.
  if (task.held !== null) return null;
  // Whoever still reports is alive, whatever was believed; a report from before the loss proves nothing.
  const over = known.activity.name === 'ended' || known.activity.name === 'lost';
  return over || at < session.activity.since ? null : applies('resume');
}

/** Whether a failed setup was of an earlier launch: a newer one is noted, or Claude itself has reported since. */
function isOvertaken(session: Session, at: number): boolean {
  const relaunched =
    session.activity.name === 'starting' && at < session.activity.since - HOOK_TRUST_MS;
  return relaunched || at < (session.reportedAt ?? 0);
}

function commit(store: Stores, event: HookEvent, report: Report, outcome: Outcome): void {
  const { task } = outcome;
  const at = new Date(report.at).toISOString();
  const from = { at, source: 'hook' as const, sessionId: report.sessionId };
  const place = { projectId: task?.projectId ?? null, taskId: task?.id ?? null };
  commitRequests(store, outcome.requests, report.at);
  store.sessions.update(report.sessionId, outcome.session, {
    ...from,
    ...place,
    uid: report.uid,
    kind: 'session.update',
    data: eventData(event, outcome),
  });
  if (outcome.limit !== null) store.attempts.setLimit(outcome.limit);
  if (task === null) return;
  if (outcome.created !== null && outcome.createdUrl !== null) {
    const { created, createdUrl } = outcome;
    const data = { url: createdUrl, number: created.number };
    const row = { taskId: task.id, ...created, url: createdUrl, createdAt: at };
    store.pullRequests.add(unreadPullRequest(row), {
      ...from,
      ...place,
      kind: 'pull_request.add',
      data,
    });
  }
  if (outcome.answered !== null) {
    const forgotten = { checks: null, checkRuns: [] };
    store.pullRequests.update(outcome.answered.id, forgotten, {
      ...from,
      ...place,
      kind: 'pull_request.update',
      data: forgotten,
    });
  }
  if (outcome.taskEvent !== null) applyTaskEvent(store, task.id, outcome.taskEvent, from);
}

function eventData(event: HookEvent, { session }: Outcome): Record<string, unknown> {
  return {
    event: event.name,
    ...(session.activity === undefined
      ? {}
      : { activity: session.activity.name, detail: session.activity.detail }),
    ...(event.prompt === null ? {} : { prompt: event.prompt.slice(0, MAX_PROMPT) }),
    ...(session.claudeSessionId === undefined ? {} : { claudeSessionId: session.claudeSessionId }),
  };
}
